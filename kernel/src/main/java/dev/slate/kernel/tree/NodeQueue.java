package dev.slate.kernel.tree;

import dev.slate.kernel.simd.TreeKernel;
import java.util.Arrays;

/** Nodes or leaves to visit, with their bounds, in the order in which they were found. */
final class NodeQueue {
  int[] ids = new int[TreeKernel.FAN * 16];
  int[] bounds = new int[TreeKernel.FAN * 16];
  int size;

  /** Makes room for the children of one more node. */
  void reserve() {
    if (size + TreeKernel.FAN > ids.length) {
      ids = Arrays.copyOf(ids, 2 * ids.length);
      bounds = Arrays.copyOf(bounds, ids.length);
    }
  }

  /**
   * Moves an entry to an earlier place, or leaves it at its own. If it does not stay, the next
   * entry goes to the same place.
   *
   * @return 1 if it stays, else 0
   */
  int keep(int from, int to, boolean stays) {
    ids[to] = ids[from];
    bounds[to] = bounds[from];
    return stays ? 1 : 0;
  }

  /** Exchanges the first entry and the one of the least bound. */
  void moveNearestToFront() {
    int nearest = 0;
    for (int i = 1; i < size; i++) {
      nearest = bounds[i] < bounds[nearest] ? i : nearest;
    }
    int id = ids[nearest];
    int bound = bounds[nearest];
    ids[nearest] = ids[0];
    bounds[nearest] = bounds[0];
    ids[0] = id;
    bounds[0] = bound;
  }
}
