package dev.slate.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.bench.results.Results;
import dev.slate.bench.results.Series;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Forks that ran by turns. */
class PairedTest {
  private static final int RUNS = 2000;

  @Test
  void theEstimateIsTheMedianOfTheMeansOfEveryTwo() {
    Interval interval = paired(1.01, 1.02, 1.10).interval();
    double[] logs = {Math.log(1.01), Math.log(1.02), Math.log(1.10)};
    double middle = (logs[0] + logs[2]) / 2 / 2 + logs[1] / 2;
    assertEquals(Math.expm1(middle), interval.change(), 1e-12);
    assertEquals(0.01, interval.low(), 1e-12);
    assertEquals(0.10, interval.high(), 1e-12);
  }

  /** The example of Hollander and Wolfe, 3.1: nine differences, estimate and 96 % interval. */
  @Test
  void theIntervalIsThatOfThePublishedExample() {
    double[] differences = {-0.952, 0.147, -1.022, -0.430, -0.620, -0.590, -0.490, 0.080, -0.010};
    double[] ratios = new double[differences.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = Math.exp(differences[i]);
    }
    Paired evidence =
        Paired.of(side(1, 1, 1, 1, 1, 1, 1, 1, 1), side(ratios), ComparisonRules.DEFAULT);
    assertEquals(-0.46, Math.log1p(evidence.interval().change()), 1e-9);
    assertEquals(-0.786, Math.log1p(evidence.interval().low()), 1e-9);
    assertEquals(-0.010, Math.log1p(evidence.interval().high()), 1e-9);
    assertEquals(0.0391, evidence.p(), 5e-5);
  }

  /** What makes the machine slower for a while is no part of the change. */
  @Test
  void slowSpellsDoNotMatter() {
    double[] spells = {1, 1.3, 2, 1.1, 1, 1.8, 1.05, 1.6, 1.2, 1};
    double[] base = new double[spells.length];
    double[] slower = new double[spells.length];
    for (int i = 0; i < spells.length; i++) {
      base[i] = 100 * spells[i];
      slower[i] = 107 * spells[i];
    }
    ComparisonRow paired = row(side(base), side(slower), true);
    assertEquals(Verdict.REGRESSED, paired.verdict());
    assertEquals(0.07, paired.change(), 1e-12);
    assertEquals(Verdict.INCONCLUSIVE, row(side(base), side(slower), false).verdict());
  }

  /** Two speeds, which fall on both sides, iteration by iteration, and 4 % between the sides. */
  @Test
  void whatFallsOnBothIterationsGoesFromTheirRatio() {
    double[] base = new double[40];
    double[] candidate = new double[40];
    for (int i = 0; i < base.length; i++) {
      base[i] = i % 7 < 3 ? 12 : 18;
      candidate[i] = 1.04 * base[i];
    }
    assertEquals(0.04, paired(base, candidate).interval().change(), 1e-12);
  }

  /** The machine changes its speed between two iterations of a round, now and then. */
  @Test
  void aFewPairsThatMetTwoSpeedsDoNotMoveAFork() {
    double[] base = new double[40];
    double[] candidate = new double[40];
    Arrays.fill(base, 12);
    Arrays.fill(candidate, 12);
    for (int i = 0; i < 9; i++) {
      candidate[4 * i] = 18;
    }
    assertEquals(0, paired(base, candidate).interval().change(), 1e-12);
  }

  /** Two of eight at either end; one of three, and none of two. */
  @Test
  void aQuarterAtEitherEndIsLeftOut() {
    assertEquals(0.04, logOf(-1, -0.5, 0.01, 0.02, 0.03, 0.1, 0.5, 1), 1e-12);
    assertEquals(0.02, logOf(-1, 0.02, 0.5), 1e-12);
    assertEquals(0.1, logOf(0, 0.2), 1e-12);
  }

  private static double logOf(double... logs) {
    double[] ones = new double[logs.length];
    Arrays.fill(ones, 1);
    double[] other = Arrays.stream(logs).map(Math::exp).toArray();
    return Math.log1p(paired(ones, other).interval().change());
  }

  @Test
  void iterationsBeyondTheShorterSideAreLeftOut() {
    double[] base = {10, 10, 10, 99, 99, 99, 99, 99};
    assertEquals(0.1, paired(base, new double[] {11, 11, 11}).interval().change(), 1e-12);
  }

  @Test
  void tooFewPairsAreInconclusiveAndSaySo() {
    ComparisonRow row = row(side(100, 101, 102), side(200, 201, 202), true);
    assertEquals("3 forks a side cannot reach p < 0.01; 8 would", row.reason());
    assertEquals(Double.POSITIVE_INFINITY, row.detectable());
  }

