package dev.slate.kernel.tree;

import java.util.Arrays;

/**
 * The wide nodes above the buckets: each takes the place of up to 15 splits. Node 0 is the root,
 * the children of a node have consecutive larger numbers, and a bucket's root is one of them.
 */
final class UpperNodes {
  private static final int FAN = Nodes.FAN;

  private final int[] split;
  private final int[] first;
  private final int[] fan;
  private int count = 1;

  UpperNodes(RoutingTree routing) {
    int most = 2 * routing.buckets();
    this.split = new int[most];
    this.first = new int[most];
    this.fan = new int[most];
    split[0] = routing.root();
    int[] refs = new int[FAN];
    for (int node = 0; node < count; node++) {
      if (split[node] >= 0) {
        first[node] = count;
        fan[node] = widen(routing, split[node], refs);
        System.arraycopy(refs, 0, split, count, fan[node]);
        count += fan[node];
      }
    }
  }

  /** Number of nodes, the buckets' roots included. */
  int count() {
    return count;
  }

  /** For each node the bucket whose root it is, or -1. */
  int[] buckets() {
    int[] buckets = new int[count];
    Arrays.setAll(buckets, node -> split[node] < 0 ? ~split[node] : -1);
    return buckets;
  }

  /** Makes the nodes parents of each other. */
  void link(Nodes nodes) {
    for (int node = 0; node < count; node++) {
      if (split[node] >= 0) {
        nodes.adopt(node, first[node], fan[node]);
      }
    }
  }

  /** Replaces the heaviest split by its halves until there are 16. */
  private static int widen(RoutingTree routing, int root, int[] refs) {
    refs[0] = root;
    int size = 1;
    while (size < FAN) {
      int heaviest = -1;
      for (int i = 0; i < size; i++) {
        if (refs[i] >= 0
            && (heaviest < 0 || routing.weight(refs[i]) > routing.weight(refs[heaviest]))) {
          heaviest = i;
        }
      }
      if (heaviest < 0) {
        break;
      }
      int divided = refs[heaviest];
      System.arraycopy(refs, heaviest + 1, refs, heaviest + 2, size - heaviest - 1);
      refs[heaviest] = routing.half(divided, 0);
      refs[heaviest + 1] = routing.half(divided, 1);
      size++;
    }
    return size;
  }
}
