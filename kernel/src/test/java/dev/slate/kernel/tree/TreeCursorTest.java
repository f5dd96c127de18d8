package dev.slate.kernel.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.parallel.WorkerGroup;
import dev.slate.kernel.query.CompiledQuery;
import dev.slate.kernel.rows.Rows;
import dev.slate.kernel.search.Counters;
import dev.slate.kernel.search.Cursor;
import dev.slate.kernel.search.SharedSearch;
import dev.slate.kernel.select.TopK;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TreeCursorTest {
  private static final int N = 20_000;

  /** A filter that is too short fails in the middle of a wave, as a lack of memory might. */
  @Test
  void aSearchThatFailedLeavesNothingBehind() {
    float[] rows = new float[2 * N];
    for (int i = 0; i < N; i++) {
      rows[2 * i] = i;
      rows[2 * i + 1] = i % 3;
    }
    Rows source = new Rows(Catalog.of(rows, 2), false, false);
    TreeEngine engine = new TreeBuilder(source, new WorkerGroup(null, 1)).build();
    Cursor cursor = engine.cursor();
    for (int words = 4; words < 64; words++) {
      int middle = 64 * words - 8;
      CompiledQuery query = new CompiledQuery();
      query.k = 40;
      query.d = 2;
      query.q = new float[] {middle, 1};
      long[] expected = search(engine.cursor(), query);
      query.allow = new long[words];
      Arrays.fill(query.allow, -1L);
      assertThrows(ArrayIndexOutOfBoundsException.class, () -> search(cursor, query));
      query.allow = null;
      query.q = new float[] {middle, 1};
      assertArrayEquals(expected, search(cursor, query), "around " + middle);
    }
  }

  private static long[] search(Cursor cursor, CompiledQuery query) {
    TopK best = new TopK();
    query.start(best);
    cursor.search(query, best, new SharedSearch(1), new Counters());
    long[] found = new long[best.finish()];
    best.copyTo(found);
    return found;
  }
}
