package dev.slate.kernel.planes;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.layout.Rows;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrialTest {
  @Test
  void readsLittleWhereItemsClusterAndAllWhereMostAreWanted() {
    Random r = new Random(4);
    int d = 48;
    float[] rows = new float[20_000 * d];
    float[] centres = new float[30 * d];
    for (int i = 0; i < centres.length; i++) {
      centres[i] = (float) r.nextGaussian();
    }
    for (int i = 0; i < rows.length; i += d) {
      int c = r.nextInt(30) * d;
      for (int j = 0; j < d; j++) {
        rows[i + j] = centres[c + j] + 0.1f * (float) r.nextGaussian();
      }
    }
    Rows items = new Rows(Catalog.of(rows, d), false, false);
    for (boolean dot : new boolean[] {false, true}) {
      double few = Trial.bytesRead(items, dot, 10);
      double most = Trial.bytesRead(items, dot, 8000);
      assertTrue(few > 0 && few < 0.2, "for 10 reads " + few);
      assertTrue(most >= 0.99 && most < 1.1, "for 8,000 reads " + most);
    }
  }
}
