package dev.slate.bench.compare;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.numbers.gamma.Digamma;
import org.apache.commons.numbers.gamma.Trigamma;

/**
 * How much forks vary, borrowed from all rows of a comparison, for rows of two or three forks a
 * side: too few to know their own variance.
 *
 * <p>Variances s<sup>2</sup> of rows with f degrees of freedom are taken for draws of s<sup>2</sup>
 * ~ s0<sup>2</sup> F(f, f0): a scaled inverse chi-square prior of the true ones. s0<sup>2</sup> and
 * f0 come from the mean and the variance of log s<sup>2</sup>, whose expectations are known:
 * digamma and trigamma functions of f/2 and f0/2. A row's own variance is then moderated to
 *
 * <pre>
 * (f0 s0^2 + f s^2) / (f0 + f)
 * </pre>
 *
 * and its t statistic has f0 + f degrees of freedom. Source: Smyth, "Linear models and empirical
 * Bayes methods for assessing differential expression in microarray experiments", Statistical
 * Applications in Genetics and Molecular Biology 3, 2004, sections 4 and 6.
 *
 * <p>Forks have modes and heavy tails, so rows never lend more than {@value #MOST_FREEDOM} degrees
 * of freedom, and with fewer than {@value #LEAST_ROWS} rows the variance is not estimated but
 * stated.
 *
 * @param prior s0<sup>2</sup>, of the logarithm of a fork's score
 * @param freedom f0
 */
record ForkVariance(double prior, double freedom) {
  private static final int LEAST_ROWS = 20;
  private static final double MOST_FREEDOM = 8;
  private static final double STATED_FREEDOM = 4;

  /** A row's own estimate. */
  record Sample(double variance, int freedom) {

    /** Pools the variances of the logarithms on both sides. */
    static Sample of(double[] base, double[] candidate) {
      int freedom = base.length + candidate.length - 2;
      double squares = squares(base) + squares(candidate);
      return new Sample(freedom == 0 ? 0 : squares / freedom, freedom);
    }

    private static double squares(double[] scores) {
      double[] logs = Arrays.stream(scores).map(Math::log).toArray();
      double mean = Arrays.stream(logs).average().orElse(0);
      return Arrays.stream(logs).map(log -> (log - mean) * (log - mean)).sum();
    }
  }

  /**
   * Estimates the prior.
   *
   * @param rows of the comparison
   * @param stated standard deviation between forks where the rows do not tell it
   * @return the prior
   */
  static ForkVariance of(List<Sample> rows, double stated) {
    List<Sample> known =
        rows.stream().filter(row -> row.freedom() > 0 && row.variance() > 0).toList();
    if (known.size() < LEAST_ROWS) {
      return stated(stated);
    }
    double[] logs = new double[known.size()];
    double expected = 0;
    for (int i = 0; i < logs.length; i++) {
      double half = known.get(i).freedom() / 2.0;
      logs[i] = Math.log(known.get(i).variance()) - Digamma.value(half) + Math.log(half);
      expected += Trigamma.value(half) / logs.length;
    }
    double mean = Arrays.stream(logs).average().orElseThrow();
    double squares = Arrays.stream(logs).map(log -> (log - mean) * (log - mean)).sum();
    double excess = squares / (logs.length - 1) - expected;
    double freedom = excess <= 0 ? MOST_FREEDOM : 2 * inverseTrigamma(excess);
    double capped = Math.min(MOST_FREEDOM, freedom);
    double prior =
        excess <= 0
            ? Math.exp(mean)
            : Math.exp(mean + Digamma.value(freedom / 2) - Math.log(freedom / 2));
    return new ForkVariance(prior, capped);
  }

  /**
   * A prior that no rows were asked for.
   *
   * @param deviation between forks
   * @return of few degrees of freedom
   */
  static ForkVariance stated(double deviation) {
    return new ForkVariance(deviation * deviation, STATED_FREEDOM);
  }

  /**
   * Moderates the variance of a row.
   *
   * @param row its own estimate
   * @return the posterior one
   */
  double moderated(Sample row) {
    return (freedom * prior + row.freedom() * row.variance()) / (freedom + row.freedom());
  }

  /** Newton's method on 1 / trigamma, which is convex and nearly linear (Smyth's appendix). */
  static double inverseTrigamma(double value) {
    double x = 0.5 + 1 / value;
    for (int i = 0; i < 50; i++) {
      double trigamma = Trigamma.value(x);
      double step = trigamma * (1 - trigamma / value) / tetragamma(x);
      x += step;
      if (-step / x < 1e-8) {
        return x;
      }
    }
    return x;
  }

  /** The derivative of trigamma, by central differences. */
  private static double tetragamma(double x) {
    double h = 1e-4 * x;
    return (Trigamma.value(x + h) - Trigamma.value(x - h)) / (2 * h);
  }
}
