package dev.slate.kernel.tree;

import dev.slate.kernel.parallel.WorkerGroup;
import dev.slate.kernel.rows.Rows;
import dev.slate.kernel.simd.TreeKernel;
import dev.slate.kernel.strategy.BuildSize;

/**
 * Builds a tree in three passes, each shared among threads: count the rows of each bucket, move
 * each row to its bucket, pack each bucket into leaves. A bucket fits a core's cache, so the many
 * small divisions of the last pass do not wait for memory. Rows are moved to the memory of their
 * leaves and packed there, so no row is held twice. Time O(n d log n).
 */
public final class TreeBuilder {
  /** Leaves of a bucket, at most on average: a node of nodes of leaves is nearly full. */
  static final int BUCKET_LEAVES = 218;

  /** Leaves for each node above them, at least: 17 have two nodes and a root, the bucket's. */
  private static final int LEAVES_PER_NODE = 8;

  /** Numbers that are kept for each bucket, besides those of the parts. */
  private static final int COUNTS = 11;

  private static final int BATCH_FLOATS = 1 << 14;
  private static final int PARTS_PER_THREAD = 4;

  private final Rows source;
  private final WorkerGroup workers;
  private final int size;
  private final int width;

  /**
   * Prepares a build.
   *
   * @param source the rows, in the form that they are scored in
   * @param workers the threads that share the work
   */
  public TreeBuilder(Rows source, WorkerGroup workers) {
    this.source = source;
    this.workers = workers;
    this.size = source.size();
    this.width = source.width();
  }

  /**
   * Builds the tree.
   *
   * @return the tree with its searches
   * @throws IllegalArgumentException if an attribute or a bias is not finite, naming row and column
   */
  public TreeEngine build() {
    int lanes = Leaves.lanes(width);
    RoutingTree routing = new RoutingTreeBuilder(source, workers, BUCKET_LEAVES * lanes).routing();
    int buckets = routing.buckets();
    int parts = buckets == 1 ? 1 : PARTS_PER_THREAD * workers.size();
    int[][] slots = new int[parts][buckets];
    sweep(routing, slots, (slot, bucket, ordinal, rows, at) -> slot[bucket]++);

    UpperNodes upper = new UpperNodes(routing);
    int[] sizes = new int[buckets];
    int[] firstLeaf = new int[buckets + 1];
    int[] firstNode = new int[buckets + 1];
    firstNode[0] = upper.count();
    for (int b = 0; b < buckets; b++) {
      for (int[] part : slots) {
        int count = part[b];
        part[b] = firstLeaf[b] * lanes + sizes[b];
        sizes[b] += count;
      }
      int leaves = (sizes[b] + lanes - 1) / lanes;
      firstLeaf[b + 1] = firstLeaf[b] + leaves;
      firstNode[b + 1] = firstNode[b] + BulkLoader.nodes(leaves) - 1;
    }
    Leaves leaves = new Leaves(firstLeaf[buckets], width);
    Nodes nodes = new Nodes(firstNode[buckets], width);
    sweep(
        routing,
        slots,
        (slot, bucket, ordinal, rows, at) -> leaves.put(slot[bucket]++, ordinal, rows, at));
    int[] bucketOf = upper.buckets();
    workers.forEach(
        bucketOf.length,
        () -> {
          BulkLoader loader = new BulkLoader(leaves, nodes);
          return i -> {
            int b = bucketOf[i];
            if (b >= 0) {
              loader.pack(firstLeaf[b], sizes[b], i, firstNode[b]);
            }
          };
        });
    upper.link(nodes);
    BulkLoader loader = new BulkLoader(leaves, nodes);
    for (int node = upper.count() - 1; node >= 0; node--) {
      if (bucketOf[node] < 0) {
        loader.enclose(node);
      }
    }
    return new TreeEngine(source.dimensions(), leaves, nodes, routing, bucketOf);
  }

  /**
   * Upper bound of a build's heap at its peak, in bytes: the tree, the sample for its splits, a
   * count for each bucket and part, and for each thread the scratch to pack a bucket of twice the
   * usual size.
   */
  static long peakBytes(BuildSize size) {
    int width = size.width();
    int lanes = Leaves.lanes(width);
    int bucketItems = BUCKET_LEAVES * lanes;
    long buckets = RoutingTreeBuilder.buckets(size.n(), width, bucketItems);
    long leaves = size.n() / lanes + buckets;
    long nodes = leaves / LEAVES_PER_NODE + 2 * buckets;
    long counts = buckets * (PARTS_PER_THREAD * size.threads() + COUNTS) * Integer.BYTES;
    long batch = Math.max(1, BATCH_FLOATS / width);
    long packed = Math.min(size.n(), 2L * bucketItems);
    long thread =
        batch * (width + 1) * Float.BYTES
            + packed * (width * Float.BYTES + Integer.BYTES + Long.BYTES)
            + 4L * TreeKernel.FAN * width * Float.BYTES;
    return RoutingTreeBuilder.bytes(size.n(), width, bucketItems)
        + Leaves.bytes(leaves, width)
        + Nodes.bytes(nodes, width)
        + counts
        + size.threads() * thread;
  }

  /** A task for each row of a part, with the part's slots. */
  @FunctionalInterface
  private interface RowTask {
    void accept(int[] slots, int bucket, int ordinal, float[] rows, int at);
  }

  private void sweep(RoutingTree routing, int[][] slots, RowTask task) {
    int parts = slots.length;
    int batch = Math.max(1, BATCH_FLOATS / width);
    workers.forEach(
        parts,
        () -> {
          float[] rows = new float[batch * width];
          int[] buckets = new int[batch];
          return part -> {
            int end = (int) ((long) size * (part + 1) / parts);
            int count;
            for (int i = (int) ((long) size * part / parts); i < end; i += count) {
              count = Math.min(batch, end - i);
              source.read(i, count, rows);
              routing.route(rows, width, count, i, buckets);
              for (int r = 0; r < count; r++) {
                task.accept(slots[part], buckets[r], i + r, rows, r * width);
              }
            }
          };
        });
  }
}
