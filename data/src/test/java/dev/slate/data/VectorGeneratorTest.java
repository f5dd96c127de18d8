package dev.slate.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.Catalog;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VectorGeneratorTest {
  @ParameterizedTest
  @EnumSource(Distribution.class)
  void rowsDependOnSeedAndRowOnly(Distribution kind) {
    VectorGenerator world = world(kind, 5, 42);
    float[][] whole = Fixtures.rows(world.items(1000));
    float[][] longer = Fixtures.rows(world(kind, 5, 42).items(2000));
    assertArrayEquals(whole, Arrays.copyOf(longer, 1000));
    float[][] parallel = new float[1000][];
    Catalog items = world.items(1000);
    IntStream.range(0, 1000)
        .parallel()
        .forEach(
            row -> {
              float[] one = new float[7];
              items.copyRows(row, 1, one, 1);
              parallel[row] = Arrays.copyOfRange(one, 1, 6);
            });
    assertArrayEquals(whole, parallel);
    assertFalse(Arrays.deepEquals(whole, Fixtures.rows(world(kind, 5, 43).items(1000))));
    assertFalse(Arrays.deepEquals(whole, Fixtures.rows(world.queries(1000))));
    float[] some = new float[300 * 5];
    items.copyRows(63, 300, some, 0);
    assertArrayEquals(Arrays.copyOfRange(whole, 63, 363), Fixtures.split(some, 5));
  }

  /**
   * A change of these values is a change of what a seed means: every published figure would lose
   * its data.
   */
  @ParameterizedTest
  @CsvSource({
    "UNIFORM, 0.20930994, 0.5807799",
    "GAUSSIAN, -1.1498525, -0.5779611",
    "CLUSTERED, 0.019864768, 0.090255976",
    "LOWRANK, -0.30382726, 0.63736266",
    "MEMOTION, 0.5, 1.0",
  })
  void seedsMeanTheSameForEver(Distribution kind, float first, float last) {
    float[] rows = new float[100 * 5];
    world(kind, 5, 7).items(100).copyRows(0, 100, rows, 0);
    assertEquals(first + " " + last, rows[0] + " " + rows[499]);
  }

  @Test
  void uniformIsUniform() {
    float[] values = values(new VectorGenerator(Distribution.UNIFORM, 4, 1).items(100_000));
    double[] moments = moments(values);
    assertEquals(0, moments[0], 0.005);
    assertEquals(1 / 3.0, moments[1], 0.005);
    int[] bins = new int[20];
    for (float value : values) {
      assertTrue(value >= -1 && value < 1);
      bins[(int) ((value + 1) * 10)]++;
    }
    double chiSquare = 0;
    for (int count : bins) {
      chiSquare += Math.pow(count - values.length / 20.0, 2) / (values.length / 20.0);
    }
    // The 99.99th percentile for 19 degrees of freedom.
    assertTrue(chiSquare < 50.8, "chi-square " + chiSquare);
  }

  @Test
  void gaussianIsStandardNormal() {
    float[] values = values(new VectorGenerator(Distribution.GAUSSIAN, 4, 1).items(100_000));
    double[] moments = moments(values);
    assertEquals(0, moments[0], 0.01);
    assertEquals(1, moments[1], 0.01);
    int within = 0;
    int far = 0;
    for (float value : values) {
      within += Math.abs(value) < 1 ? 1 : 0;
      far += Math.abs(value) > 3 ? 1 : 0;
    }
    assertEquals(0.6827, within / (double) values.length, 0.005);
    assertEquals(0.0027, far / (double) values.length, 0.0005);
  }

  @Test
  void columnsAndRowsAreIndependent() {
    float[][] rows = Fixtures.rows(new VectorGenerator(Distribution.GAUSSIAN, 3, 9).items(50_000));
    double columns = 0;
    double next = 0;
    for (int i = 1; i < rows.length; i++) {
      columns += rows[i][0] * rows[i][1];
      next += rows[i][0] * rows[i - 1][0];
    }
    assertEquals(0, columns / rows.length, 0.02);
    assertEquals(0, next / rows.length, 0.02);
  }

  @Test
  void clustersAreSharedByItemsAndQueries() {
    int d = 16;
    VectorGenerator world = new VectorGenerator(Distribution.CLUSTERED, d, 3);
    float[][] items = Fixtures.rows(world.items(20_000));
    float[][] queries = Fixtures.rows(world.queries(50));
    for (float[] query : queries) {
      double nearest = Double.MAX_VALUE;
      for (float[] item : items) {
        nearest = Math.min(nearest, squaredDistance(item, query));
      }
      // Two rows of one centre are 2 d 0.25^2 apart on average, two centres 2 d.
      assertTrue(nearest < 2 * d * 0.25 * 0.25 * 1.5, "nearest " + nearest);
      assertTrue(nearest > 0);
    }
    double[] moments = moments(Fixtures.flat(items));
    assertEquals(1 + 0.0625, moments[1], 0.05);
  }

  @Test
  void lowRankIsOfLowRank() {
    int d = 64;
    float[][] rows = Fixtures.rows(new VectorGenerator(Distribution.LOWRANK, d, 3).items(400));
    // Gram-Schmidt: after d / 8 directions little but noise is left.
    double[][] basis = new double[d / 8][];
    double left = 0;
    for (int i = 0; i < rows.length; i++) {
      double[] rest = new double[d];
      for (int j = 0; j < d; j++) {
        rest[j] = rows[i][j];
      }
      for (int b = 0; b < Math.min(i, basis.length); b++) {
        double along = 0;
        for (int j = 0; j < d; j++) {
          along += rest[j] * basis[b][j];
        }
        for (int j = 0; j < d; j++) {
          rest[j] -= along * basis[b][j];
        }
      }
      double length = Math.sqrt(Arrays.stream(rest).map(x -> x * x).sum());
      if (i < basis.length) {
        assertTrue(length > 2, "direction " + i + " has length " + length);
        basis[i] = Arrays.stream(rest).map(x -> x / length).toArray();
      } else {
        left += length * length;
      }
    }
    double variance = moments(Fixtures.flat(rows))[1];
    double share = left / (variance * d * (rows.length - basis.length));
    // Eight directions of full-rank data would leave 7 / 8.
    assertTrue(share < 0.25, "share left " + share);
    assertEquals(d / 8.0 + 0.01, variance, 2);
  }

  @Test
  void memotionHasTheRealDistribution() {
    Map<String, Integer> real = new HashMap<>();
    for (float[] row : Fixtures.rows(MemeCatalog.builtIn())) {
      real.merge(Arrays.toString(row), 1, Integer::sum);
    }
    real.remove("[0.0, -1.0, -1.0, 1.0, 1.0]");
    int n = 200_000;
    Map<String, Integer> drawn = new HashMap<>();
    for (float[] row : Fixtures.rows(world(Distribution.MEMOTION, 5, 1).items(n))) {
      drawn.merge(Arrays.toString(row), 1, Integer::sum);
    }
    assertEquals(real.keySet(), drawn.keySet());
    double chiSquare = 0;
    for (Map.Entry<String, Integer> point : real.entrySet()) {
      double expected = point.getValue() * (double) n / 6992;
      chiSquare += Math.pow(drawn.getOrDefault(point.getKey(), 0) - expected, 2) / expected;
    }
    // 494 degrees of freedom: mean 494, standard deviation 31.
    assertTrue(chiSquare < 494 + 4 * 31, "chi-square " + chiSquare);
  }

  @Test
  void jitterBreaksTiesWithinTheRange() {
    VectorGenerator world = new VectorGenerator(Distribution.MEMOTION, 5, 1, 0.05f);
    Set<String> distinct = new HashSet<>();
    for (float[] row : Fixtures.rows(world.items(10_000))) {
      distinct.add(Arrays.toString(row));
      for (float value : row) {
        assertTrue(value >= -1 && value <= 1);
        assertTrue(Math.abs(value * 2 - Math.round(value * 2)) <= 0.1001);
      }
    }
    assertTrue(distinct.size() > 9_990);
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThrows(
        IllegalArgumentException.class, () -> new VectorGenerator(Distribution.MEMOTION, 4, 1));
    assertThrows(
        IllegalArgumentException.class, () -> new VectorGenerator(Distribution.UNIFORM, 0, 1));
    assertThrows(
        IllegalArgumentException.class, () -> new VectorGenerator(Distribution.UNIFORM, 65_537, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new VectorGenerator(Distribution.UNIFORM, 5, 1, 0.1f));
    assertThrows(
        IllegalArgumentException.class,
        () -> new VectorGenerator(Distribution.MEMOTION, 5, 1, Float.NaN));
    assertThrows(IllegalArgumentException.class, () -> world(Distribution.UNIFORM, 5, 1).items(-1));
  }

  @Test
  void namesOpenWorlds() {
    try (VectorFile file = Vectors.open("gaussian:2k:3:-9")) {
      assertArrayEquals(
          Fixtures.rows(new VectorGenerator(Distribution.GAUSSIAN, 3, -9).items(2000)),
          Fixtures.rows(file));
    }
    assertArrayEquals(
        Fixtures.rows(
            new VectorGenerator(Distribution.UNIFORM, 3, VectorGenerator.DEFAULT_SEED).items(1500)),
        Fixtures.stream("uniform:1.5k:3"));
    assertArrayEquals(
        Fixtures.rows(new VectorGenerator(Distribution.LOWRANK, 9, 8).queries(10)),
        Fixtures.read("LOWRANK:10:9:8:queries"));
    Fixtures.assertBad(() -> Vectors.open("uniform:10:0"), "d must be from 1 to 65536");
    Fixtures.assertBad(() -> Vectors.open("uniform:0:5"), "n must be at least 1");
    Fixtures.assertBad(() -> Vectors.open("uniform:lots:5"), "'lots' is not a count");
    Fixtures.assertBad(() -> Vectors.open("memotion:10:4"), "memotion has 5 attributes");
  }

  private static VectorGenerator world(Distribution kind, int d, long seed) {
    return new VectorGenerator(kind, d, seed);
  }

  private static float[] values(Catalog items) {
    return Fixtures.flat(Fixtures.rows(items));
  }

  private static double[] moments(float[] values) {
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      sum += value;
      squares += (double) value * value;
    }
    double mean = sum / values.length;
    return new double[] {mean, squares / values.length - mean * mean};
  }

  private static double squaredDistance(float[] a, float[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += ((double) a[j] - b[j]) * (a[j] - b[j]);
    }
    return sum;
  }
}
