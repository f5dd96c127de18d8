package dev.slate.kernel.simd;

/**
 * Decides when vectors take over an operation from plain loops. Both are timed; vectors are tried
 * for as long as plain loops have served since, so that the JVM comes to compile them. They take
 * over for good once their time for a unit of work, averaged over the last few trials, is the
 * shorter one. A measurement counts as twice the average at most, so that a thread that loses its
 * processor meanwhile does not decide.
 *
 * <p>Threads may share one. A race between them loses a measurement, or undoes a decision, which
 * the next trial takes again: all kernels compute the same bits.
 */
final class VectorTakeover {
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
      vectors = average(vectors, rate);
      this.trial = nanos;
      served = 0;
      over = vectors < plain;
    } else {
      plain = average(plain, rate);
      served += nanos;
    }
  }

  private static double average(double before, double rate) {
    return before == 0 ? rate : (before + Math.min(rate, 2 * before)) / 2;
  }
}
