package dev.slate.bench.run;

import org.openjdk.jmh.results.BenchmarkResult;

/** The outcome of a fork. */
sealed interface ForkOutcome {
  /**
   * It measured.
   *
   * @param result what JMH got from it
   */
  record Measured(BenchmarkResult result) implements ForkOutcome {}

  /**
   * It gave up, or was refused.
   *
   * @param reason in words
   */
  record Failed(String reason) implements ForkOutcome {}

  /**
   * The kernel answered otherwise than its scan, which is a bug.
   *
   * @param difference in words
   */
  record Wrong(String difference) implements ForkOutcome {}
}
