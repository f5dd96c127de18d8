package dev.slate.kernel.planes;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.layout.Rows;
import dev.slate.kernel.search.Team;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Where rows come to lie. */
class ClustersTest {
  private static final int N = 40_000;
  private static final int D = 16;
  private static final int CENTRES = 400;

  @Test
  void hardlyARowComesToACellOfStrangers() {
    float[] rows = clustered();
    Clusters clusters = Clusters.train(Sample.of(new Rows(Catalog.of(rows, D), false, false)), 800);
    Clusters.Finder finder = new Clusters.Finder();
    float[] row = new float[D];
    int strangers = 0;
    for (int i = 0; i < N; i++) {
      System.arraycopy(rows, i * D, row, 0, D);
      clusters.find(row, finder);
      double key = squaredDistance(row, clusters.centre(finder.leaf));
      assertTrue(Math.abs(key - finder.key) <= 1e-4 * key, "row " + i + ": " + finder.key);
      strangers += key > 6 * D * .25 * .25 ? 1 : 0;
    }
    assertTrue(strangers < N / 200, strangers + " of " + N + " rows are far from their centres");
  }

  @Test
  void smallClustersGetSmallCells() {
    assertTrue(cells(clustered()) > 200, "clusters of 100 items");
    Random r = new Random(6);
    float[] even = new float[N * D];
    for (int i = 0; i < even.length; i++) {
      even[i] = r.nextFloat();
    }
    assertTrue(cells(even) < 100, "no clusters");
  }

  private static int cells(float[] rows) {
    Rows source = new Rows(Catalog.of(rows, D), false, false);
    Team team = new Team(null, 1);
    return new PlanesBuilder(source, false, false, Integer.MAX_VALUE, team).build().cells.count();
  }

  private static float[] clustered() {
    Random r = new Random(5);
    double[] centres = r.doubles(CENTRES * D, -2, 2).toArray();
    float[] rows = new float[N * D];
    for (int i = 0; i < N; i++) {
      int c = r.nextInt(CENTRES);
      for (int j = 0; j < D; j++) {
        rows[i * D + j] = (float) (centres[c * D + j] + .25 * r.nextGaussian());
      }
    }
    return rows;
  }

  private static double squaredDistance(float[] a, float[] b) {
    double sum = 0;
    for (int j = 0; j < D; j++) {
      double t = a[j] - b[j];
      sum += t * t;
    }
    return sum;
  }
}
