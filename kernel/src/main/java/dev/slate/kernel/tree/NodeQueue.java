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
}
