package dev.slate.recommend.torch;

/**
 * The settings of Adam (Kingma and Ba 2015) with decoupled weight decay (Loshchilov and Hutter
 * 2019), and the number of steps so far. Not thread-safe.
 */
final class Adam {
  /** Decay of the mean of gradients, as the paper has it. */
  static final double FIRST = 0.9;

  /** Decay of the mean of squared gradients, as the paper has it. */
  static final double SECOND = 0.999;

  /** Keeps the quotient finite where no gradient was met, as the paper has it. */
  static final float EPSILON = 1e-8f;

  private final double rate;
  private final double decay;
  private int steps;

  /**
   * Creates the settings.
   *
   * @param rate above 0
   * @param decay share of a weight, times the rate, by which it shrinks in a step
   */
  Adam(double rate, double decay) {
    this.rate = rate;
    this.decay = decay;
  }

  /** Counts a step; comes before its updates. */
  void advance() {
    steps++;
  }

  /** The rate of this step, with the correction of both moments' bias towards zero. */
  double scale() {
    return rate * Math.sqrt(1 - Math.pow(SECOND, steps)) / (1 - Math.pow(FIRST, steps));
  }

  /** The share of a weight that decay leaves in a step. */
  double kept() {
    return 1 - rate * decay;
  }
}
