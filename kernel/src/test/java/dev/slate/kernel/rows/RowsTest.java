package dev.slate.kernel.rows;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowsTest {
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
    Transposer.transpose(rows, from, width, blocks, actual, to);
    assertArrayEquals(expected, actual);
  }

  @Test
  void findsWhatIsNotFinite() {
    float[] values = new float[150];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 2 == 0 ? Float.MAX_VALUE : -Float.MIN_VALUE;
    }
    for (int count = 0; count <= values.length; count++) {
      assertTrue(Rows.finite(values, count));
    }
    float[] bad = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
    for (int i = 0; i < values.length; i++) {
      float before = values[i];
      values[i] = bad[i % 3];
      assertTrue(Rows.finite(values, i));
      for (int count = i + 1; count <= values.length; count++) {
        assertFalse(Rows.finite(values, count));
      }
      values[i] = before;
    }
  }
}
