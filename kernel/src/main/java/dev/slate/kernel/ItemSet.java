package dev.slate.kernel;

import java.util.Arrays;
import java.util.Objects;

/**
 * A set of ordinals, one bit for each of n items, for {@link Query#allow} and {@link Query#deny}.
 * Costs n / 8 bytes. Not thread-safe while it changes; searches only read it.
 */
public final class ItemSet {
  private final int n;
  private final long[] words;

  /**
   * Creates an empty set.
   *
   * @param n number of items of the index it will filter
   * @throws IllegalArgumentException if n is negative
   */
  public ItemSet(int n) {
    if (n < 0) {
      throw new IllegalArgumentException("n must not be negative, but it is " + n);
    }
    this.n = n;
    this.words = new long[(int) ((n + 63L) >>> 6)];
  }

  /**
   * Creates a set of the given ordinals.
   *
   * @param n number of items of the index it will filter
   * @param ordinals the members, each 0..n-1
   * @return the set
   * @throws IllegalArgumentException if n is negative
   * @throws IndexOutOfBoundsException if an ordinal is not in 0..n-1
   */
  public static ItemSet of(int n, int... ordinals) {
    ItemSet set = new ItemSet(n);
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
    words[ordinal >> 6] |= 1L << ordinal;
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
    words[ordinal >> 6] &= ~(1L << ordinal);
    return this;
  }

  /**
   * Empties the set. O(n / 64).
   *
   * @return this
   */
  public ItemSet clear() {
    Arrays.fill(words, 0L);
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
   * Number of members. O(n / 64).
   *
   * @return how many ordinals were added
   */
  public int size() {
    int members = 0;
    for (long word : words) {
      members += Long.bitCount(word);
    }
    return members;
  }

  long[] words() {
    return words;
  }
}
