package dev.slate.sim;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.Index;
import dev.slate.kernel.Metric;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The items that can be shown: n items of d attributes, each with a name and an author; one of them
 * may be paid for. Immutable, safe from many threads. Holds the catalogue and, once searched, its
 * index.
 */
public final class ItemCatalog {
  /** Stands for no item. */
  public static final int NONE = -1;

  private final String title;
  private final Catalog items;
  private final List<String> attributes;
  private final IntFunction<String> names;
  private final List<String> authors;
  private final int[] authorOf;
  private final int promoted;
  private final int @Nullable [] pictureOf;
  private @Nullable Index index;

  /**
   * Creates a catalogue.
   *
   * @param title its title
   * @param items n items in memory, read at random; at least one
   * @param attributes d names
   * @param names name of each item
   * @param authors names of the authors
   * @param authorOf the author of each item, an index of {@code authors}; not copied
   * @param promoted ordinal of the item that advertisers pay for, or {@link #NONE}
   * @throws IllegalArgumentException if the sizes do not agree, or there is no item
   */
  public ItemCatalog(
      String title,
      Catalog items,
      List<String> attributes,
      IntFunction<String> names,
      List<String> authors,
      int[] authorOf,
      int promoted) {
    if (items.size() < 1) {
      throw new IllegalArgumentException("a catalogue needs an item");
    }
    if (attributes.size() != items.dimensions()
        || authorOf.length != items.size()
        || promoted < NONE
        || promoted >= items.size()) {
      throw new IllegalArgumentException(
          items.size()
              + " items of d = "
              + items.dimensions()
              + " do not go with "
              + attributes.size()
              + " attribute names, "
              + authorOf.length
              + " authors and promoted item "
              + promoted);
    }
    this.title = Objects.requireNonNull(title, "title");
    this.items = items;
    this.attributes = List.copyOf(attributes);
    this.names = names;
    this.authors = List.copyOf(authors);
    this.authorOf = authorOf;
    this.promoted = promoted;
    this.pictureOf = null;
  }

  private ItemCatalog(ItemCatalog of, int[] pictureOf) {
    this.title = of.title;
    this.items = of.items;
    this.attributes = of.attributes;
    this.names = of.names;
    this.authors = of.authors;
    this.authorOf = of.authorOf;
    this.promoted = of.promoted;
    this.pictureOf = pictureOf;
  }

  /**
   * The same items, some of which show the same picture.
   *
   * @param pictureOf for each item the smallest ordinal of an item with the same picture; not
   *     copied
   * @return a catalogue that shares the rest with this one
   * @throws IllegalArgumentException if there is not one number an item
   */
  public ItemCatalog withPictures(int[] pictureOf) {
    if (pictureOf.length != size()) {
      throw new IllegalArgumentException(pictureOf.length + " pictures of " + size() + " items");
    }
    return new ItemCatalog(this, pictureOf);
  }

  /**
   * The picture that an item shows. Items with the same attributes may show different pictures;
   * copies of an item show the same.
   *
   * @param item its ordinal
   * @return the smallest ordinal of an item with the same picture
   * @throws IndexOutOfBoundsException if there is no such item
   */
  public int picture(int item) {
    return pictureOf == null ? Objects.checkIndex(item, size()) : pictureOf[item];
  }

  /**
   * What the catalogue is called.
   *
   * @return its title
   */
  public String title() {
    return title;
  }

  /**
   * Number of items.
   *
   * @return n, at least 1
   */
  public int size() {
    return items.size();
  }

  /**
   * Number of attributes.
   *
   * @return d
   */
  public int dimensions() {
    return items.dimensions();
  }

  /**
   * Names of the attributes.
   *
   * @return d names
   */
  public List<String> attributes() {
    return attributes;
  }

  /**
   * The attributes of all items.
   *
   * @return the catalogue
   */
  public Catalog items() {
    return items;
  }

  /**
   * Copies the attributes of an item.
   *
   * @param item its ordinal
   * @param dst receives d attributes
   * @throws IndexOutOfBoundsException if there is no such item
   */
  public void read(int item, float[] dst) {
    items.copyRows(item, 1, dst, 0);
  }

  /**
   * Name of an item.
   *
   * @param item its ordinal
   * @return its name
   */
  public String name(int item) {
    return names.apply(Objects.checkIndex(item, size()));
  }

  /**
   * Author of an item.
   *
   * @param item its ordinal
   * @return index of {@link #authors}
   * @throws IndexOutOfBoundsException if there is no such item
   */
  public int author(int item) {
    return authorOf[item];
  }

  /**
   * Names of the authors.
   *
   * @return names, by number of the author
   */
  public List<String> authors() {
    return authors;
  }

  /**
   * The item that advertisers pay for.
   *
   * @return its ordinal, or {@link #NONE}
   */
  public int promoted() {
    return promoted;
  }

  /**
   * The items laid out for exact search by distance; built when first asked for.
   *
   * @return the index
   * @throws IllegalArgumentException if an attribute is not finite, naming row and column
   */
  public synchronized Index index() {
    Index built = index;
    if (built == null) {
      built =
          Index.builder(items)
              .metric(Metric.EUCLIDEAN)
              .executor(ForkJoinPool.commonPool(), Runtime.getRuntime().availableProcessors())
              .build();
      index = built;
    }
    return built;
  }

  /**
   * The spam attack: one new author adds copies of one item.
   *
   * @param name name of each copy
   * @param author name of the new author
   * @param copies how many
   * @param attributes d attributes of each copy
   * @return a larger catalogue; the copies come after the items of this one
   * @throws IllegalArgumentException if copies is below 1, the catalogue would be too large, or d
   *     does not match
   */
  public ItemCatalog flooded(String name, String author, int copies, float[] attributes) {
    return flooded(name, List.of(author), copies, attributes, 0);
  }

  /**
   * A spam attack that hides: several new authors add copies in turn, and the attributes of each
   * copy are moved at random. All copies show the same picture.
   *
   * @param name name of each copy
   * @param authors names of the new authors, at least one
   * @param copies how many in all
   * @param attributes d attributes
   * @param jitter each attribute of a copy is moved by a uniform draw from [-jitter, jitter], at
   *     least 0
   * @return a larger catalogue; the copies come after the items of this one
   * @throws IllegalArgumentException if copies is below 1, the catalogue would be too large, d does
   *     not match, or jitter is no number of at least 0
   */
  public ItemCatalog flooded(
      String name, List<String> authors, int copies, float[] attributes, double jitter) {
    return FloodedCatalog.of(this, name, authors, copies, attributes, jitter);
  }

  /** The names of the items, as a function. */
  IntFunction<String> names() {
    return names;
  }
}
