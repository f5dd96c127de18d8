package dev.slate.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;
import org.junit.jupiter.api.Test;

class MannWhitneyTest {

  @Test
  void fiveAgainstFiveCannotFallBelowPoint0079() {
    double[] low = {1, 2, 3, 4, 5};
    double[] high = {6, 7, 8, 9, 10};
    assertEquals(2 / 252.0, MannWhitney.pValue(low, high), 1e-15);
    assertEquals(2 / 252.0, MannWhitney.smallestP(5, 5), 1e-15);
    assertEquals(5, MannWhitney.forksFor(0.01));
    assertEquals(6, MannWhitney.forksFor(0.01 / 2));
  }

  @Test
  void oneForkASideSaysNothing() {
    assertEquals(1, MannWhitney.pValue(new double[] {1}, new double[] {2}));
    assertEquals(1, MannWhitney.smallestP(1, 1));
  }

  @Test
  void allEqualIsCertainlyNoDifference() {
    assertEquals(1, MannWhitney.pValue(new double[] {3, 3, 3}, new double[] {3, 3}));
  }

  /** Without ties the library counts exactly, too. */
  @Property(tries = 200)
  void equalsTheLibraryWithoutTies(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 20) int m,
      @ForAll @IntRange(min = 1, max = 20) int n) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] a = random.doubles(m).toArray();
    double[] b = random.doubles(n).map(x -> x + 0.2).toArray();
    double expected =
        MannWhitneyUTest.withDefaults().with(PValueMethod.EXACT).test(a, b).getPValue();
    assertEquals(expected, MannWhitney.pValue(a, b), 1e-12);
  }

  /** With ties, against all deals of the pooled values, one by one. */
  @Property(tries = 200)
  void equalsEnumerationWithTies(
      @ForAll @Size(min = 1, max = 6) int[] a, @ForAll @Size(min = 1, max = 6) int[] b) {
    double[] x = Arrays.stream(a).mapToDouble(v -> Math.floorMod(v, 4)).toArray();
    double[] y = Arrays.stream(b).mapToDouble(v -> Math.floorMod(v, 4)).toArray();
    assertEquals(enumerated(x, y), MannWhitney.pValue(x, y), 1e-12);
  }

  /** On both sides of the limit the two ways agree, as they must near it. */
  @Test
  void manyForksUseTheNormalApproximation() {
    SplittableRandom random = new SplittableRandom(5);
    double[] a = random.doubles(31).toArray();
    double[] b = random.doubles(30).map(x -> x + 0.15).toArray();
    double approximate = MannWhitney.pValue(a, b);
    assertTrue(approximate > 0.001 && approximate < 0.5, () -> "p = " + approximate);
    double exact = MannWhitneyUTest.withDefaults().with(PValueMethod.EXACT).test(a, b).getPValue();
    assertEquals(exact, approximate, 0.1 * exact);
  }

  private static double enumerated(double[] a, double[] b) {
    double[] pooled = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, pooled, a.length, b.length);
    double mean = a.length * b.length / 2.0;
    double observed = Math.abs(u(pooled, (1 << a.length) - 1) - mean);
    int deals = 0;
    int extreme = 0;
    for (int hand = 0; hand < 1 << pooled.length; hand++) {
      if (Integer.bitCount(hand) == a.length) {
        deals++;
        if (Math.abs(u(pooled, hand) - mean) >= observed - 1e-9) {
          extreme++;
        }
      }
    }
    return (double) extreme / deals;
  }

  private static double u(double[] pooled, int hand) {
    double u = 0;
    for (int i = 0; i < pooled.length; i++) {
      for (int j = 0; j < pooled.length; j++) {
        if ((hand >> i & 1) == 1 && (hand >> j & 1) == 0) {
          u += pooled[i] > pooled[j] ? 1 : pooled[i] == pooled[j] ? 0.5 : 0;
        }
      }
    }
    return u;
  }

  /** Up to 60 values ways are counted, however small p is; beyond, the normal approximation. */
  @Test
  void sixtyValuesAreExact() {
    double[] low = new double[30];
    double[] high = new double[30];
    double[] more = new double[31];
    for (int i = 0; i < 31; i++) {
      more[i] = 100 + i;
      if (i < 30) {
        low[i] = i;
        high[i] = 100 + i;
      }
    }
    assertEquals(1, MannWhitney.pValue(low, high) / MannWhitney.smallestP(30, 30), 1e-9);
    assertTrue(MannWhitney.pValue(low, more) > 1e5 * MannWhitney.smallestP(30, 31));
  }

  /** A p that is the level itself is not below it. */
  @Test
  void forksAreThoseThatFallBelowTheLevel() {
    assertEquals(4, MannWhitney.forksFor(MannWhitney.smallestP(3, 3)));
    assertEquals(3, MannWhitney.forksFor(Math.nextUp(MannWhitney.smallestP(3, 3))));
  }
}
