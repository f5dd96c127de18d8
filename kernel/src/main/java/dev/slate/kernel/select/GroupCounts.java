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

  /** The candidate that was taken last of the group in the same slot. */
  private long[] last = {};

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
      last = new long[capacity];
    } else {
      Arrays.fill(counts, 0, capacity, 0);
    }
    this.mask = capacity - 1;
    this.most = most;
  }

  /** Takes an item of a group, unless the group has as many as it may have. O(1). */
  public boolean take(int group) {
    return take(group, Candidate.NONE);
  }

  /** Takes a candidate of a group, unless the group has as many as it may have. O(1). */
  public boolean take(int group, long candidate) {
    if (group == NO_GROUP) {
      return true;
    }
    int at = slot(group);
    if (counts[at] == most) {
      return false;
    }
    groups[at] = group;
    last[at] = candidate;
    counts[at]++;
    return true;
  }

  /**
   * The candidate that was taken last of a group that has as many as it may have. O(1).
   *
   * @return {@link Candidate#NONE} if the group may have more
   */
  public long last(int group) {
    if (group == NO_GROUP) {
      return Candidate.NONE;
    }
    int at = slot(group);
    return counts[at] == most ? last[at] : Candidate.NONE;
  }

  private int slot(int group) {
    int at = HashCommon.mix(group) & mask;
    while (counts[at] != 0 && groups[at] != group) {
      at = at + 1 & mask;
    }
    return at;
  }
}
