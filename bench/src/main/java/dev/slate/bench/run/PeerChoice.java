package dev.slate.bench.run;

/** Which peers are measured. */
enum PeerChoice {
  /** Those in a JVM, and the native ones that are installed. */
  ALL,
  /** Those in a JVM. */
  JVM,
  /** None. */
  NONE
}
