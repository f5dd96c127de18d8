package dev.slate.data.breaks;

/** Breaks the rule that only the root of the command line ends the JVM. */
public final class EndsTheJvm {
  void end() {
    System.exit(1);
  }
}
