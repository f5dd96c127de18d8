package dev.slate.kernel.quantized;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.EachWidth;
import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.parallel.WorkerGroup;
import dev.slate.kernel.query.CompiledQuery;
import dev.slate.kernel.rows.RowSample;
import dev.slate.kernel.rows.Rows;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Where rows come to lie. */
class ClusterTreeTest {
  private static final int N = 40_000;
  private static final int D = 16;
  private static final int CENTRES = 400;

  @Test
  void hardlyARowComesToACellOfStrangers() {
    float[] rows = clustered();
    RowSample sample = QuantizedBuilder.sample(new Rows(Catalog.of(rows, D), false, false));
    ClusterTree clusters = ClusterTrainer.train(sample, 800);
    ClusterAssigner finder = new ClusterAssigner(clusters, N);
    finder.find(rows, N);
    float[] row = new float[D];
    int strangers = 0;
    for (int i = 0; i < N; i++) {
      System.arraycopy(rows, i * D, row, 0, D);
      double key = squaredDistance(row, clusters.centre(finder.leaf[i]));
      assertTrue(Math.abs(key - finder.distance[i]) <= 1e-4 * key, "row " + i);
      strangers += key > 6 * D * .25 * .25 ? 1 : 0;
    }
    assertTrue(strangers < N / 200, strangers + " of " + N + " rows are far from their centres");
  }

  @Test
  @EachWidth
  void manyRowsFindWhatEachWouldAlone() {
    float[] rows = clustered();
    ClusterTree clusters =
        ClusterTrainer.train(
            QuantizedBuilder.sample(new Rows(Catalog.of(rows, D), false, false)), 800);
    ClusterAssigner many = new ClusterAssigner(clusters, N);
    many.find(rows, N);
    ClusterAssigner one = new ClusterAssigner(clusters, 1);
    for (int i = 0; i < N; i += 7) {
      one.find(Arrays.copyOfRange(rows, i * D, i * D + D), 1);
      assertEquals(one.leaf[0], many.leaf[i], "row " + i);
      assertEquals(one.distance[0], many.distance[i], "row " + i);
    }
  }

  /** The first of several, for many rows as for a single one: bits of the same chain. */
  @Test
  @EachWidth
  void findsTheNearestCentre() {
    Random r = new Random(7);
    for (int count = 1; count <= Blocks.SIZE; count++) {
      int d = 1 + r.nextInt(9);
      Blocks centres = new Blocks(count, d);
      for (int i = 0; i < count * d; i++) {
        centres.chunk(0)[centres.offset(0, i / d) + i % d * Blocks.STRIP] = r.nextInt(3);
      }
      int m = 1 + r.nextInt(200);
      float[] rows = new float[m * d];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = r.nextInt(5) / 2f;
      }
      int[] members = new int[m];
      Arrays.setAll(members, i -> m - 1 - i);
      NearestCentroid finder = new NearestCentroid(d, m);
      int[] starts = finder.sort(centres, rows, members, 0, m);
      int[] nearest = new int[m];
      for (int c = 0; c < count; c++) {
        Arrays.fill(nearest, starts[c], starts[c + 1], c);
      }
      for (int i = 0; i < m; i++) {
        float[] row = Arrays.copyOfRange(rows, members[i] * d, (members[i] + 1) * d);
        int expected = 0;
        for (int c = 1; c < count; c++) {
          expected = key(centres, c, row) < key(centres, expected, row) ? c : expected;
        }
        assertEquals(expected, nearest[i]);
        assertEquals(expected, finder.nearest[members[i]]);
        assertEquals(key(centres, expected, row), finder.distances[members[i]]);
        finder.measure(centres, rows, members[i]);
        assertEquals(key(centres, expected, row), finder.measured[expected]);
      }
    }
  }

  private static float key(Blocks centres, int c, float[] row) {
    CompiledQuery query = new CompiledQuery();
    query.q = row;
    query.d = row.length;
    return query.key(centres.chunk(0), centres.offset(0, c), Blocks.STRIP);
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

  /** Nearly all members are at the same distance, infinity, from every centre. */
  @Test
  void manyLevelsAreNotBuiltWhereDistancesOverflow() {
    Random r = new Random(8);
    float[] rows = new float[N * D];
    for (int i = 0; i < N; i++) {
      float scale = i % 50 == 0 ? 1e20f : 1e19f;
      for (int j = 0; j < D; j++) {
        rows[i * D + j] = scale * (float) r.nextGaussian();
      }
    }
    RowSample sample = QuantizedBuilder.sample(new Rows(Catalog.of(rows, D), false, false));
    ClusterTree clusters = ClusterTrainer.train(sample, N / 128);
    int levels = depth(clusters.root);
    assertTrue(levels <= 8, levels + " levels");
  }

  private static int depth(ClusterTree.Node node) {
    int depth = 0;
    for (ClusterTree.Node child : node.children) {
      depth = Math.max(depth, 1 + depth(child));
    }
    return depth;
  }

  private static int cells(float[] rows) {
    Rows source = new Rows(Catalog.of(rows, D), false, false);
    WorkerGroup team = new WorkerGroup(null, 1);
    return new QuantizedBuilder(source, false, team).build().clusters.count();
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
