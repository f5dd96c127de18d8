package dev.slate.sim;

import java.util.Objects;

/** The slate that one user is shown, while it is being filled. Not thread-safe; reusable. */
public final class SlateBuilder {
  private final int k;
  private final ItemCatalog catalog;
  private final int perAuthor;
  private final int[] items;
  private final boolean[] advertised;
  private int size;

  /**
   * Creates an empty slate that any item may enter.
   *
   * @param k how many items it holds, at least 1
   * @param catalog where the items come from
   */
  public SlateBuilder(int k, ItemCatalog catalog) {
    this(k, catalog, k);
  }

  /**
   * Creates an empty slate that limits its authors.
   *
   * @param k how many items it holds, at least 1
   * @param catalog where the items come from
   * @param perAuthor how many items of one author it admits, at least 1
   * @throws IllegalArgumentException if k or perAuthor is below 1
   */
  public SlateBuilder(int k, ItemCatalog catalog, int perAuthor) {
    if (k < 1 || perAuthor < 1) {
      throw new IllegalArgumentException(
          "k and perAuthor must be at least 1, but they are " + k + " and " + perAuthor);
    }
    this.k = k;
    this.catalog = catalog;
    this.perAuthor = perAuthor;
    this.items = new int[k];
    this.advertised = new boolean[k];
  }

  /**
   * Takes an item at the next place. O(k).
   *
   * @param item its ordinal
   * @return false if the slate is full, holds the item already, or has enough of its author
   * @throws IndexOutOfBoundsException if there is no such item
   */
  public boolean add(int item) {
    return add(item, false);
  }

  /**
   * Takes an item at the next place and discloses that it is an advertisement. An advertisement is
   * paid for: limits on authors do not hold for it.
   *
   * @param item its ordinal
   * @return false if the slate is full or holds the item already
   * @throws IndexOutOfBoundsException if there is no such item
   */
  public boolean addAdvertisement(int item) {
    return add(item, true);
  }

  private boolean add(int item, boolean advertisement) {
    Objects.checkIndex(item, catalog.size());
    if (size == k || contains(item) || !(advertisement || admits(item))) {
      return false;
    }
    items[size] = item;
    advertised[size++] = advertisement;
    return true;
  }

  private boolean admits(int item) {
    return perAuthor >= k || countOf(catalog.author(item)) < perAuthor;
  }

  /**
   * Tells whether an author has as many items here as the limit allows.
   *
   * @param author number of the author
   * @return true if none of her items would be taken
   */
  public boolean exhausted(int author) {
    return perAuthor < k && countOf(author) >= perAuthor;
  }

  private int countOf(int author) {
    int count = 0;
    for (int i = 0; i < size; i++) {
      if (!advertised[i] && catalog.author(items[i]) == author) {
        count++;
      }
    }
    return count;
  }

  /**
   * Tells whether an item is on the slate. O(k).
   *
   * @param item its ordinal
   * @return true if it was taken
   */
  public boolean contains(int item) {
    for (int i = 0; i < size; i++) {
      if (items[i] == item) {
        return true;
      }
    }
    return false;
  }

  /** Empties the slate. */
  public void clear() {
    size = 0;
  }

  /**
   * How many items it is to hold.
   *
   * @return k
   */
  public int k() {
    return k;
  }

  /**
   * How many items it holds.
   *
   * @return 0..k
   */
  public int size() {
    return size;
  }

  /**
   * Tells whether k items are on the slate.
   *
   * @return true if no more are taken
   */
  public boolean full() {
    return size == k;
  }

  /**
   * The item at a place.
   *
   * @param rank the place, 0 is the top
   * @return its ordinal
   * @throws IndexOutOfBoundsException if rank is not in 0..size-1
   */
  public int item(int rank) {
    return items[Objects.checkIndex(rank, size)];
  }

  /**
   * Tells whether the item at a place is disclosed as an advertisement.
   *
   * @param rank the place, 0 is the top
   * @return whether it came by {@link #addAdvertisement}
   * @throws IndexOutOfBoundsException if rank is not in 0..size-1
   */
  public boolean advertisement(int rank) {
    return advertised[Objects.checkIndex(rank, size)];
  }
}
