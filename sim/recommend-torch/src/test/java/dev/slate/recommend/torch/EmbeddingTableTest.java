package dev.slate.recommend.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EmbeddingTableTest {
  private static final int ROWS = 7;
  private static final int D = 3;
  private static final double RATE = 0.01;
  private static final double DECAY = 0.5;

  private static EmbeddingTable table(boolean decays) {
    return new EmbeddingTable(ROWS, D, 1, decays, new SplittableRandom(7));
  }

  @Test
  void gathersEachIdOnceInTheOrderOfTheBatch() {
    EmbeddingTable table = table(true);
    int[] ids = {6, 4, 2, 4, 0, 2, 1};
    assertArrayEquals(new int[] {0, 1, 0, 2, 1}, table.select(ids, 1, 6));
    assertEquals(3, table.size());
    assertArrayEquals(new int[] {4, 2, 0}, table.ids());
    assertEquals(2, table.place(0));
    assertTrue(table.place(6) < 0);
    float[] rows = table.gather();
    assertEquals(3 * D, rows.length);
    for (int j = 0; j < D; j++) {
      assertEquals(table.values()[4 * D + j], rows[j]);
      assertEquals(table.values()[j], rows[2 * D + j]);
    }
    table.select(ids, 0, 1);
    assertTrue(table.place(4) < 0, "of the batch before");
    assertEquals(0, table.place(6));
  }

  /** Against the formulas of the paper in double, over batches that meet some rows each. */
  @Test
  void rowsOfTheBatchFollowAdamAndOthersKeepTheirBits() {
    for (boolean decays : new boolean[] {true, false}) {
      EmbeddingTable table = table(decays);
      Adam adam = new Adam(RATE, DECAY);
      double[] value = new double[ROWS * D];
      double[] mean = new double[ROWS * D];
      double[] square = new double[ROWS * D];
      for (int i = 0; i < value.length; i++) {
        value[i] = table.values()[i];
      }
      SplittableRandom random = new SplittableRandom(1);
      for (int step = 1; step <= 20; step++) {
        int[] ids = {random.nextInt(ROWS), random.nextInt(ROWS), random.nextInt(ROWS)};
        table.select(ids, 0, 3);
        float[] gradient = new float[table.size() * D];
        boolean[] met = new boolean[ROWS];
        for (int i = 0; i < table.size(); i++) {
          int id = table.ids()[i];
          met[id] = true;
          for (int j = 0; j < D; j++) {
            float g = (float) random.nextGaussian();
            gradient[i * D + j] = g;
            int at = id * D + j;
            mean[at] = 0.9 * mean[at] + 0.1 * g;
            square[at] = 0.999 * square[at] + 0.001 * g * g;
            double m = mean[at] / (1 - Math.pow(0.9, step));
            double v = square[at] / (1 - Math.pow(0.999, step));
            value[at] -= RATE * m / (Math.sqrt(v) + 1e-8);
            value[at] *= decays ? 1 - RATE * DECAY : 1;
          }
        }
        float[] before = table.values().clone();
        adam.advance();
        table.update(gradient, adam);
        for (int at = 0; at < value.length; at++) {
          if (met[at / D]) {
            assertEquals(value[at], table.values()[at], 1e-5, "step " + step + ", number " + at);
          } else {
            assertEquals(before[at], table.values()[at], "step " + step + ", number " + at);
          }
        }
      }
    }
  }

  @Test
  void theSeedDecidesTheFirstValues() {
    assertArrayEquals(table(true).values(), table(false).values());
    double sum = 0;
    EmbeddingTable wide = new EmbeddingTable(1000, D, 0.05, true, new SplittableRandom(3));
    for (float each : wide.values()) {
      sum += each * each;
    }
    assertEquals(0.05, Math.sqrt(sum / (1000 * D)), 0.003);
    EmbeddingTable zeros = new EmbeddingTable(ROWS, 1, 0, false, new SplittableRandom(3));
    assertArrayEquals(new float[ROWS], zeros.values());
  }
}
