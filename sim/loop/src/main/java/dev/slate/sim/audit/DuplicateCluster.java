package dev.slate.sim.audit;

import java.util.Arrays;

/** A group of near-duplicates: the item that it is around, and how many each author made. */
final class DuplicateCluster {
  private final int leader;
  private final int[] made;
  private final int size;
  private final int most;

  DuplicateCluster(int leader, int[] made) {
    this.leader = leader;
    this.made = made;
    this.size = Arrays.stream(made).sum();
    this.most = most(new boolean[made.length]);
  }

  int leader() {
    return leader;
  }

  int made(int author) {
    return made[author];
  }

  int size() {
    return size;
  }

  /** The author who made most of them. */
  int most() {
    return most;
  }

  /** The author who made most of them among those who are not {@code out}; 0 if all are. */
  int most(boolean[] out) {
    int largest = 0;
    for (int author = 0; author < made.length; author++) {
      boolean more = out[largest] || made[author] > made[largest];
      largest = !out[author] && more ? author : largest;
    }
    return largest;
  }
}
