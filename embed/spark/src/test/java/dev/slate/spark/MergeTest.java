package dev.slate.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slate.kernel.Metric;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order in which answers of shards are merged. */
final class MergeTest {
  private static Answers answers(int[] ends, long[] ids, float... scores) {
    IdColumn.Builder builder = new IdColumn.Builder(IdType.LONG);
    for (long id : ids) {
      builder.add(id);
    }
    return new Answers(ends, builder.build(), scores);
  }

  private static void assertMerged(Answers merged, int[] ends, long[] ids, float... scores) {
    assertArrayEquals(ends, merged.ends());
    for (int i = 0; i < ids.length; i++) {
      assertEquals(ids[i], merged.ids().number(i));
      assertEquals(Float.floatToRawIntBits(scores[i]), Float.floatToRawIntBits(merged.scores()[i]));
    }
    assertEquals(ids.length, merged.ids().size());
    assertEquals(ids.length, merged.scores().length);
  }

  @Test
  void tiesGoToTheSmallerIdAndZerosAreEqual() {
    Answers a = answers(new int[] {3}, new long[] {2, 7, 4}, -0f, 0f, 1f);
    Answers b = answers(new int[] {2}, new long[] {1, 3}, 0f, 1f);
    assertMerged(
        new Merge(Metric.EUCLIDEAN, 4).merge(List.of(a, b)),
        new int[] {4},
        new long[] {1, 2, 7, 3},
        0f,
        -0f,
        0f,
        1f);
  }

  @Test
  void nanLosesToEveryNumber() {
    Answers a = answers(new int[] {2}, new long[] {5, 1}, Float.NEGATIVE_INFINITY, Float.NaN);
    Answers b = answers(new int[] {1}, new long[] {0}, Float.NaN);
    for (Metric metric : List.of(Metric.DOT, Metric.EUCLIDEAN)) {
      assertMerged(
          new Merge(metric, 9).merge(List.of(b, a)),
          new int[] {3},
          new long[] {5, 0, 1},
          Float.NEGATIVE_INFINITY,
          Float.NaN,
          Float.NaN);
    }
  }

  @Test
  void eachQueryHasItsOwn() {
    Answers a = answers(new int[] {1, 1, 2}, new long[] {1, 2}, 9f, 5f);
    Answers b = answers(new int[] {0, 1, 3}, new long[] {3, 4, 5}, 1f, 7f, 5f);
    assertMerged(
        new Merge(Metric.DOT, 2).merge(List.of(a, b)),
        new int[] {1, 2, 4},
        new long[] {1, 3, 4, 2},
        9f,
        1f,
        7f,
        5f);
  }
}
