package dev.slate.bench.gate;

/** The side whose code a fork runs. */
enum Arm {
  /** The code that is measured against. */
  BASELINE("base"),
  /** The code in question. */
  CANDIDATE("cand"),
  /** The baseline once more, from a jar of its own: what the two differ by is noise. */
  CONTROL("ctrl");

  private final String folder;

  Arm(String folder) {
    this.folder = folder;
  }

  /**
   * Names the folder of this arm's jars: of equal length, since the length of a path moves the
   * stack (Mytkowicz et al., "Producing wrong data without doing anything obviously wrong", 2009).
   *
   * @return four letters
   */
  String folder() {
    return folder;
  }
}
