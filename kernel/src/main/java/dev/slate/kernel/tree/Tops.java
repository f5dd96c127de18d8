package dev.slate.kernel.tree;

import java.util.Arrays;

/**
 * The wide nodes above the buckets: each takes the place of up to 15 planes. Node 0 is the root,
 * the children of a node have consecutive larger numbers, and a bucket's root is one of them.
 */
final class Tops {
  private static final int FAN = Nodes.FAN;

  private final int[] plane;
  private final int[] first;
  private final int[] fan;
  private int count = 1;

  Tops(Splits splits) {
    int most = 2 * splits.buckets();
    this.plane = new int[most];
    this.first = new int[most];
    this.fan = new int[most];
    plane[0] = splits.root();
    int[] refs = new int[FAN];
    for (int node = 0; node < count; node++) {
      if (plane[node] >= 0) {
        first[node] = count;
        fan[node] = widen(splits, plane[node], refs);
        System.arraycopy(refs, 0, plane, count, fan[node]);
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
    Arrays.setAll(buckets, node -> plane[node] < 0 ? ~plane[node] : -1);
    return buckets;
  }

  /** Makes the nodes parents of each other. */
  void link(Nodes nodes) {
    for (int node = 0; node < count; node++) {
      if (plane[node] >= 0) {
        nodes.adopt(node, first[node], fan[node]);
      }
    }
  }

  /** Replaces the heaviest plane by its halves until there are 16. */
  private static int widen(Splits splits, int root, int[] refs) {
    refs[0] = root;
    int size = 1;
    while (size < FAN) {
      int heaviest = -1;
      for (int i = 0; i < size; i++) {
        if (refs[i] >= 0
            && (heaviest < 0 || splits.weight(refs[i]) > splits.weight(refs[heaviest]))) {
          heaviest = i;
        }
      }
      if (heaviest < 0) {
        break;
      }
      int divided = refs[heaviest];
      System.arraycopy(refs, heaviest + 1, refs, heaviest + 2, size - heaviest - 1);
      refs[heaviest] = splits.half(divided, 0);
      refs[heaviest + 1] = splits.half(divided, 1);
      size++;
    }
    return size;
  }
}
