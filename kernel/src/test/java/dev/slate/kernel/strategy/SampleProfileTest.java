package dev.slate.kernel.strategy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.CatalogBuilder;
import dev.slate.kernel.Metric;
import dev.slate.kernel.scan.ScanStrategy;
import dev.slate.kernel.search.Counters;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SampleProfileTest {
  private static final int[] TEN = {10};
  private static final float[][] LIKE_ITEMS = {};

  private static Catalog counting(int n) {
    float[] rows = new float[n];
    Arrays.setAll(new Object[n], i -> rows[i] = i);
    return Catalog.of(rows, 1);
  }

  private static SampleProfile of(Catalog items) {
    return new SampleProfile(items, Metric.EUCLIDEAN, TEN, LIKE_ITEMS);
  }

  /** Queries must not be found among the items. */
  @Test
  void rowsAreDistinctOnesFromAllOver() {
    for (int n : new int[] {2_048, 2_500, 10_000, 100_000}) {
      SampleProfile sample = of(counting(n));
      float[] rows = new float[sample.size()];
      sample.input(sample.size()).rows().read(0, rows.length, rows);
      Arrays.sort(rows);
      for (int i = 1; i < rows.length; i++) {
        assertTrue(rows[i - 1] < rows[i], "n " + n + " row " + rows[i]);
      }
      assertTrue(rows[0] < 0.02f * n && rows[rows.length - 1] > 0.98f * n, "n " + n);
      assertEquals(0, sample.size() % 4);
    }
  }

  @Test
  void oneItemInSixteenIsSampledButNotFewerThanAreWorthATrial() {
    assertEquals(4_096, of(counting(20_000)).size(), 32);
    assertEquals(20_000, of(counting(320_000)).size(), 32);
    assertEquals(2_032, of(counting(2_048)).size());
  }

  @Test
  void aPartHoldsBiasesAndIsSearched() {
    CatalogBuilder items = Catalog.builder(2);
    for (int i = 0; i < 3_000; i++) {
      items.add(i, -i).bias(2 * i);
    }
    SampleProfile sample = new SampleProfile(items.build(), Metric.DOT, TEN, LIKE_ITEMS);
    BuildInput input = sample.input(100);
    float[] rows = new float[300];
    input.rows().read(0, 100, rows);
    for (int i = 0; i < 100; i++) {
      float x = rows[3 * i + 1];
      assertArrayEquals(new float[] {2 * x, x, -x}, Arrays.copyOfRange(rows, 3 * i, 3 * i + 3));
    }
    Counters[] counts = sample.search(new ScanStrategy().build(input), 100, new int[] {1, 10});
    assertEquals(100, counts[0].itemsScored);
    assertEquals(2, counts[1].blocksVisited);
  }

  @Test
  void numbersWantedAreScaledButAtLeastOne() {
    SampleProfile sample =
        new SampleProfile(counting(3_000), Metric.EUCLIDEAN, new int[] {1, 10, 100}, LIKE_ITEMS);
    assertArrayEquals(new int[] {1, 3, 25}, sample.scaled(0.25));
  }

  @Test
  void expectedQueriesAreAsked() {
    float[][] expected = {{-5}};
    SampleProfile told = new SampleProfile(counting(3_000), Metric.EUCLIDEAN, TEN, expected);
    float[] seen = {0};
    told.search(
        new dev.slate.kernel.search.Engine() {
          @Override
          public int dimensions() {
            return 1;
          }

          @Override
          public long bytes() {
            return 0;
          }

          @Override
          public dev.slate.kernel.search.Cursor cursor() {
            return (query, best, share, counters) -> seen[0] = query.q[0];
          }
        },
        10,
        TEN);
    assertEquals(-5, seen[0]);
  }
}
