package dev.slate.kernel.simd;

/**
 * Decides when vectors take over an operation from plain loops. Both are timed; vectors are tried
 * for as long as plain loops have served since, so that the JVM comes to compile them. They take
 * over for good once their time for a unit of work, averaged over the last few trials, is the
 * shorter one.
 *
 * <p>Threads may share one. A race between them loses a measurement, no more.
 */
final class WarmUp {
  private boolean over;

  /** Nanoseconds of plain loops since the last trial of vectors. */
  private long served;

  /** Nanoseconds of the last trial. */
  private long trial;

  /** Nanoseconds for a unit of work, of plain loops and of vectors; the last one counts half. */
  private double plain;

  private double vectors;

  /** Whether vectors have taken over. */
  boolean over() {
    return over;
  }

  /** Whether vectors are tried next. */
  boolean due() {
    return served > trial;
  }

  /**
   * Takes a measurement.
   *
   * @param trial whether it is one of vectors
   * @param nanos the time
   * @param work the work, in any unit
   */
  void took(boolean trial, long nanos, long work) {
    double rate = (double) nanos / Math.max(1, work);
    if (trial) {
      vectors = vectors == 0 ? rate : (vectors + rate) / 2;
      this.trial = nanos;
      served = 0;
      over = vectors < plain;
    } else {
      plain = plain == 0 ? rate : (plain + rate) / 2;
      served += nanos;
    }
  }
}
