package dev.slate.bench.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.slate.data.Distribution;
import dev.slate.data.VectorGenerator;
import dev.slate.kernel.Catalog;
import dev.slate.kernel.Index;
import dev.slate.kernel.Metric;
import dev.slate.kernel.Searcher;
import dev.slate.kernel.Slate;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The loop gives the ordinals of the kernel, ties and order included. */
class VerticalLoopTest {
  @ParameterizedTest
  @EnumSource
  void answersAsTheKernel(Metric metric) throws IOException {
    for (int n : new int[] {1, 31, 32, 63, 64, 65, 127, 1000}) {
      for (int k : new int[] {1, 10, 64, 1001}) {
        compare(new VectorGenerator(Distribution.GAUSSIAN, 7, n), n, metric, k);
        compare(new VectorGenerator(Distribution.MEMOTION, 5, n), n, metric, k);
      }
    }
  }

  private static void compare(VectorGenerator world, int n, Metric metric, int k)
      throws IOException {
    Catalog items = world.items(n);
    VerticalLoop loop = new VerticalLoop();
    loop.build(items, metric);
    Searcher searcher = Index.builder(items).metric(metric).build().searcher();
    Slate slate = new Slate(k);
    float[] query = new float[world.dimensions()];
    for (int q = 0; q < 20; q++) {
      world.queries(20).copyRows(q, 1, query, 0);
      searcher.search(query, slate);
      int[] right = new int[slate.size()];
      Arrays.setAll(right, slate::ordinal);
      assertArrayEquals(right, loop.search(query, k), metric + ", n = " + n + ", k = " + k);
      int[][] twice = loop.searchAll(new float[][] {query, query}, k);
      assertArrayEquals(new int[][] {right, right}, twice, "as a batch");
    }
  }
}
