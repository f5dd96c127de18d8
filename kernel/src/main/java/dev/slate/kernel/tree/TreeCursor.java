package dev.slate.kernel.tree;

import dev.slate.kernel.search.Counters;
import dev.slate.kernel.search.Cursor;
import dev.slate.kernel.search.Probe;
import dev.slate.kernel.search.Request;
import dev.slate.kernel.search.Share;
import dev.slate.kernel.select.Candidate;
import dev.slate.kernel.select.TopK;
import dev.slate.kernel.simd.TreeKernel;
import it.unimi.dsi.fastutil.longs.LongArrays;
import java.util.Arrays;

/** One thread's descent: depth first, the best child first. */
final class TreeCursor implements Cursor {
  private static final int FAN = TreeKernel.FAN;

  /** Children that are asked of the memory at once, at most: of more, few will be visited. */
  private static final int MANY = 8;

  /** Buckets that are streamed, at most, before the next is descended again. */
  private static final int MAX_PAUSE = 63;

  /** Descending costs more than streaming where this share of the leaves, or more, is scanned. */
  private static final int WORTH = 3;

  /** Subtrees for each thread, at least, so that none waits long for the last. */
  private static final int PARTS = 64;

  private final TreeKernel kernel;
  private final Leaves leaves;
  private final Nodes nodes;
  private final int[] bucketOf;
  private final int[] firstLeaf;
  private final Splits splits;
  private final float[] row;
  private final int d;
  private final float[] keys = new float[TreeKernel.MAX_LANES];

  /** Bounds of the children of each node on the way down. */
  private int[] bounds = new int[FAN * 16];

  private long[] order = {};
  private int[] parts = {};
  private int pause;
  private int backoff;
  private int leavesScanned;

  /** Keeps reads that only bring memory closer from being left out as unused. */
  @SuppressWarnings("UnusedVariable")
  private int touched;

  private int nodesVisited;
  private int pruned;

  TreeCursor(TreeEngine engine) {
    this.leaves = engine.leaves;
    this.nodes = engine.nodes;
    this.bucketOf = engine.bucketOf;
    this.firstLeaf = engine.firstLeaf;
    this.splits = engine.splits;
    this.row = new float[engine.leaves.width];
    this.d = engine.d;
    this.kernel = TreeKernel.get(d);
  }

  @Override
  public void search(Request request, TopK best, Share share, Counters counters) {
    leavesScanned = 0;
    nodesVisited = 0;
    pruned = 0;
    pause = 0;
    backoff = 0;
    if (share.threads() > 1) {
      together(request, best, share);
    } else if (share.claim() == 0) {
      visit(0, 0, request, best, share);
    }
    counters.itemsScored += (long) leavesScanned * leaves.lanes;
    counters.blocksVisited += leavesScanned + nodesVisited;
    counters.blocksPruned += pruned;
    counters.bytesRead +=
        ((long) leavesScanned * leaves.stride + (long) nodesVisited * nodes.stride()) * Float.BYTES;
  }

  /** Claims subtrees near the root, the best first. */
  private void together(Request request, TopK best, Share share) {
    int count = frontier(request.probe, PARTS * share.threads());
    for (int p = share.claim(); p < count && p >= 0; p = share.claim()) {
      best.cap(share.bound());
      if (order[p] >> 32 <= best.worst() >> 32) {
        visit(parts[(int) order[p]], 0, request, best, share);
      } else {
        pruned++;
      }
      share.offer(best.worst());
    }
  }

  /**
   * Lists subtrees that hold all items, in order of their bounds. All threads find the same ones.
   *
   * @param wanted how many, about, if there are so many above the buckets
   * @return how many there are
   */
  private int frontier(Probe probe, int wanted) {
    int count = 1;
    reserve(wanted + FAN);
    order[0] = Integer.MIN_VALUE;
    parts[0] = 0;
    for (int i = 0; i < count && count < wanted; ) {
      int node = parts[i];
      if (bucketOf[node] >= 0) {
        i++;
        continue;
      }
      kernel.bounds(
          probe, nodes.boxes, nodes.at(node), nodes.grid(node), Integer.MAX_VALUE, bounds, 0);
      nodesVisited++;
      count--;
      System.arraycopy(parts, i + 1, parts, i, count - i);
      System.arraycopy(order, i + 1, order, i, count - i);
      for (int c = 0; c < nodes.fan(node); c++, count++) {
        parts[count] = nodes.first(node) + c;
        order[count] = bounds[c];
      }
    }
    for (int i = 0; i < count; i++) {
      order[i] = (order[i] << 32) | i;
    }
    LongArrays.quickSort(order, 0, count);
    return count;
  }

