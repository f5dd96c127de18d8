package dev.slate.kernel.select;

import it.unimi.dsi.fastutil.HashCommon;
import java.util.Arrays;

/**
 * Counts the items of each group that were taken, up to a limit: a hash table with linear probing,
 * at most half full. Memory grows to the largest number of items expected and is reused.
 */
public final class GroupCounts {
  /** The group of an item that belongs to none; any number of such items may be taken. */
  public static final int NO_GROUP = Integer.MIN_VALUE;

  private static final int FEWEST = 16;

  private int[] groups = {};

  /** Items taken of the group in the same slot; 0 where the slot is free. */
  private int[] counts = {};

  private int mask;
  private int most;

  /**
   * Sets all counts to 0. O(expected).
   *
   * @param expected number of items that will be taken, at most
   * @param most how many of a group may be taken, at least 1
   */
  public void reset(int expected, int most) {
    int capacity = Math.max(FEWEST, HashCommon.arraySize(expected, 0.5f));
    if (counts.length < capacity) {
      groups = new int[capacity];
      counts = new int[capacity];
    } else {
      Arrays.fill(counts, 0, capacity, 0);
    }
    this.mask = capacity - 1;
    this.most = most;
  }

  /** Takes an item of a group, unless the group has as many as it may have. O(1). */
  public boolean take(int group) {
    if (group == NO_GROUP) {
      return true;
    }
    int at = HashCommon.mix(group) & mask;
    while (counts[at] != 0 && groups[at] != group) {
      at = at + 1 & mask;
    }
    if (counts[at] == most) {
      return false;
    }
    groups[at] = group;
    counts[at]++;
    return true;
  }
}
