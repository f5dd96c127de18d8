package dev.slate.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.bench.results.Results;
import dev.slate.bench.results.Series;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The moderated t-test of a row, from forks whose errors can be had by hand. */
class FewForksTest {
  private static final double SPREAD = 0.03;
  private static final ForkVariance LENT = new ForkVariance(0.0004, 3);

  /** Forks of one iteration each. */
  private static Series forks(double... scores) {
    double[][] forks =
        Arrays.stream(scores).mapToObj(s -> new double[] {s}).toArray(double[][]::new);
    return Forks.series(Forks.key("a"), forks);
  }

  private static ComparisonRules rules(double confidence, ForkSpread spread) {
    return new ComparisonRules(0.01, 0.05, confidence, 1, spread);
  }

  private static FewForks few(Series before, Series after) {
    return FewForks.of(before, after, LENT, rules(0.95, ForkSpread.stated(SPREAD)));
  }

  /** The chance beyond t on either side with five degrees of freedom, in closed form. */
  private static double twoSidedOfFive(double t) {
    double angle = Math.atan(t / Math.sqrt(5));
    double cos = Math.cos(angle);
    double within = angle + Math.sin(angle) * (cos + 2.0 / 3 * cos * cos * cos);
    return 1 - 2 / Math.PI * within;
  }

  /** The same with six. */
  private static double twoSidedOfSix(double t) {
    double angle = Math.atan(t / Math.sqrt(6));
    double cos2 = Math.cos(angle) * Math.cos(angle);
    return 1 - Math.sin(angle) * (1 + cos2 / 2 + 3.0 / 8 * cos2 * cos2);
  }

  /** Ranks would do for twelve forks; the t-test says what it says of two. */
  @Test
  void anyNumberOfForksIsTestedWhereThatIsAskedFor() {
    double[] scores = new double[12];
    Arrays.setAll(scores, i -> 100 + i % 3);
    Series before = forks(scores);
    Series after = forks(Arrays.stream(scores).map(score -> 1.2 * score).toArray());
    ComparisonRules rules = rules(0.95, ForkSpread.stated(SPREAD));
    ComparisonRow row =
        Comparison.byFewForks(
                Results.of("a", List.of(before)), Results.of("b", List.of(after)), rules)
            .rows()
            .getFirst();
    assertEquals(Verdict.REGRESSED, row.verdict());
    ForkVariance stated = ForkVariance.stated(SPREAD);
    assertEquals(FewForks.of(before, after, stated, rules).p(), row.p(), 1e-15);
    assertEquals(0.2, row.change(), 1e-12);
  }

  /** Of one fork a side only its iterations show a spread; that between forks is the stated one. */
  @Test
  void oneForkASideHasTheStatedSpreadAndThatOfItsIterations() {
    double[] iterations = new double[5];
    double[] logs = {-0.04, 0.02, 0, -0.01, 0.01};
    Arrays.setAll(iterations, i -> 100 * Math.exp(logs[i]));
    Series before = Forks.series(Forks.key("a"), iterations);
    FewForks few = few(before, forks(120));
    double deviation = 1.4826 * 0.01;
    double within = Math.PI / 2 * deviation * deviation / 5;
    double error = Math.sqrt(2 * SPREAD * SPREAD + within);
    assertEquals(error, few.error(), 1e-12);
    assertEquals(5, few.freedom());
    assertEquals(twoSidedOfFive(Math.log(1.2) / error), few.p(), 1e-9);
    assertEquals(error, few(forks(120), before).error(), 1e-12, "on the other side");
    Interval interval = few.interval();
    assertEquals(0.2, interval.change(), 1e-9);
    assertEquals(1.2 * Math.exp(-2.570582 * error) - 1, interval.low(), 1e-6);
    assertEquals(1.2 * Math.exp(2.570582 * error) - 1, interval.high(), 1e-6);
    assertEquals(error, interval.logError(), 1e-12);
  }

