package dev.slate.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.bench.results.Series;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.Test;

class PowerTest {

  /** Noisy forks and no floor: the test itself is the hurdle. */
  @Test
  void theHurdleOfTheTestIsAsHighAsItSays() {
    ComparisonRules rules = new ComparisonRules(0.01, 0, 0.95, 1, ForkSpread.stated(0.03));
    SplittableRandom random = new SplittableRandom(2);
    int pairs = 500;
    double detectable = 0;
    for (int i = 0; i < pairs; i++) {
      detectable += row(random, 1, rules).detectable() / pairs;
    }
    int seen = 0;
    for (int i = 0; i < pairs; i++) {
      if (row(random, 1 + detectable, rules).verdict() == Verdict.REGRESSED) {
        seen++;
      }
    }
    assertEquals(Power.POWER, (double) seen / pairs, 0.1);
  }

  @Test
  void theFloorIsAHurdleEvenWithoutNoise() {
    double[] steady = {100, 100.001, 100.002, 100.003, 100.004, 100.005};
    double detectable = Power.detectable(steady, steady, 1e-6, 0.05, 0.01);
    assertTrue(detectable >= 0.05 && detectable < 0.0501, () -> "" + detectable);
  }

  /** Student's power formula, with the efficiency of ranks, on samples whose errors are known. */
  @Test
  void theHurdleOfTheTestIsStudents() {
    double e = Math.exp(0.1);
    double[] base = {100, 100 * e, 100 * e * e};
    double[] candidate = {200, 200 * e};
    double variance = (0.02 + 0.005) / 3;
    double widened = Math.sqrt(Math.PI / 3);
    TDistribution three = TDistribution.of(3);
    double reach = three.inverseCumulativeProbability(0.8);
    double test = three.inverseCumulativeProbability(0.99) + reach;
    double error = Math.sqrt(variance * 5 / 6) * widened;
    assertEquals(
        Math.exp(test * error) - 1, Power.detectable(base, candidate, 0.01, 0.05, 0.02), 1e-9);
    assertEquals(
        3 * Math.exp(reach * 0.01) - 1, Power.detectable(base, candidate, 0.01, 2, 0.02), 1e-9);
    TDistribution two = TDistribution.of(2);
    double pairs = two.inverseCumulativeProbability(0.99) + two.inverseCumulativeProbability(0.8);
    assertEquals(
        Math.exp(pairs * 0.1 / Math.sqrt(3) * widened) - 1,
        Power.detectable(new double[] {0.1, 0.2, 0.3}, 0.01, 0.05, 0.02),
        1e-9);
  }

  private static ComparisonRow row(
      SplittableRandom random, double slowdown, ComparisonRules rules) {
    List<Series> pair = List.of(normal(random, 100), normal(random, 100 * slowdown));
    return Forks.compare(List.of(pair), rules).rows().getFirst();
  }

  private static Series normal(SplittableRandom random, double center) {
    double[][] forks = new double[10][1];
    for (double[] fork : forks) {
      fork[0] = center * Math.exp(0.05 * random.nextGaussian());
    }
    return Forks.series(Forks.key("a"), forks);
  }
}
