package dev.slate.sim;

import dev.slate.kernel.Catalog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A catalogue followed by many copies of one item. Costs no memory for the copies' attributes. */
final class FloodedCatalog {
  private FloodedCatalog() {}

  static ItemCatalog of(
      ItemCatalog catalog, String name, String author, int copies, float[] attributes) {
    int n = catalog.size();
    if (copies < 1 || copies > Integer.MAX_VALUE - 8 - n) {
      throw new IllegalArgumentException("a flood of " + copies + " copies on " + n + " items");
    }
    if (attributes.length != catalog.dimensions()) {
      throw new IllegalArgumentException(
          "copies of d = " + attributes.length + " in a catalogue of d = " + catalog.dimensions());
    }
    List<String> authors = new ArrayList<>(catalog.authors());
    authors.add(author);
    int[] authorOf = new int[n + copies];
    for (int i = 0; i < n; i++) {
      authorOf[i] = catalog.author(i);
    }
    Arrays.fill(authorOf, n, n + copies, authors.size() - 1);
    return new ItemCatalog(
        catalog.title() + " + " + copies + " copies by " + author,
        new Copies(catalog.items(), attributes.clone(), copies),
        catalog.attributes(),
        item -> item < n ? catalog.names().apply(item) : name,
        authors,
        authorOf,
        catalog.promoted());
  }

  private static final class Copies implements Catalog {
    private final Catalog first;
    private final float[] copy;
    private final int copies;

    Copies(Catalog first, float[] copy, int copies) {
      this.first = first;
      this.copy = copy;
      this.copies = copies;
    }

    @Override
    public int size() {
      return first.size() + copies;
    }

    @Override
    public int dimensions() {
      return copy.length;
    }

    @Override
    public void copyRows(int from, int count, float[] dst, int offset) {
      Objects.checkFromIndexSize(from, count, size());
      int genuine = Math.clamp((long) first.size() - from, 0, count);
      if (genuine > 0) {
        first.copyRows(from, genuine, dst, offset);
      }
      for (int i = genuine; i < count; i++) {
        System.arraycopy(copy, 0, dst, offset + i * copy.length, copy.length);
      }
    }
  }
}
