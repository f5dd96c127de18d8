package dev.slate.kernel.quantized;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.rows.RowSample;
import dev.slate.kernel.rows.Rows;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrincipalDirectionsTest {
  private static final int N = 1_000;

  @ParameterizedTest
  @CsvSource({
    "8, 2, 8, 0.001",
    "64, 16, 64, 0.001",
    "64, 16, 3, 0.001",
    "64, 16, 3, 0",
    "64, 16, 0, 0",
    "101, 25, 25, 0",
    "768, 128, 40, 0",
    "768, 24, 40, 0",
    "9, 9, 9, 0",
    "9, 9, 1, 0"
  })
  void areOrthonormalAlsoWhereTheSampleHasFewer(int width, int m, int rank, float noise) {
    for (float scale : new float[] {1, 1e-40f, 1e-18f, 1e18f, 1e36f}) {
      assertOrthonormal(PrincipalDirections.of(lowRank(width, rank, noise, scale), m), m);
    }
  }

  @Test
  void areOrthonormalWhereLengthsAreFarApart() {
    int width = 101;
    for (double ratio : new double[] {0.9, 0.5, 0.3, 0.1, 0.01, 0}) {
      float[] rows = new float[N * width];
      Random random = new Random(5);
      for (int i = 0; i < rows.length; i++) {
        rows[i] = (float) (random.nextGaussian() * Math.pow(ratio, i % width));
      }
      RowSample sample = QuantizedBuilder.sample(new Rows(Catalog.of(rows, width), false, false));
      assertOrthonormal(PrincipalDirections.of(sample, 25), 25);
    }
  }

  private static void assertOrthonormal(double[][] directions, int m) {
    assertEquals(m, directions.length);
    for (int a = 0; a < m; a++) {
      for (int b = 0; b <= a; b++) {
        double expected = a == b ? 1 : 0;
        assertEquals(expected, PrincipalDirections.dot(directions[a], directions[b]), 1e-14);
      }
    }
  }

  /** 1,500 x 1,500 moments would save no time, so they take no memory. */
  @Test
  void onlyMomentsThatAreComputedTakeMemory() {
    assertEquals(
        8L * 2_048 * 1_500 + 40 * 1_500 * 128, PrincipalDirections.bytes(2_048, 1_500, 128));
    assertEquals(
        8L * 2_048 * 1_300 + 8 * 1_300 * 1_300 + 40 * 1_300 * 128,
        PrincipalDirections.bytes(2_048, 1_300, 128));
  }

  /** With few directions of many attributes, rows are multiplied instead of their moments. */
  @ParameterizedTest
  @CsvSource({"60, 5", "600, 5", "64, 40"})
  void carryWhatTheSampleHasOfLength(int width, int rank) {
    RowSample sample = lowRank(width, rank, 0.001f, 1);
    double[][] directions = PrincipalDirections.of(sample, rank);
    double[] x = new double[width];
    for (int i = 0; i < N; i++) {
      sample.row(i, x);
      double rest = PrincipalDirections.dot(x, x);
      for (double[] direction : directions) {
        double along = PrincipalDirections.dot(x, direction);
        rest -= along * along;
      }
      assertTrue(rest < 1e-4 * PrincipalDirections.dot(x, x), "row " + i + " leaves " + rest);
    }
  }

  /** Combinations of a few random directions, and a little noise. */
  private static RowSample lowRank(int width, int rank, float noise, float scale) {
    Random random = new Random(width);
    float[][] base = new float[rank][width];
    for (float[] direction : base) {
      for (int j = 0; j < width; j++) {
        direction[j] = (float) random.nextGaussian();
      }
    }
    float[] rows = new float[N * width];
    for (int i = 0; i < N; i++) {
      for (float[] direction : base) {
        float weight = (float) random.nextGaussian();
        for (int j = 0; j < width; j++) {
          rows[i * width + j] += scale * weight * direction[j];
        }
      }
      for (int j = 0; j < width; j++) {
        rows[i * width + j] += scale * noise * (float) random.nextGaussian();
      }
    }
    return QuantizedBuilder.sample(new Rows(Catalog.of(rows, width), false, false));
  }
}
