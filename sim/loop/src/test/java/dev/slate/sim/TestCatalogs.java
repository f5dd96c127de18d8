package dev.slate.sim;

import dev.slate.kernel.Catalog;
import java.util.List;
import java.util.Random;

/** Catalogues for tests. */
public final class TestCatalogs {
  static final List<String> AUTHORS = List.of("Ann", "Bob", "Cid", "Dee", "Eve", "Fay", "Gus");

  private TestCatalogs() {}

  /** Items at 0, 1, 2 and 3: two of Ann, two of Bob, none advertised. */
  public static ItemCatalog four() {
    return new ItemCatalog(
        "four",
        Catalog.of(new float[] {0, 1, 2, 3}, 1),
        List.of("a"),
        item -> "item " + item,
        List.of("Ann", "Bob"),
        new int[] {0, 0, 1, 1},
        ItemCatalog.NONE);
  }

  /** Items on a coarse grid, many of them equal; item 0 is advertised and lies apart. */
  static ItemCatalog grid(int n, int d, long seed) {
    Random random = new Random(seed);
    float[] rows = new float[n * d];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (random.nextInt(5) - 2) / 2f;
    }
    for (int j = 0; j < d; j++) {
      rows[j] = j % 2 == 0 ? 0.75f : -0.75f;
    }
    return of(Catalog.of(rows, d), seed, 0);
  }

  static ItemCatalog of(Catalog items, long seed, int promoted) {
    Random random = new Random(seed + 1);
    int[] authors = random.ints(items.size(), 0, AUTHORS.size()).toArray();
    List<String> attributes =
        java.util.stream.IntStream.range(0, items.dimensions()).mapToObj(j -> "a" + j).toList();
    return new ItemCatalog("test", items, attributes, i -> "item " + i, AUTHORS, authors, promoted);
  }
}
