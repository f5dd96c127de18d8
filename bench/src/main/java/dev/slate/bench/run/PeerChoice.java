package dev.slate.bench.run;

/** Which peers are measured. */
enum PeerChoice {
  /** Those in a JVM; a line tells how the native ones are run. */
  ALL,
  /** Those in a JVM. */
  JVM,
  /** None. */
  NONE
}
