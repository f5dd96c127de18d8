package dev.slate.bench.history;

/** The forms in which a history is written. */
enum ShowFormat {
  TEXT("text"),
  MARKDOWN("md"),
  JSON("json"),
  HTML("html"),
  OTAVA_CSV("otava-csv"),
  OTAVA_YAML("otava-yaml");

  private final String label;

  ShowFormat(String label) {
    this.label = label;
  }

  @Override
  public String toString() {
    return label;
  }
}