  @Test
  void falseAlarmsOnEqualCodeStayUnderTwoPercent() {
    for (double drift : new double[] {0, 0.3}) {
      Map<Verdict, Long> verdicts = verdicts(1, drift);
      long alarms =
          verdicts.getOrDefault(Verdict.REGRESSED, 0L)
              + verdicts.getOrDefault(Verdict.IMPROVED, 0L);
      assertTrue(alarms <= 0.02 * RUNS, verdicts::toString);
      assertTrue(verdicts.get(Verdict.PASS) >= 0.9 * RUNS, verdicts::toString);
    }
  }

  @Test
  void aSlowdownOfTenPercentIsSeenWithTenForks() {
    for (double drift : new double[] {0, 0.3}) {
      Map<Verdict, Long> verdicts = verdicts(1.1, drift);
      assertTrue(verdicts.get(Verdict.REGRESSED) >= 0.95 * RUNS, verdicts::toString);
    }
  }

  /** The interval holds the truth as often as it says, under noise that only slows down. */
  @Test
  void theIntervalCovers() {
    long covered =
        LongStream.range(0, RUNS)
            .mapToObj(PairedTest::skewed)
            .filter(interval -> interval.low() <= 0.1 && interval.high() >= 0.1)
            .count();
    assertEquals(0.95, (double) covered / RUNS, 0.015);
  }

  /** What is printed beside a verdict holds: a change of that size is flagged 4 times in 5. */
  @Test
  void theMinimumDetectableEffectIsDetected() {
    double detectable = 0;
    for (int i = 0; i < RUNS; i++) {
      detectable += run(i, 1, 0.3).detectable() / RUNS;
    }
    double power = (double) verdicts(1 + detectable, 0.3).get(Verdict.REGRESSED) / RUNS;
    assertEquals(Power.POWER, power, 0.12);
  }

  private static Map<Verdict, Long> verdicts(double slowdown, double drift) {
    return LongStream.range(0, RUNS)
        .mapToObj(seed -> run(seed, slowdown, drift).verdict())
        .collect(
            Collectors.groupingBy(
                verdict -> verdict, () -> new EnumMap<>(Verdict.class), Collectors.counting()));
  }

  /** Ten turns of two forks in random order, of two modes four percent apart, while it drifts. */
  private static ComparisonRow run(long seed, double slowdown, double drift) {
    SplittableRandom random = new SplittableRandom(seed);
    double share = random.nextDouble();
    double[] base = new double[10];
    double[] candidate = new double[10];
    for (int i = 0; i < base.length; i++) {
      int first = random.nextInt(2);
      base[i] = fork(random, share, 1 + drift * (2 * i + first) / 20);
      candidate[i] = slowdown * fork(random, share, 1 + drift * (2 * i + 1 - first) / 20);
    }
    return row(side(base), side(candidate), true);
  }

  private static double fork(SplittableRandom random, double share, double center) {
    double mode = random.nextDouble() < share ? 1 : 1.04;
    return 100 * center * mode * (1 + 0.0125 * (random.nextDouble() - 0.5));
  }

  private static Interval skewed(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] base = new double[15];
    double[] candidate = new double[15];
    for (int i = 0; i < base.length; i++) {
      base[i] = 1 + 0.1 * random.nextExponential();
      candidate[i] = 1.1 * (1 + 0.1 * random.nextExponential());
    }
    return Paired.of(side(base), side(candidate), ComparisonRules.DEFAULT).interval();
  }

  private static Paired paired(double... ratios) {
    double[] ones = new double[ratios.length];
    Arrays.fill(ones, 1);
    return Paired.of(side(ones), side(ratios), ComparisonRules.DEFAULT);
  }

  private static Paired paired(double[] fork, double[] other) {
    return Paired.of(
        Forks.series(Forks.key("a"), new double[][] {fork}),
        Forks.series(Forks.key("a"), new double[][] {other}),
        ComparisonRules.DEFAULT);
  }

  private static Series side(double... forks) {
    double[][] single = new double[forks.length][];
    for (int i = 0; i < forks.length; i++) {
      single[i] = new double[] {forks[i]};
    }
    return Forks.series(Forks.key("a"), single);
  }

  private static ComparisonRow row(Series base, Series candidate, boolean byTurns) {
    Results before = Results.of("base", List.of(base));
    Results after = Results.of("new", List.of(candidate));
    Comparison comparison =
        byTurns
            ? Comparison.paired(before, after, ComparisonRules.DEFAULT)
            : Comparison.of(before, after, ComparisonRules.DEFAULT);
    return comparison.rows().getFirst();
  }
}
