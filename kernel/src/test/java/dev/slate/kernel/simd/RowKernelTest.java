package dev.slate.kernel.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slate.kernel.EachWidth;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernels of this JVM's width, the plain ones too, against plain loops. */
@EachWidth
class RowKernelTest {
  private static final List<RowKernel> KERNELS =
      Simd.bits() == 32
          ? List.of(new ScalarRowKernel())
          : List.of(
              new ScalarRowKernel(),
              new VectorRowKernel(),
              new WarmingRowKernel(new ScalarRowKernel(), new VectorRowKernel()));

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 7, 8, 9, 31, 64, 77, 128})
  void addsMultiples(int length) {
    Random random = new Random(length);
    int count = 5;
    int step = 3;
    double[] vectors = random.doubles(2 + count * length).toArray();
    double[] factors = random.doubles(4 + count * step).toArray();
    double[] before = random.doubles(length + 9).toArray();
    double[] expected = before.clone();
    for (int r = 0; r < count; r++) {
      for (int i = 0; i < length; i++) {
        expected[3 + i] =
            Math.fma(factors[4 + r * step], vectors[2 + r * length + i], expected[3 + i]);
      }
    }
    for (RowKernel kernel : KERNELS) {
      for (int call = 0; call < 3; call++) {
        double[] actual = before.clone();
        kernel.addMultiples(actual, 3, length, vectors, 2, factors, 4, step, count);
        assertArrayEquals(expected, actual);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void measuresDistances(int number) {
    RowKernel kernel = KERNELS.get(number % KERNELS.size());
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
        kernel.distances(rows, width, members, 1, count, chunk, 5, lanes, actual);
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
}
