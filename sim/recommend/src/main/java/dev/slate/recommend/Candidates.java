package dev.slate.recommend;

import java.util.Arrays;
import java.util.Objects;

/**
 * Items with a score each, best first: the output of one stage and the input of the next. Reusable;
 * not thread-safe.
 */
public final class Candidates {
  private int[] items = new int[64];
  private float[] scores = new float[64];
  private int size;

  /** Creates an empty list. */
  public Candidates() {}

  /** Empties the list. */
  public void clear() {
    size = 0;
  }

  /**
   * Appends an item.
   *
   * @param item its ordinal
   * @param score its score, not NaN
   */
  public void add(int item, float score) {
    if (size == items.length) {
      items = Arrays.copyOf(items, 2 * size);
      scores = Arrays.copyOf(scores, 2 * size);
    }
    items[size] = item;
    scores[size++] = score;
  }

  /**
   * Number of items.
   *
   * @return at least 0
   */
  public int size() {
    return size;
  }

  /**
   * The item at a place.
   *
   * @param place 0..size-1, 0 is the best
   * @return its ordinal
   * @throws IndexOutOfBoundsException if there is no such place
   */
  public int item(int place) {
    return items[Objects.checkIndex(place, size)];
  }

  /**
   * The score of the item at a place.
   *
   * @param place 0..size-1
   * @return larger is better
   * @throws IndexOutOfBoundsException if there is no such place
   */
  public float score(int place) {
    return scores[Objects.checkIndex(place, size)];
  }

  /**
   * Gives the item at a place another score; {@link #sort} puts it where it then belongs.
   *
   * @param place 0..size-1
   * @param score not NaN
   * @throws IndexOutOfBoundsException if there is no such place
   */
  public void score(int place, float score) {
    scores[Objects.checkIndex(place, size)] = score;
  }

  /**
   * Keeps the first items.
   *
   * @param k how many, at least 0
   */
  public void cut(int k) {
    size = Math.min(size, k);
  }

  /**
   * Keeps the best items and sorts them: the same as {@link #sort} and then {@link #cut}. O(n log
   * k), allocates nothing.
   *
   * @param k how many, at least 0
   */
  public void best(int k) {
    if (k < size) {
      for (int i = k / 2 - 1; i >= 0; i--) {
        sink(i, k);
      }
      for (int i = k; i < size && k > 0; i++) {
        if (better(i, 0)) {
          swap(i, 0);
          sink(0, k);
        }
      }
      size = k;
    }
    sort();
  }

  /** Sorts by score, the largest first, equal ones by ordinal. O(n log n), allocates nothing. */
  public void sort() {
    for (int i = size / 2 - 1; i >= 0; i--) {
      sink(i, size);
    }
    for (int end = size - 1; end > 0; end--) {
      swap(0, end);
      sink(0, end);
    }
  }

  /** Heap order: the worst at the root, so that the best ends up first. */
  private void sink(int from, int end) {
    int at = from;
    while (2 * at + 1 < end) {
      int child = 2 * at + 1;
      if (child + 1 < end && better(child, child + 1)) {
        child++;
      }
      if (!better(at, child)) {
        return;
      }
      swap(at, child);
      at = child;
    }
  }

  private boolean better(int a, int b) {
    return scores[a] > scores[b] || (scores[a] == scores[b] && items[a] < items[b]);
  }

  private void swap(int a, int b) {
    int item = items[a];
    items[a] = items[b];
    items[b] = item;
    float score = scores[a];
    scores[a] = scores[b];
    scores[b] = score;
  }
}