  private void reserve(int count) {
    if (order.length < count) {
      order = new long[count];
      parts = new int[count];
    }
  }

  /** Orders queries by the buckets that they would be put in. */
  @Override
  public void arrange(float[] queries, int count, int[] order) {
    reserve(count);
    int bias = leaves.width - d;
    for (int i = 0; i < count; i++) {
      System.arraycopy(queries, i * d, row, bias, d);
      this.order[i] = ((long) splits.bucket(row, 0, 0) << 32) | i;
    }
    LongArrays.quickSort(this.order, 0, count);
    for (int i = 0; i < count; i++) {
      order[i] = (int) this.order[i];
    }
  }

  private void visit(int node, int level, Request request, TopK best, Share share) {
    if (node < bucketOf.length && bucketOf[node] >= 0) {
      bucket(node, level, request, best, share);
    } else {
      descend(node, level, request, best, share);
    }
  }

  /**
   * Visits a bucket: descends, or streams all its leaves where the buckets before have not been
   * worth the descent.
   */
  private void bucket(int root, int level, Request request, TopK best, Share share) {
    int from = firstLeaf[bucketOf[root]];
    int to = firstLeaf[bucketOf[root] + 1];
    best.cap(share.bound());
    if (pause > 0) {
      pause--;
      for (int leaf = from; leaf < to; leaf++) {
        leaf(leaf, request, best);
      }
    } else {
      int before = leavesScanned;
      descend(root, level, request, best, share);
      boolean worth = (leavesScanned - before) * WORTH < to - from;
      backoff = worth ? 0 : Math.min(2 * backoff + 1, MAX_PAUSE);
      pause = backoff;
    }
    if (share.threads() > 1) {
      share.offer(best.worst());
    }
  }

  /** Visits those children of a node that may hold something, the best first. */
  private void descend(int node, int level, Request request, TopK best, Share share) {
    int at = level * FAN;
    if (at == bounds.length) {
      bounds = Arrays.copyOf(bounds, 2 * at);
    }
    int fan = nodes.fan(node);
    int first = nodes.first(node);
    int ordinals = nodes.ordinals(node);
    int limit = (int) (best.worst() >> 32);
    int left =
        kernel.bounds(
            request.probe, nodes.boxes, nodes.at(node), nodes.grid(node), limit, bounds, at);
    left &= (1 << fan) - 1;
    if ((left & (left - 1)) != 0 && Integer.bitCount(left) <= MANY) {
      touched = first < 0 ? leaves.touch(~first, left) : nodes.touch(first, left);
    }
    int visited = 0;
    while (left != 0) {
      boolean single = (left & (left - 1)) == 0;
      int c = single ? Integer.numberOfTrailingZeros(left) : kernel.least(bounds, at, left);
      long bound = bounds[at + c];
      long worst = best.worst();
      if (bound > worst >> 32) {
        break;
      }
      left &= ~(1 << c);
      if (((bound << 32) | ((long) nodes.boxes[ordinals + c] << 1)) >= worst) {
        continue;
      }
      visited++;
      if (first < 0) {
        leaf(~first + c, request, best);
      } else {
        visit(first + c, level + 1, request, best, share);
      }
    }
    nodesVisited++;
    pruned += fan - visited;
  }

  private void leaf(int leaf, Request request, TopK best) {
    leavesScanned++;
    float limit = Candidate.bound(best.worst());
    float[] chunk = leaves.chunk(leaf);
    int lanes = leaves.lanes;
    long accepted = kernel.leaf(request.probe, chunk, leaves.offset(leaf), lanes, limit, keys);
    if (accepted == 0) {
      return;
    }
    if (Long.bitCount(accepted) / 2 >= request.k && request.open() && leaves.full(leaf)) {
      accepted = kernel.smallest(keys, lanes, accepted, request.k);
    }
    int ordinals = leaves.ordinals(leaf);
    boolean filtered = request.filtered();
    for (long left = accepted; left != 0; left &= left - 1) {
      int lane = Long.numberOfTrailingZeros(left);
      int ordinal = Float.floatToRawIntBits(chunk[ordinals + lane]);
      if (ordinal >= 0 && (!filtered || request.passes(ordinal))) {
        best.offer(Candidate.pack(keys[lane], ordinal));
      }
    }
  }
}
