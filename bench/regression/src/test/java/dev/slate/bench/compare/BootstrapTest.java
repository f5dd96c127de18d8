package dev.slate.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.bench.results.Series;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.descriptive.StandardDeviation;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  private static final int TRIALS = 400;

  @Test
  void theSameSeedGivesTheSameBits() {
    var pair = new Forks(1).pair(Forks.key("a"), 8, 1.05);
    Interval once = new Bootstrap(0.95, 7).change(pair.get(0), pair.get(1));
    assertEquals(once, new Bootstrap(0.95, 7).change(pair.get(0), pair.get(1)));
  }

  @Test
  void forksWithoutSpreadGiveAPoint() {
    Series base = Forks.series(Forks.key("a"), new double[] {2, 2}, new double[] {2, 2});
    Series slow = Forks.series(Forks.key("a"), new double[] {3, 3}, new double[] {3, 3, 3});
    Interval interval = new Bootstrap(0.95, 1).change(base, slow);
    assertEquals(new Interval(0.5, 0.5, 0.5, 0), interval);
  }

  /** A fork is one draw however long it ran: pooling would shrink this interval to nothing. */
  @Test
  void moreIterationsDoNotHideTheSpreadBetweenForks() {
    SplittableRandom random = new SplittableRandom(3);
    double[][] forks = new double[6][];
    for (int i = 0; i < forks.length; i++) {
      double level = 100 + 2 * i;
      forks[i] = random.doubles(500).map(x -> level + x / 100).toArray();
    }
    Series series = Forks.series(Forks.key("a"), forks);
    Interval interval = new Bootstrap(0.95, 1).change(series, series);
    assertTrue(interval.high() - interval.low() > 0.04, interval::toString);
  }

  /** Ranks of sorted forks instead of drawn values: the same bits as the values themselves give. */
  @Test
  void drawsAsIfItDrewTheValues() {
    SplittableRandom random = new SplittableRandom(5);
    for (int forks = 1; forks <= 4; forks++) {
      Series base = uneven(random, forks);
      Series other = uneven(random, 5 - forks);
      SplittableRandom draws = new SplittableRandom(forks);
      double[] ratios = new double[Bootstrap.RESAMPLES];
      for (int i = 0; i < ratios.length; i++) {
        double after = drawn(other, draws);
        ratios[i] = after / drawn(base, draws);
      }
      double[] ends = Quantile.withDefaults().evaluate(ratios, 0.05, 0.95);
      Interval interval = new Bootstrap(0.9, forks).change(base, other);
      assertEquals(ends[0] - 1, interval.low(), 1e-12);
      assertEquals(ends[1] - 1, interval.high(), 1e-12);
      double error =
          StandardDeviation.of(Arrays.stream(ratios).map(Math::log).toArray()).getAsDouble();
      assertEquals(error, interval.logError(), 1e-12);
    }
  }

  /** Forks of one to six iterations, in no order. */
  private static Series uneven(SplittableRandom random, int forks) {
    double[][] scores = new double[forks][];
    for (int i = 0; i < forks; i++) {
      scores[i] = random.doubles(1 + random.nextInt(6), 100, 120).toArray();
    }
    return Forks.series(Forks.key("a"), scores);
  }

  private static double drawn(Series series, SplittableRandom draws) {
    double[] medians = new double[series.forks().size()];
    for (int i = 0; i < medians.length; i++) {
      double[] fork = series.forks().get(draws.nextInt(medians.length)).clone();
      Arrays.sort(fork);
      double[] values = new double[fork.length];
      Arrays.setAll(values, any -> fork[draws.nextInt(fork.length)]);
      medians[i] = Series.median(values);
    }
    return Series.median(medians);
  }

  /** With ten normal forks a side, at least nine in ten intervals of 95 % cover the truth. */
  @Test
  void coversTheTruth() {
    SplittableRandom random = new SplittableRandom(11);
    int covered = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      Series base = normal(random, 100);
      Series slow = normal(random, 110);
      Interval interval = new Bootstrap(0.95, trial).change(base, slow);
      if (interval.low() <= 0.1 && interval.high() >= 0.1) {
        covered++;
      }
    }
    assertTrue(covered > 0.9 * TRIALS, "covered " + covered + " of " + TRIALS);
  }

  private static Series normal(SplittableRandom random, double center) {
    double[][] forks = new double[10][5];
    for (double[] fork : forks) {
      double level = center * (1 + 0.02 * random.nextGaussian());
      for (int i = 0; i < fork.length; i++) {
        fork[i] = level * (1 + 0.005 * random.nextGaussian());
      }
    }
    return Forks.series(Forks.key("a"), forks);
  }
}
