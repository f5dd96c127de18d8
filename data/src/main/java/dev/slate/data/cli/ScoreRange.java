package dev.slate.data.cli;

import dev.slate.kernel.Metric;
import dev.slate.kernel.Slate;
import java.io.PrintWriter;

/**
 * Counts scores that overflow or underflow in float32, so that their order is not that of exact
 * scores.
 */
final class ScoreRange {
  /** Below this, a difference has a square that float32 keeps in part, or as 0. */
  private static final float SMALL = 0x1p-63f;

  private final boolean small;
  private final boolean euclidean;
  private long overflowed;
  private long underflowed;

  /**
   * Begins to count.
   *
   * @param metric of the scores
   * @param smallest the smallest magnitude of an attribute that is not 0
   */
  ScoreRange(Metric metric, float smallest) {
    this.euclidean = metric == Metric.EUCLIDEAN;
    this.small = euclidean && smallest < SMALL;
  }

  void add(Slate slate) {
    for (int i = 0; i < slate.size(); i++) {
      float score = slate.score(i);
      overflowed += Float.isFinite(score) ? 0 : 1;
      underflowed += small && score < Float.MIN_NORMAL ? 1 : 0;
    }
  }

  void tell(PrintWriter err) {
    if (overflowed > 0) {
      err.printf(
          "slate: %d scores overflow float32, so that their order is not that of the exact values;"
              + " scale the vectors down%n",
          overflowed);
    }
    if (underflowed > 0) {
      err.printf(
          "slate: %d scores are below 1.2e-38, where float32 rounds squares to 0; scale the vectors"
              + " up%n",
          underflowed);
    }
  }
}
