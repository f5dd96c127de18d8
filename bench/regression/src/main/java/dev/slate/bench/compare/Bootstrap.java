package dev.slate.bench.compare;

import dev.slate.bench.results.Series;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.descriptive.StandardDeviation;

/**
 * A hierarchical bootstrap of the change of the median: forks are drawn with replacement, then the
 * iterations of each drawn fork. The interval is that of the percentiles.
 *
 * <p>Iterations of one JVM share its code layout and compilations: to pool them would count one
 * fork many times and shrink the interval to nothing. Drawing forks first keeps the spread between
 * them, which is the larger part. Source: Davison and Hinkley, "Bootstrap Methods and their
 * Application", 1997, sections 3.8 and 5.3 (which asks for 999 resamples); for benchmarks of the
 * JVM, Kalibera and Jones, "Rigorous benchmarking in reasonable time", ISMM 2013.
 *
 * <p>Cost: {@value #RESAMPLES} passes over all iterations. The same inputs and seed give the same
 * bits.
 */
final class Bootstrap {
  static final int RESAMPLES = 999;

  private final double confidence;
  private final SplittableRandom random;

  Bootstrap(double confidence, long seed) {
    this.confidence = confidence;
    this.random = new SplittableRandom(seed);
  }

  /**
   * Estimates the change from one side to the other.
   *
   * @param base at least one fork, with a positive median
   * @param candidate at least one fork, with a positive median
   * @return the change of the median of the forks' medians
   */
  Interval change(Series base, Series candidate) {
    Side before = new Side(base.forks());
    Side after = new Side(candidate.forks());
    double[] ratios = new double[RESAMPLES];
    double[] logs = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      ratios[i] = after.draw(random) / before.draw(random);
      logs[i] = Math.log(ratios[i]);
    }
    double tail = (1 - confidence) / 2;
    double[] ends = Quantile.withDefaults().evaluate(ratios, tail, 1 - tail);
    return new Interval(
        candidate.median() / base.median() - 1,
        ends[0] - 1,
        ends[1] - 1,
        StandardDeviation.of(logs).getAsDouble());
  }

  /** One side's forks, each sorted, so that a resample's median is an order statistic of ranks. */
  private static final class Side {
    private final double[][] forks;
    private final double[] medians;
    private final int[] times;

    Side(List<double[]> forks) {
      this.forks = new double[forks.size()][];
      int longest = 0;
      for (int i = 0; i < this.forks.length; i++) {
        this.forks[i] = forks.get(i).clone();
        Arrays.sort(this.forks[i]);
        longest = Math.max(longest, this.forks[i].length);
      }
      medians = new double[forks.size()];
      times = new int[longest];
    }

    double draw(SplittableRandom random) {
      for (int i = 0; i < medians.length; i++) {
        medians[i] = drawMedian(forks[random.nextInt(forks.length)], random);
      }
      Arrays.sort(medians);
      int n = medians.length;
      return n % 2 == 1 ? medians[n / 2] : (medians[n / 2 - 1] + medians[n / 2]) / 2;
    }

    private double drawMedian(double[] sorted, SplittableRandom random) {
      int n = sorted.length;
      Arrays.fill(times, 0, n, 0);
      for (int i = 0; i < n; i++) {
        times[random.nextInt(n)]++;
      }
      double upper = sorted[rank(n / 2)];
      return n % 2 == 1 ? upper : (sorted[rank(n / 2 - 1)] + upper) / 2;
    }

    /** The index, in the sorted fork, of the k-th smallest draw. */
    private int rank(int k) {
      int index = 0;
      int seen = times[0];
      while (seen <= k) {
        seen += times[++index];
      }
      return index;
    }
  }
}
