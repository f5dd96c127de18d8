package dev.slate.sim;

import dev.slate.kernel.Catalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/** A catalogue followed by many copies of one item. Costs no memory for the copies' attributes. */
final class FloodedCatalog {
  private FloodedCatalog() {}

  static ItemCatalog of(
      ItemCatalog catalog,
      String name,
      List<String> newAuthors,
      int copies,
      float[] attributes,
      double jitter) {
    int n = catalog.size();
    if (copies < 1 || copies > Integer.MAX_VALUE - 8 - n || newAuthors.isEmpty()) {
      throw new IllegalArgumentException(
          copies + " copies by " + newAuthors.size() + " authors on " + n + " items");
    }
    if (attributes.length != catalog.dimensions()) {
      throw new IllegalArgumentException(
          "copies of d = " + attributes.length + " in a catalogue of d = " + catalog.dimensions());
    }
    if (!(jitter >= 0 && jitter < 1e6)) {
      throw new IllegalArgumentException("jitter must be at least 0, but it is " + jitter);
    }
    List<String> authors = new ArrayList<>(catalog.authors());
    authors.addAll(newAuthors);
    int[] authorOf = new int[n + copies];
    int[] pictureOf = new int[n + copies];
    for (int i = 0; i < n; i++) {
      authorOf[i] = catalog.author(i);
      pictureOf[i] = catalog.picture(i);
    }
    for (int i = n; i < n + copies; i++) {
      authorOf[i] = catalog.authors().size() + (i - n) % newAuthors.size();
      pictureOf[i] = n;
    }
    return new ItemCatalog(
            catalog.title() + " + " + copies + " copies by " + by(newAuthors),
            new Copies(catalog.items(), attributes.clone(), copies, jitter),
            catalog.attributes(),
            item -> item < n ? catalog.names().apply(item) : name,
            authors,
            authorOf,
            catalog.promoted())
        .withPictures(pictureOf);
  }

  private static String by(List<String> authors) {
    String first = authors.getFirst();
    return authors.size() == 1 ? first : first + " with " + authors.size() + " accounts";
  }

  private static final class Copies implements Catalog {
    private final Catalog first;
    private final float[] copy;
    private final int copies;
    private final double jitter;

    Copies(Catalog first, float[] copy, int copies, double jitter) {
      this.first = first;
      this.copy = copy;
      this.copies = copies;
      this.jitter = jitter;
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
        int at = offset + i * copy.length;
        System.arraycopy(copy, 0, dst, at, copy.length);
        if (jitter > 0) {
          move(from + i, dst, at);
        }
      }
    }

    /** The number of the item is the seed, so that a copy is the same each time it is read. */
    private void move(int item, float[] dst, int at) {
      SplittableRandom random = new SplittableRandom(item);
      for (int j = at; j < at + copy.length; j++) {
        dst[j] = (float) Math.clamp(dst[j] + jitter * (2 * random.nextDouble() - 1), -1, 1);
      }
    }
  }
}
