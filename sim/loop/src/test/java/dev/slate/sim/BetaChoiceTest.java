package dev.slate.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.statistics.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BetaChoiceTest {
  /** The distribution function of Beta(0.5, 3), from its integral. */
  private static double cdf(double x) {
    return Math.sqrt(x) * (15 - 10 * x + 3 * x * x) / 8;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 10, 100})
  void followsTheClosedForm(int k) {
    double[] cumulative = BetaChoice.DEFAULT.cumulative(k);
    assertEquals(k, cumulative.length);
    for (int rank = 0; rank < k; rank++) {
      assertEquals(cdf((rank + 1.0) / k), cumulative[rank], 1e-12);
    }
    assertEquals(1, cumulative[k - 1]);
  }

  @Test
  void firstOfFiveGetsWhatThePublishedTableSays() {
    double[] cumulative = BetaChoice.DEFAULT.cumulative(5);
    assertEquals(.73343, cumulative[0], 5e-6);
    assertEquals(.174143, cumulative[1] - cumulative[0], 5e-7);
    assertEquals(.002714, cumulative[4] - cumulative[3], 5e-7);
  }

  /** What users pick in a run, against the law. */
  @ParameterizedTest
  @CsvSource({"5, random", "10, nearest", "2, advertisement", "7, nearest-half-random"})
  void picksFollowTheLaw(int k, String selector) {
    long[] picks = new long[k];
    new Simulation(TestCatalogs.grid(300, 3, 1), Selectors.create(selector))
        .size(1_000, 40, k)
        .run(
            state -> {
              for (int user = 0; state.step() > 0 && user < state.users(); user++) {
                picks[state.chosen(user)]++;
              }
            });
    double[] expected = new double[k];
    for (int rank = 0; rank < k; rank++) {
      expected[rank] = cdf((rank + 1.0) / k) - cdf((double) rank / k);
    }
    double p = ChiSquareTest.withDefaults().test(expected, picks).getPValue();
    assertTrue(p > 1e-4, () -> "p = " + p);
  }

  @ParameterizedTest
  @CsvSource({"0, 3", "-1, 3", "0.5, NaN", "Infinity, 1"})
  void refusesWhatIsNoShape(double alpha, double beta) {
    assertThrows(IllegalArgumentException.class, () -> new BetaChoice(alpha, beta));
  }
}
