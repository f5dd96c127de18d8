package dev.slate.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.bench.results.Series;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Rows that ranks judge, and those of a counter that one side never counted. */
class ForkEvidenceTest {
  private static Series forks(double... scores) {
    double[][] forks =
        Arrays.stream(scores).mapToObj(s -> new double[] {s}).toArray(double[][]::new);
    return Forks.series(Forks.key("a"), forks);
  }

  @Test
  void oneSideIsZeroAndTheOtherNowhere() {
    assertTrue(ZeroSide.isOne(forks(0, 0), forks(1, 2)));
    assertTrue(ZeroSide.isOne(forks(1, 2), forks(0, 0)));
    assertFalse(ZeroSide.isOne(forks(0, 0), forks(0, 2)));
    assertFalse(ZeroSide.isOne(forks(0, 2), forks(0, 0)));
    assertFalse(ZeroSide.isOne(forks(0, 0), forks(0, 0)));
    assertFalse(ZeroSide.isOne(forks(0, 1), forks(1, 2)));
    assertFalse(ZeroSide.isOne(forks(1, 2), forks(1, 2)));
    assertFalse(ZeroSide.isOne(forks(0, 0), forks(-1, 2)));
  }

  @Test
  void fromNothingAndToNothing() {
    ZeroSide from = ZeroSide.of(forks(0, 0, 0), forks(1, 2));
    assertEquals(new ZeroSide(Double.POSITIVE_INFINITY, 3, 2, 0.1), from);
    assertEquals(0.2, from.smallestP(), 1e-15, "two of ten ways");
    double all = Double.POSITIVE_INFINITY;
    assertEquals(new Interval(all, all, all, 0), from.interval());
    ZeroSide to = ZeroSide.of(forks(1, 2), forks(0, 0, 0));
    assertEquals(new ZeroSide(-1, 2, 3, 0.1), to);
    assertEquals(new Interval(-1, -1, -1, 0), to.interval());
    assertEquals(5, to.forksFor(0.01));
    assertEquals(Double.NaN, to.detectable(0.05, 0.01));
  }

  /** What cannot fall below the level detects nothing; reaching it is not enough. */
  @Test
  void ranksDetectNothingAboveTheirSmallestP() {
    Unpaired unpaired =
        Unpaired.of(forks(100, 101, 102), forks(120, 121, 122), ComparisonRules.DEFAULT);
    double smallest = MannWhitney.smallestP(3, 3);
    assertEquals(smallest, unpaired.smallestP());
    assertEquals(smallest, unpaired.p(), 1e-15);
    assertEquals(5, unpaired.forksFor(0.01));
    assertEquals(Double.POSITIVE_INFINITY, unpaired.detectable(0.05, smallest));
    double detectable = unpaired.detectable(0.05, Math.nextUp(smallest));
    assertEquals(
        Power.detectable(
            new double[] {100, 101, 102},
            new double[] {120, 121, 122},
            unpaired.interval().logError(),
            0.05,
            Math.nextUp(smallest)),
        detectable);
    assertEquals(120.0 / 100 - 1, unpaired.interval().change(), 0.01);
  }

  /** Rows draw from streams of their own, which a seed changes. */
  @Test
  void theIntervalFollowsFromTheSeedAndTheRow() {
    Series before = forks(100, 103, 105, 110, 120);
    Series after = forks(111, 113, 117, 125, 128);
    Interval interval = Unpaired.of(before, after, ComparisonRules.DEFAULT).interval();
    assertEquals(interval, Unpaired.of(before, after, ComparisonRules.DEFAULT).interval());
    ComparisonRules other = new ComparisonRules(0.01, 0.05, 0.95, 2, ForkSpread.stated(0.03));
    long seed = other.seed() * 0x9E3779B97F4A7C15L + before.key().toString().hashCode();
    assertEquals(
        new Bootstrap(0.95, seed).change(before, after),
        Unpaired.of(before, after, other).interval());
    assertNotEquals(interval, Unpaired.of(before, after, other).interval());
  }
}
