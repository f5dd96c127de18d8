package dev.slate.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.numbers.gamma.Digamma;
import org.apache.commons.numbers.gamma.Trigamma;
import org.junit.jupiter.api.Test;

/** Smyth's estimates, where they can be had by hand. */
class ForkVarianceTest {
  private static final double EULER = 0.5772156649015329;
  private static final double TRIGAMMA_OF_1 = Math.PI * Math.PI / 6;
  private static final int ROWS = 20;

  /** Rows of a freedom whose logarithms lie the same way above and below those of one variance. */
  private static List<ForkVariance.Sample> rows(double variance, int freedom, double apart) {
    List<ForkVariance.Sample> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      double factor = Math.exp(i % 2 == 0 ? apart : -apart);
      rows.add(new ForkVariance.Sample(variance * factor, freedom));
    }
    return rows;
  }

  /** How far apart the logarithms of those rows have to lie for an estimated variance of them. */
  private static double apart(double variance) {
    return Math.sqrt(variance * (ROWS - 1) / ROWS);
  }

  @Test
  void aSampleIsPooledOverBothSides() {
    double e = Math.E;
    double[] one = {1};
    assertEquals(new ForkVariance.Sample(0, 0), ForkVariance.Sample.of(one, new double[] {7}));
    ForkVariance.Sample three = ForkVariance.Sample.of(new double[] {1, e * e}, one);
    assertEquals(1, three.freedom());
    assertEquals(2, three.variance(), 1e-12);
    ForkVariance.Sample five =
        ForkVariance.Sample.of(new double[] {1, e * e}, new double[] {1, e, e * e});
    assertEquals(3, five.freedom());
    assertEquals(4 / 3.0, five.variance(), 1e-12);
  }

  @Test
  void fewRowsTellNothing() {
    ForkVariance stated = new ForkVariance(0.0009, 4);
    assertEquals(stated, ForkVariance.stated(0.03));
    List<ForkVariance.Sample> rows = rows(1, 2, 0);
    assertEquals(stated, ForkVariance.of(rows.subList(1, ROWS), 0.03));
    rows.set(0, new ForkVariance.Sample(0, 2));
    assertEquals(stated, ForkVariance.of(rows, 0.03), "a variance of 0 has no logarithm");
    rows.set(0, new ForkVariance.Sample(1, 0));
    assertEquals(stated, ForkVariance.of(rows, 0.03), "nor is one fork a side a variance");
  }

  /** Rows that agree better than chance lets them lend as much as they may. */
  @Test
  void rowsThatAgreeLendTheMost() {
    ForkVariance one = ForkVariance.of(rows(3, 2, 0), 0.03);
    assertEquals(8, one.freedom());
    assertEquals(3 * Math.exp(EULER), one.prior(), 1e-9, "the mean of the logarithm is -0.577");
  }

  @Test
  void rowsThatDifferLendLess() {
    ForkVariance two = ForkVariance.of(rows(3, 2, apart(2 * TRIGAMMA_OF_1)), 0.03);
    assertEquals(2, two.freedom(), 1e-6);
    assertEquals(3, two.prior(), 1e-6);
    ForkVariance four = ForkVariance.of(rows(3, 4, apart(2 * TRIGAMMA_OF_1 - 1)), 0.03);
    assertEquals(2, four.freedom(), 1e-6);
    assertEquals(6 / Math.E, four.prior(), 1e-6);
    ForkVariance most =
        ForkVariance.of(rows(3, 2, apart(TRIGAMMA_OF_1 + Trigamma.value(10))), 0.03);
    assertEquals(8, most.freedom(), "what the rows would lend is 20");
    assertEquals(3 * Math.exp(EULER + Digamma.value(10)) / 10, most.prior(), 1e-6);
  }

  @Test
  void aVarianceIsModeratedByItsFreedom() {
    assertEquals(2.75, new ForkVariance(4, 3).moderated(new ForkVariance.Sample(2, 5)), 1e-12);
  }

  @Test
  void theInverseOfTrigamma() {
    assertEquals(1, ForkVariance.inverseTrigamma(TRIGAMMA_OF_1), 1e-7);
    assertEquals(2, ForkVariance.inverseTrigamma(TRIGAMMA_OF_1 - 1), 1e-7);
    assertEquals(0.5, ForkVariance.inverseTrigamma(3 * TRIGAMMA_OF_1), 1e-7);
    for (double x : new double[] {0.01, 0.1, 3, 30, 1_000}) {
      assertEquals(x, ForkVariance.inverseTrigamma(Trigamma.value(x)), 1e-6 * x);
    }
  }
}
