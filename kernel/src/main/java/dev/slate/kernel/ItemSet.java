package dev.slate.kernel;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A set of ordinals, one bit for each of n items, for {@link Query#allow} and {@link Query#deny}.
 * {@link Index#items()} makes one that is bound to its index. Costs n / 8 bytes. Not thread-safe
 * while it changes; searches only read it.
 *
 * {@snippet :
 * ItemSet inStock = index.items();
 * inStock.add(7);
 * inStock.add(42);
 * searcher.search(Query.of(query).allow(inStock), new Slate(10));
 * }
 */
public final class ItemSet {
  private final int n;
  private final long[] words;
  private final @Nullable Index index;
  private int size;

  /** Creates an empty set for one index, or for any where it is null. */
  ItemSet(int n, @Nullable Index index) {
    if (n < 0) {
      throw new IllegalArgumentException("n must not be negative, but it is " + n);
    }
    this.n = n;
    this.words = new long[(int) ((n + 63L) >>> 6)];
    this.index = index;
  }

  /**
   * Creates a set that is bound to no index: every index of n items accepts it. Use it only where
   * the caller's ordinals never change their meaning. Otherwise, after an index was replaced by
   * another one of n items, a search would filter wrongly without an error; sets of {@link
   * Index#items()} are refused by any other index.
   *
   * @param n number of items of the indexes it will filter
   * @param ordinals the members, each 0..n-1; none for an empty set
   * @return the set
   * @throws IllegalArgumentException if n is negative
   * @throws IndexOutOfBoundsException if an ordinal is not in 0..n-1
   */
  public static ItemSet unbound(int n, int... ordinals) {
    ItemSet set = new ItemSet(n, null);
    for (int ordinal : ordinals) {
      set.add(ordinal);
    }
    return set;
  }

  /**
   * Adds an ordinal. O(1).
   *
   * @param ordinal 0..n-1
   * @return this
   * @throws IndexOutOfBoundsException if it is not in 0..n-1
   */
  public ItemSet add(int ordinal) {
    Objects.checkIndex(ordinal, n);
    set(ordinal >> 6, words[ordinal >> 6] | 1L << ordinal);
    return this;
  }

  /**
   * Removes an ordinal. O(1).
   *
   * @param ordinal 0..n-1
   * @return this
   * @throws IndexOutOfBoundsException if it is not in 0..n-1
   */
  public ItemSet remove(int ordinal) {
    Objects.checkIndex(ordinal, n);
    set(ordinal >> 6, words[ordinal >> 6] & ~(1L << ordinal));
    return this;
  }

  /**
   * Empties the set. O(n / 64).
   *
   * @return this
   */
  public ItemSet clear() {
    Arrays.fill(words, 0L);
    size = 0;
    return this;
  }

  /**
   * Tells whether an ordinal is a member. O(1).
   *
   * @param ordinal 0..n-1
   * @return whether it was added
   * @throws IndexOutOfBoundsException if it is not in 0..n-1
   */
  public boolean contains(int ordinal) {
    Objects.checkIndex(ordinal, n);
    return (words[ordinal >> 6] & 1L << ordinal) != 0;
  }

  /**
   * Number of items that the set ranges over, members or not.
   *
   * @return n
   */
  public int universe() {
    return n;
  }

  /**
   * Number of members. O(1).
   *
   * @return how many ordinals were added
   */
  public int size() {
    return size;
  }

  /**
   * Adds the members of another set. O(n / 64).
   *
   * @param other a set over as many items, of the same index if both are bound to one
   * @return this
   * @throws IllegalArgumentException if it ranges over another number of items, or another index
   */
  public ItemSet or(ItemSet other) {
    check(other);
    for (int i = 0; i < words.length; i++) {
      set(i, words[i] | other.words[i]);
    }
    return this;
  }

  /**
   * Removes the members of another set. O(n / 64).
   *
   * @param other a set over as many items, of the same index if both are bound to one
   * @return this
   * @throws IllegalArgumentException if it ranges over another number of items, or another index
   */
  public ItemSet andNot(ItemSet other) {
    check(other);
    for (int i = 0; i < words.length; i++) {
      set(i, words[i] & ~other.words[i]);
    }
    return this;
  }

  /**
   * Copies the set. O(n / 64).
   *
   * @return another set of the same members, for the same index
   */
  public ItemSet copy() {
    ItemSet copy = new ItemSet(n, index);
    System.arraycopy(words, 0, copy.words, 0, words.length);
    copy.size = size;
    return copy;
  }

  private void set(int at, long word) {
    size += Long.bitCount(word) - Long.bitCount(words[at]);
    words[at] = word;
  }

  private void check(ItemSet other) {
    if (other.n != n) {
      throw new IllegalArgumentException(
          "the other set ranges over " + other.n + " items, but this one over " + n);
    }
    if (index != null && other.index != null && index != other.index) {
      throw new IllegalArgumentException("the other set is that of another index");
    }
  }

  /** The bits, for an index that they fit. */
  long[] words(Index searched, String name) {
    if (n != searched.size()) {
      throw new IllegalArgumentException(
          name + " ranges over " + n + " items, but the index has " + searched.size());
    }
    if (index != null && index != searched) {
      throw new IllegalArgumentException(name + " is a set of another index");
    }
    return words;
  }
}
