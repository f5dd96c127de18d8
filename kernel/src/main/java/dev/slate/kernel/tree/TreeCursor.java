package dev.slate.kernel.tree;

import dev.slate.kernel.query.CompiledQuery;
import dev.slate.kernel.query.OutOfTime;
import dev.slate.kernel.rows.Normalizer;
import dev.slate.kernel.search.Counters;
import dev.slate.kernel.search.Cursor;
import dev.slate.kernel.search.QueryRange;
import dev.slate.kernel.search.SharedSearch;
import dev.slate.kernel.select.Candidate;
import dev.slate.kernel.select.Quicksort;
import dev.slate.kernel.select.TopK;
import dev.slate.kernel.simd.TreeKernel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One thread's search.
 *
 * <p>It descends to the nearest leaves, child by child, until they have given k items, which bound
 * the rest of the search. On the way back up the other children of each node are visited together,
 * then their children, in the order in which they are found. Such a <i>wave</i> visits about a
 * fifth more leaves than a descent into one child after the other would. But its steps do not
 * depend on each other, so the processor neither waits for memory at each of them nor mispredicts a
 * branch.
 */
final class TreeCursor implements Cursor {
  private static final int FAN = TreeKernel.FAN;

  /** Leaves that wait, at most, until they are scanned. */
  private static final int MANY = 32;

  /** Queries that find their buckets together. */
  private static final int ROUTED = 256;

  /** Subtrees for each thread, at least, so that none waits long for the last. */
  private static final int PARTS = 64;

  private final TreeEngine engine;
  private final TreeKernel kernel;
  private final Nodes nodes;
  private final int[] bucketOf;
  private final RoutingTree routing;
  private final Leaves leaves;
  private final UniformParts uniform;
  private final LeafScan scan;
  private final int d;

  /** Bounds of the children of each node on the way down. */
  private int[] bounds = new int[FAN * 16];

  private final NodeQueue queue = new NodeQueue();
  private final NodeQueue waiting = new NodeQueue();
  private long[] order = {};
  private int[] parts = {};
  private float[] rows = {};
  private @Nullable BucketSweep sweep;
  private long nodesVisited;
  private long pruned;

  TreeCursor(TreeEngine engine) {
    this.engine = engine;
    this.d = engine.d;
    this.kernel = TreeKernel.get(d);
    this.nodes = engine.nodes;
    this.bucketOf = engine.bucketOf;
    this.routing = engine.routing;
    this.leaves = engine.leaves;
    this.uniform = new UniformParts(leaves, nodes);
    this.scan = new LeafScan(kernel, leaves, uniform);
  }

  @Override
  public void search(CompiledQuery query, TopK best, SharedSearch share, Counters counters) {
    begin();
    try {
      if (share.threads() > 1) {
        together(query, best, share);
      } else {
        visit(0, 0, query, best, share);
      }
    } catch (OutOfTime e) {
      count(counters);
      throw e;
    }
    count(counters);
  }

  @Override
  public void searchAll(QueryRange range, Counters counters) {
    if (range.size() < BucketSweep.FEWEST || bucketOf[0] >= 0) {
      Cursor.super.searchAll(range, counters);
      return;
    }
    if (sweep == null) {
      sweep = new BucketSweep(engine, this);
    }
    begin();
    sweep.searchAll(range, counters);
  }

  /** Clears the state that a failed search may have left. */
  private void begin() {
    queue.size = 0;
    waiting.size = 0;
    startCounting();
  }

  private void startCounting() {
    scan.scanned = 0;
    nodesVisited = 0;
    pruned = 0;
  }

  /** Adds the counts of the search to those of the thread. */
  void count(Counters counters) {
    counters.itemsScored += scan.scanned * leaves.lanes;
    counters.blocksVisited += scan.scanned + nodesVisited;
    counters.blocksPruned += pruned;
    counters.bytesRead +=
        (scan.scanned * leaves.stride() + nodesVisited * nodes.stride()) * Float.BYTES;
    startCounting();
  }

  /** Claims subtrees near the root, the best first. */
  private void together(CompiledQuery query, TopK best, SharedSearch share) {
    int count = frontier(query, PARTS * share.threads());
    for (int p = share.claim(); p < count && p >= 0; p = share.claim()) {
      best.cap(share.bound());
      int node = parts[(int) order[p]];
      if (mayImprove(node, (int) (order[p] >> 32), query, best)) {
        visit(node, 0, query, best, share);
      } else {
        pruned++;
      }
      share.offer(best.worst());
    }
  }

