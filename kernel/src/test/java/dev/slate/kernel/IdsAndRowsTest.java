package dev.slate.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Filters by ids and by sets, rows that are read back, and the warm-up. */
class IdsAndRowsTest {
  private static final int N = 2_000;
  static final int D = 4;

  static Index index(Strategy strategy, Metric metric, boolean ids) {
    Random r = new Random(1);
    CatalogBuilder items = Catalog.builder(D);
    for (int i = 0; i < N; i++) {
      float[] row = Shape.GRID.rows(r, 1, D);
      if (ids) {
        items.add(1_000_000L + 3L * i, row);
      } else {
        items.add(row);
      }
      if (metric == Metric.DOT) {
        items.bias(r.nextFloat());
      }
    }
    return Index.builder(items.build()).metric(metric).strategy(strategy).build();
  }

  @Test
  void setsCombine() {
    Index index = index(Strategy.SCAN, Metric.EUCLIDEAN, true);
    ItemSet a = index.items(1_000_000L, 1_000_003L, 5L);
    assertEquals(2, a.size());
    ItemSet b = a.copy().or(index.items(1_000_006L)).andNot(index.items(1_000_000L));
    assertTrue(b.contains(1) && b.contains(2) && !b.contains(0));
    assertEquals(2, a.size());
    assertTrue(a.contains(0));
    assertFalse(b.copy().clear().contains(1));
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void idsFilterAsSetsDo(Strategy strategy) {
    Random r = new Random(2);
    for (Metric metric : Metric.values()) {
      for (boolean ids : new boolean[] {false, true}) {
        Index index = index(strategy, metric, ids);
        Searcher searcher = index.searcher();
        Slate expected = new Slate(30);
        Slate got = new Slate(30);
        for (int round = 0; round < 20; round++) {
          long[] some = r.longs(1 + r.nextInt(200), 0, N).toArray();
          if (ids) {
            for (int i = 0; i < some.length; i++) {
              some[i] = 1_000_000L + 3 * some[i] - r.nextInt(2);
            }
          }
          float[] q = Shape.GRID.rows(r, 1, D);
          ItemSet set = index.items(some);
          searcher.search(Query.of(q).deny(set), expected);
          searcher.search(Query.of(q).denyIds(some), got);
          assertEquals(expected.toString(), got.toString());
          searcher.search(Query.of(q).allow(set), expected);
          searcher.search(Query.of(q).allowIds(some), got);
          assertEquals(expected.toString(), got.toString());
          ItemSet half = index.items(Arrays.copyOf(some, some.length / 2));
          searcher.search(Query.of(q).allow(set.copy().andNot(half)), expected);
          searcher.search(Query.of(q).allowIds(some).deny(half), got);
          assertEquals(expected.toString(), got.toString());
        }
      }
    }
  }

  @Test
  void idsAllocateNothingOnceWarm() {
    Index index = index(Strategy.TREE, Metric.EUCLIDEAN, true);
    Searcher searcher = index.searcher();
    long[] some = new Random(3).longs(200, 1_000_000, 1_006_000).toArray();
    Query query = Query.of(new float[D]).denyIds(some);
    Query allowed = Query.of(new float[D]).allowIds(some);
    Slate slate = new Slate(10);
    long moved =
        Allocation.ofWarm(
            () -> {
              searcher.search(query, slate);
              searcher.search(allowed, slate);
            });
    assertEquals(0, moved);
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void rowsComeBack(Strategy strategy) {
    Random r = new Random(4);
    for (int n : new int[] {1, 33, 500}) {
      float[] rows = Shape.MIXED_SCALES.rows(r, n, D);
      for (Metric metric : List.of(Metric.EUCLIDEAN, Metric.DOT)) {
        CatalogBuilder items = Catalog.builder(D).addAll(rows);
        if (metric == Metric.DOT) {
          items.bias(2f);
        }
        Index index = Index.builder(items.build()).metric(metric).strategy(strategy).build();
        float[] row = new float[D];
        for (int i = 0; i < n; i++) {
          index.copyRow(i, row);
          assertArrayEquals(Arrays.copyOfRange(rows, i * D, i * D + D), row, 0f);
        }
        assertThrows(IndexOutOfBoundsException.class, () -> index.copyRow(n, row));
        assertThrows(IllegalArgumentException.class, () -> index.copyRow(0, new float[1]));
      }
    }
  }

  @Test
  void warmsUpAsLongAsItIsTold() {
    Index empty = Index.builder(Catalog.of(new float[0], D)).build();
    empty.warmUp(Duration.ofSeconds(Long.MAX_VALUE));
    assertThrows(NullPointerException.class, () -> empty.warmUp(null));
    Index index = index(Strategy.TREE, Metric.COSINE, true);
    long start = System.nanoTime();
    index.warmUp(Duration.ofMillis(20));
    assertTrue(System.nanoTime() - start >= 20_000_000);
  }

  /** A small index is searched more than 2^31 times in some minutes. */
  @Test
  void warmsUpWithItemsThatExist() {
    for (long i : new long[] {0, 1, Integer.MAX_VALUE, 1L << 31, 1L << 33, Long.MAX_VALUE, -1}) {
      for (int size : new int[] {1, 2, 1_000, Integer.MAX_VALUE}) {
        int ordinal = Index.scattered(i, size);
        assertTrue(ordinal >= 0 && ordinal < size, i + " of " + size + ": " + ordinal);
      }
    }
  }
}
