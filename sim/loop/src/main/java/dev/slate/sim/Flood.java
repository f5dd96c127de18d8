package dev.slate.sim;

import dev.slate.kernel.Catalog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A catalogue followed by many copies of one item. Costs no memory for the copies' attributes. */
final class Flood {
  private Flood() {}

  static World of(World world, String name, String author, int copies, float[] attributes) {
    int n = world.size();
    if (copies < 1 || copies > Integer.MAX_VALUE - 8 - n) {
      throw new IllegalArgumentException("a flood of " + copies + " copies on " + n + " items");
    }
    if (attributes.length != world.dimensions()) {
      throw new IllegalArgumentException(
          "copies of d = " + attributes.length + " in a world of d = " + world.dimensions());
    }
    List<String> authors = new ArrayList<>(world.authors());
    authors.add(author);
    int[] authorOf = new int[n + copies];
    for (int i = 0; i < n; i++) {
      authorOf[i] = world.author(i);
    }
    Arrays.fill(authorOf, n, n + copies, authors.size() - 1);
    return new World(
        world.title() + " + " + copies + " copies by " + author,
        new Copies(world.items(), attributes.clone(), copies),
        world.attributes(),
        item -> item < n ? world.names().apply(item) : name,
        authors,
        authorOf,
        world.promoted());
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
