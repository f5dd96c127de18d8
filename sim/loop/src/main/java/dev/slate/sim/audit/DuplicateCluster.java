package dev.slate.sim.audit;

/** A group of near-duplicates: the item that it is around, and how many each author made. */
final class DuplicateCluster {
  private final int leader;
  private final int[] made;
  private final int size;
  private final int most;

  DuplicateCluster(int leader, int[] made) {
    this.leader = leader;
    this.made = made;
    int items = 0;
    int largest = 0;
    for (int author = 0; author < made.length; author++) {
      items += made[author];
      largest = made[author] > made[largest] ? author : largest;
    }
    this.size = items;
    this.most = largest;
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
}
