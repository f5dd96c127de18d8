package dev.slate.recommend.cli;

/** How figures are printed. */
enum OutputFormat {
  /** A table for people. */
  TEXT,
  /** Comma-separated, with a header. */
  CSV,
  /** One object. */
  JSON
}
