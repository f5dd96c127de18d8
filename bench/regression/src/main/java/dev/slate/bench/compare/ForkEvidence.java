package dev.slate.bench.compare;

/** What the forks of both sides say of a change, before it is set against the rest of a family. */
sealed interface ForkEvidence permits Unpaired, FewForks, Paired, ZeroSide {

  /**
   * The change.
   *
   * @return its estimate and interval
   */
  Interval interval();

  /**
   * The test.
   *
   * @return the chance of a difference at least this large between forks of the same code; not
   *     corrected
   */
  double p();

  /**
   * What the test can reach at best.
   *
   * @return the smallest p of this many forks
   */
  double smallestP();

  /**
   * How many forks let p fall below a level.
   *
   * @param level above 0
   * @return forks for each side
   */
  int forksFor(double level);

  /**
   * The minimum detectable effect.
   *
   * @param minEffect the effect floor
   * @param level the significance level of the test, after correction
   * @return a share of the baseline; infinite where the test cannot reach the level at all
   */
  double detectable(double minEffect, double level);
}
