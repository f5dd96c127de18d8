package dev.slate.kernel.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.EachWidth;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernel of this JVM's width against plain loops. */
@EachWidth
class RowKernelTest {
  private static final RowKernel KERNEL = Simd.rows();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 16, 17, 768})
  void transposes(int width) {
    Random random = new Random(width);
    int blocks = 3;
    int from = 7;
    int to = 12;
    float[] rows = new float[from + blocks * 64 * width];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.nextFloat();
    }
    float[] expected = new float[to + blocks * 64 * width + 5];
    for (int i = 0; i < blocks * 64; i++) {
      for (int j = 0; j < width; j++) {
        expected[to + i / 16 * 16 * width + j * 16 + i % 16] = rows[from + i * width + j];
      }
    }
    float[] actual = new float[expected.length];
    KERNEL.transpose(rows, from, width, blocks, actual, to);
    assertArrayEquals(expected, actual);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 7, 8, 9, 31, 64, 77, 128})
  void addsMultiples(int length) {
    Random random = new Random(length);
    int count = 5;
    int step = 3;
    double[] vectors = random.doubles(2 + count * length).toArray();
    double[] factors = random.doubles(4 + count * step).toArray();
    double[] actual = random.doubles(length + 9).toArray();
    double[] expected = actual.clone();
    for (int r = 0; r < count; r++) {
      for (int i = 0; i < length; i++) {
        expected[3 + i] =
            Math.fma(factors[4 + r * step], vectors[2 + r * length + i], expected[3 + i]);
      }
    }
    KERNEL.addMultiples(actual, 3, length, vectors, 2, factors, 4, step, count);
    assertArrayEquals(expected, actual);
  }

  @Test
  void measuresDistances() {
    int width = 7;
    Random random = new Random(7);
    float[] rows = new float[3 * width];
    float[] chunk = new float[5 + 64 * width];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.nextFloat();
    }
    for (int i = 0; i < chunk.length; i++) {
      chunk[i] = random.nextFloat();
    }
    int[] members = {9, 2, 0, 1, 1, 2, 0, 2};
    for (int lanes = 1; lanes <= 64; lanes++) {
      for (int count = 0; count < members.length; count++) {
        float[] actual = new float[64 * members.length];
        KERNEL.distances(rows, width, members, 1, count, chunk, 5, lanes, actual);
        for (int i = 0; i < lanes * count; i++) {
          float expected = 0;
          for (int j = 0; j < width; j++) {
            float t =
                chunk[5 + i % lanes / 16 * 16 * width + 16 * j + i % lanes % 16]
                    - rows[members[1 + i / lanes] * width + j];
            expected = Math.fma(t, t, expected);
          }
          assertEquals(expected, actual[i / lanes * 64 + i % lanes]);
        }
      }
    }
  }

  @Test
  void findsWhatIsNotFinite() {
    float[] values = new float[150];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 2 == 0 ? Float.MAX_VALUE : -Float.MIN_VALUE;
    }
    for (int count = 0; count <= values.length; count++) {
      assertTrue(KERNEL.finite(values, count));
    }
    float[] bad = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
    for (int i = 0; i < values.length; i++) {
      float before = values[i];
      values[i] = bad[i % 3];
      assertTrue(KERNEL.finite(values, i));
      for (int count = i + 1; count <= values.length; count++) {
        assertFalse(KERNEL.finite(values, count));
      }
      values[i] = before;
    }
  }
}
