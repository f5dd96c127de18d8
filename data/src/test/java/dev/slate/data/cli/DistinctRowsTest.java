package dev.slate.data.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slate.kernel.Catalog;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class DistinctRowsTest {
  @Property(tries = 100)
  void agreesWithASet(
      @ForAll @IntRange(min = 1, max = 6000) int n,
      @ForAll @IntRange(min = 1, max = 6) int d,
      @ForAll @IntRange(min = 1, max = 200) int levels,
      @ForAll Random random) {
    float[] rows = new float[n * d];
    Set<String> distinct = new HashSet<>();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < d; j++) {
        rows[i * d + j] = random.nextInt(levels) == 0 ? Float.NaN : random.nextInt(levels) - 1f;
      }
      distinct.add(Arrays.toString(Arrays.copyOfRange(rows, i * d, i * d + d)));
    }
    // The smallest table makes it read the rows up to eight times.
    assertEquals(distinct.size(), count(rows, d, 0));
    assertEquals(distinct.size(), count(rows, d, 1 << 24));
  }

  private static long count(float[] rows, int d, long tableBytes) {
    try (RowProgress progress =
        new RowProgress(new PrintWriter(Writer.nullWriter()), "", rows.length)) {
      return new DistinctRows(Catalog.of(rows, d), tableBytes).count(progress);
    }
  }
}
