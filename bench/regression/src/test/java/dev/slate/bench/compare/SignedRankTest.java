package dev.slate.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.commons.statistics.inference.PValueMethod;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;
import org.junit.jupiter.api.Test;

class SignedRankTest {

  @Test
  void sevenPairsCannotFallBelowOnePercent() {
    double[] all = {1, 2, 3, 4, 5, 6, 7};
    assertEquals(2 / 128.0, SignedRank.pValue(all), 1e-15);
    assertEquals(2 / 128.0, SignedRank.smallestP(7), 1e-15);
    assertEquals(8, SignedRank.forksFor(0.01));
    assertEquals(10, SignedRank.forksFor(0.01 / 3));
  }

  @Test
  void noDifferenceIsCertainlyNoDifference() {
    assertEquals(1, SignedRank.pValue(new double[] {0, 0, -0.0}));
    assertEquals(1, SignedRank.pValue(new double[] {3}));
  }

  /** Without ties the library counts exactly, too. */
  @Property(tries = 200)
  void equalsTheLibraryWithoutTies(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int pairs) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] differences = random.doubles(pairs, -0.7, 1).toArray();
    double expected =
        WilcoxonSignedRankTest.withDefaults()
            .with(PValueMethod.EXACT)
            .test(differences)
            .getPValue();
    assertEquals(expected, SignedRank.pValue(differences), 1e-12);
  }

  /** With ties and zeros, against all signs, one by one. */
  @Property(tries = 200)
  void equalsEnumerationWithTies(@ForAll @Size(min = 1, max = 9) int[] values) {
    double[] differences =
        Arrays.stream(values).mapToDouble(v -> Math.floorMod(v, 7) - 3).toArray();
    assertEquals(enumerated(differences), SignedRank.pValue(differences), 1e-12);
  }

  /** Critical values that are tabulated: Hollander and Wolfe, table A.4. */
  @Test
  void theLowestSumsAreThoseOfTheTable() {
    assertEquals(1, SignedRank.lowest(6, 0.025));
    assertEquals(9, SignedRank.lowest(10, 0.025));
    assertEquals(53, SignedRank.lowest(20, 0.025));
    assertEquals(0, SignedRank.lowest(5, 0.025));
  }

  @Test
  void manyPairsAreCountedToo() {
    double[] differences = new SplittableRandom(3).doubles(200, -0.8, 1).toArray();
    double p = SignedRank.pValue(differences);
    double approximate =
        WilcoxonSignedRankTest.withDefaults()
            .with(PValueMethod.ASYMPTOTIC)
            .test(differences)
            .getPValue();
    assertTrue(p > 1e-6 && p < 0.5, () -> "p = " + p);
    assertEquals(approximate, p, 0.05 * p);
  }

  private static double enumerated(double[] differences) {
    int signed = 0;
    for (double difference : differences) {
      signed += difference == 0 ? 0 : 1;
    }
    double[] sizes = new double[signed];
    double observed = 0;
    double total = 0;
    int next = 0;
    for (double difference : differences) {
      double rank = rank(differences, difference);
      if (difference != 0) {
        sizes[next++] = rank;
        total += rank;
        observed += difference > 0 ? rank : 0;
      }
    }
    int extreme = 0;
    for (int signs = 0; signs < 1 << signed; signs++) {
      double sum = 0;
      for (int i = 0; i < signed; i++) {
        sum += (signs >> i & 1) * sizes[i];
      }
      if (Math.abs(sum - total / 2) >= Math.abs(observed - total / 2) - 1e-9) {
        extreme++;
      }
    }
    return (double) extreme / (1 << signed);
  }

  private static double rank(double[] differences, double difference) {
    double rank = 0.5;
    for (double other : differences) {
      int order = Double.compare(Math.abs(other), Math.abs(difference));
      rank += order < 0 ? 1 : order == 0 ? 0.5 : 0;
    }
    return rank;
  }
}
