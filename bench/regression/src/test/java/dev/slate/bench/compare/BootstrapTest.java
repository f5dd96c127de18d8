package dev.slate.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.bench.results.Series;
import java.util.SplittableRandom;
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