  /** Their own variance is moderated by the lent one; two fifths of the stated spread are added. */
  @Test
  void twoOrThreeForksASideAreModerated() {
    double e = Math.exp(0.02);
    FewForks few = few(forks(100, 100 * e, 100 * e * e), forks(150, 150 * e));
    double variance = (3 * 0.0004 + (0.0008 + 0.0002)) / 6;
    double run = 0.4 * SPREAD;
    double error = Math.sqrt(variance * (1.0 / 3 + 1.0 / 2) + run * run);
    assertEquals(error, few.error(), 1e-12);
    assertEquals(6, few.freedom());
    double difference = Math.log(1.5) - 0.01;
    assertEquals(twoSidedOfSix(difference / error), few.p(), 1e-9);
    assertEquals(Math.exp(difference) - 1, few.interval().change(), 1e-9);
  }

  @Test
  void aHistoryIsThePriorOfTheRowsThatItTellsOf() {
    double e = Math.exp(0.02);
    Series before = forks(100, 100 * e, 100 * e * e);
    Series after = forks(150, 150 * e);
    ForkSpread seen = new ForkSpread(SPREAD, Map.of(before.key().withoutUnit(), 0.1));
    FewForks few = FewForks.of(before, after, LENT, rules(0.95, seen));
    double variance = (4 * 0.01 + 0.001) / 7;
    assertEquals(Math.sqrt(variance * 5 / 6 + 0.04 * 0.04), few.error(), 1e-12);
    assertEquals(7, few.freedom());
    assertEquals(
        Math.sqrt(2) * 0.1,
        FewForks.of(forks(1), forks(2), LENT, rules(0.95, seen)).error(),
        1e-12);
  }

  /** Two sides that touch are no change, however sure the variance seems. */
  @ParameterizedTest
  @CsvSource({
    "100, 102, 102, 150, true",
    "100, 102, 102.0001, 150, false",
    "100, 102, 50, 100, true",
    "100, 102, 50, 99.9999, false",
    "100, 102, 101, 101.5, true",
    "101, 101.5, 100, 102, true",
  })
  void forksThatOverlapAreNoChange(double a, double b, double c, double d, boolean overlap) {
    double p = few(forks(a, b), forks(c, d)).p();
    assertEquals(overlap, p == 1, () -> "p " + p);
    assertTrue(p > 0, () -> "p " + p);
  }

  @Test
  void theIntervalIsAsWideAsItsConfidence() {
    Series before = forks(100, 102);
    Series after = forks(150, 153);
    for (double confidence : new double[] {0.5, 0.9, 0.99}) {
      FewForks few = FewForks.of(before, after, LENT, rules(confidence, ForkSpread.stated(SPREAD)));
      double t = TDistribution.of(5).inverseCumulativeProbability((1 + confidence) / 2);
      Interval interval = few.interval();
      assertEquals(t * few.error(), Math.log1p(interval.high()) - Math.log(1.5), 1e-9);
      assertEquals(t * few.error(), Math.log(1.5) - Math.log1p(interval.low()), 1e-9);
    }
  }

  /** Of two hurdles, the test and the effect floor, the larger counts; both leave a margin. */
  @Test
  void theDetectableEffectClearsBothHurdles() {
    FewForks few = few(forks(100, 102), forks(150, 153));
    TDistribution student = TDistribution.of(5);
    double margin = student.inverseCumulativeProbability(0.8) * few.error();
    double test = student.inverseCumulativeProbability(1 - 0.005) * few.error();
    assertEquals(Math.exp(test + margin) - 1, few.detectable(0, 0.01), 1e-9);
    assertEquals(1.5 * Math.exp(margin) - 1, few.detectable(0.5, 0.01), 1e-9);
    assertTrue(few.detectable(0, 0.001) > few.detectable(0, 0.01));
  }

  @Test
  void anyNumberOfForksCanTell() {
    FewForks few = few(forks(100), forks(150));
    assertEquals(0, few.smallestP());
    assertEquals(5, few.forksFor(0.01), "what ranks need");
    assertEquals(6, few.forksFor(0.005));
  }
}