  /**
   * Lists subtrees that hold all items, in order of their bounds. All threads find the same ones.
   *
   * @param wanted number of subtrees, about; fewer where there are fewer above the buckets
   * @return how many there are
   */
  private int frontier(CompiledQuery query, int wanted) {
    int count = 1;
    reserve(wanted + FAN, wanted + FAN);
    order[0] = Integer.MIN_VALUE;
    parts[0] = 0;
    for (int i = 0; i < count && count < wanted; ) {
      int node = parts[i];
      if (bucketOf[node] >= 0) {
        i++;
        continue;
      }
      bound(node, query, 0);
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
    Quicksort.sort(order, 0, count);
    return count;
  }

  private void reserve(int ordered, int routed) {
    if (order.length < ordered) {
      order = new long[ordered];
    }
    if (parts.length < routed) {
      parts = new int[routed];
    }
  }

  /** Orders queries by the buckets that they would be put in. */
  @Override
  public void arrange(float[] queries, int count, boolean normalise, int[] order) {
    int width = leaves.width;
    if (rows.length == 0) {
      rows = new float[ROUTED * width];
    }
    reserve(count, ROUTED);
    for (int from = 0; from < count; from += ROUTED) {
      int some = Math.min(ROUTED, count - from);
      for (int i = 0; i < some; i++) {
        int row = (i + 1) * width - d;
        System.arraycopy(queries, (from + i) * d, rows, row, d);
        if (normalise) {
          Normalizer.normalise(rows, row, d);
        }
      }
      routing.route(rows, width, some, 0, parts);
      for (int i = 0; i < some; i++) {
        this.order[from + i] = ((long) parts[i] << 32) | (from + i);
      }
    }
    Quicksort.sort(this.order, 0, count);
    for (int i = 0; i < count; i++) {
      order[i] = (int) this.order[i];
    }
  }

  /**
   * Visits a node: its children one by one, the best first, until k items are found, then all that
   * remain at once.
   */
  void visit(int node, int level, CompiledQuery query, TopK best, SharedSearch share) {
    query.checkTime();
    int at = level * FAN;
    if (at == bounds.length) {
      bounds = Arrays.copyOf(bounds, 2 * at);
    }
    bound(node, query, at);
    int first = nodes.first(node);
    int left = nodes.fan(node);
    for (; left > 0 && best.worst() == Candidate.NONE; left--) {
      int c = kernel.least(bounds, at);
      int bound = bounds[at + c];
      bounds[at + c] = Integer.MAX_VALUE;
      if (uniform.excludesChild(node, c, bound, query, best)) {
        pruned++;
      } else if (first < 0) {
        scan.scan(~first + c, query, best);
      } else {
        visit(first + c, level + 1, query, best, share);
      }
    }
    if (left > 0) {
      wave(node, left, at, query, best, share);
    }
  }

  /** Visits those children of a node, and of their children, that may hold one of the k best. */
  private void wave(int top, int left, int at, CompiledQuery query, TopK best, SharedSearch share) {
    exchange(best, share);
    follow(top, left, at, query, best);
    drain(at, query, best, share);
  }

  /** Queues a node for {@link #visitQueued}. */
  void enqueue(int node, int bound) {
    queue.reserve();
    queue.ids[queue.size] = node;
    queue.bounds[queue.size++] = bound;
  }

  /** Visits the queued nodes, for a selection that has its k items. */
  void visitQueued(CompiledQuery query, TopK best, SharedSearch share) {
    drain(0, query, best, share);
  }

  private void drain(int at, CompiledQuery query, TopK best, SharedSearch share) {
    for (int head = 0; head < queue.size; head++) {
      query.checkTime();
      int node = queue.ids[head];
      if (!mayImprove(node, queue.bounds[head], query, best)) {
        pruned++;
        continue;
      }
      bound(node, query, at);
      follow(node, nodes.fan(node), at, query, best);
      if (waiting.size >= MANY) {
        scan(query, best, share);
      }
    }
    queue.size = 0;
    scan(query, best, share);
  }

  /**
   * Whether a node's bound, with its smallest ordinal, comes before the worst candidate, and before
   * the worst of its group if all its items belong to one.
   */
  private boolean mayImprove(int node, int bound, CompiledQuery query, TopK best) {
    long worst = best.worst();
    long key = worst >> 32;
    boolean before =
        bound != key ? bound < key : Candidate.first(bound, nodes.ordinal(node)) < worst;
    return before && !uniform.excludesNode(node, bound, query, best);
  }

  /** Finds the bounds of a node's children. The array is good until the next visit. */
  int[] bounds(int node, CompiledQuery query) {
    bound(node, query, 0);
    return bounds;
  }

  /** The child of a node whose bound is the least. */
  int nearest(int node, CompiledQuery query) {
    bound(node, query, 0);
    return nodes.first(node) + kernel.least(bounds, 0);
  }

  /** Counts children that were left out. */
  void prune(int children) {
    pruned += children;
  }

  private void bound(int node, CompiledQuery query, int to) {
    nodesVisited++;
    kernel.bounds(
        query, nodes.boxes, nodes.at(node), nodes.grid(node), nodes.fan(node), bounds, to);
  }

  /**
   * Queues the children of a node that may hold one of the k best: leaves in the queue of leaves.
   */
  private void follow(int node, int left, int at, CompiledQuery query, TopK best) {
    int first = nodes.first(node);
    NodeQueue to = first < 0 ? waiting : queue;
    to.reserve();
    int before = to.size;
    to.size =
        kernel.within(
            bounds,
            at,
            best.worst(),
            nodes.boxes,
            nodes.ordinals(node),
            first < 0 ? ~first : first,
            to.ids,
            to.bounds,
            before);
    if (query.uniform != null) {
      uniform.dropChildren(node, to, before, query, best);
    }
    pruned += left - (to.size - before);
  }

  private void scan(CompiledQuery query, TopK best, SharedSearch share) {
    pruned += scan.scan(waiting, query, best);
    waiting.size = 0;
    exchange(best, share);
  }

  /** Tells the other threads the k-th candidate of this one, and asks for theirs. */
  private static void exchange(TopK best, SharedSearch share) {
    if (share.threads() > 1) {
      share.offer(best.worst());
      best.cap(share.bound());
    }
  }
}
