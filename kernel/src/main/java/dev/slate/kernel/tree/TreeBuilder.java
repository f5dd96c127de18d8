package dev.slate.kernel.tree;

import dev.slate.kernel.layout.Rows;
import dev.slate.kernel.search.Team;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Builds a tree in three sweeps, each shared among threads: count the rows of each bucket, move
 * each row to its bucket, pack each bucket. A bucket fits a core's cache, so the many small
 * divisions of the last sweep never wait for memory; rows are moved to where their leaves will be,
 * so nothing is held twice. Cost O(n d log n).
 */
public final class TreeBuilder {
  /** Leaves of a bucket, at most on average: a node of nodes of leaves is nearly full. */
  static final int BUCKET_LEAVES = 218;

  private static final int BATCH_FLOATS = 1 << 14;
  private static final int PARTS_PER_THREAD = 4;

  private final Rows source;
  private final Team team;
  private final int size;
  private final int width;

  /**
   * Prepares a build.
   *
   * @param source the rows, in the form that they are scored in
   * @param team the threads that share the work
   */
  public TreeBuilder(Rows source, Team team) {
    this.source = source;
    this.team = team;
    this.size = source.size();
    this.width = source.width();
  }

  /**
   * Builds the tree.
   *
   * @return the strategy over it
   * @throws IllegalArgumentException if an attribute or a bias is not finite, naming row and column
   */
  public TreeEngine build() {
    int lanes = Leaves.lanes(width);
    Splits splits = new Sampler(source, team, BUCKET_LEAVES * lanes).splits();
    int buckets = splits.buckets();
    int parts = buckets == 1 ? 1 : PARTS_PER_THREAD * team.size();
    int[][] slots = new int[parts][buckets];
    sweep(splits, slots, (slot, bucket, ordinal, rows, at) -> slot[bucket]++);

    Tops tops = new Tops(splits);
    int[] sizes = new int[buckets];
    int[] firstLeaf = new int[buckets + 1];
    int[] firstNode = new int[buckets + 1];
    firstNode[0] = tops.count();
    for (int b = 0; b < buckets; b++) {
      for (int[] part : slots) {
        int count = part[b];
        part[b] = firstLeaf[b] * lanes + sizes[b];
        sizes[b] += count;
      }
      int leaves = (sizes[b] + lanes - 1) / lanes;
      firstLeaf[b + 1] = firstLeaf[b] + leaves;
      firstNode[b + 1] = firstNode[b] + Packer.nodes(leaves) - 1;
    }
    Leaves leaves = new Leaves(firstLeaf[buckets], width);
    Nodes nodes = new Nodes(firstNode[buckets], width);
    sweep(
        splits,
        slots,
        (slot, bucket, ordinal, rows, at) -> leaves.put(slot[bucket]++, ordinal, rows, at));
    int[] bucketOf = tops.buckets();
    AtomicInteger next = new AtomicInteger();
    team.run(
        member -> {
          Packer packer = new Packer(leaves, nodes);
          for (int i = next.getAndIncrement(); i < bucketOf.length; i = next.getAndIncrement()) {
            int b = bucketOf[i];
            if (b >= 0) {
              packer.pack(firstLeaf[b], sizes[b], i, firstNode[b]);
            }
          }
        });
    tops.link(nodes);
    Packer packer = new Packer(leaves, nodes);
    for (int node = tops.count() - 1; node >= 0; node--) {
      if (bucketOf[node] < 0) {
        packer.enclose(node);
      }
    }
    return new TreeEngine(source.dimensions(), leaves, nodes, splits, bucketOf);
  }

  /** What is done with each row, and with its part's slots. */
  @FunctionalInterface
  private interface RowTask {
    void accept(int[] slots, int bucket, int ordinal, float[] rows, int at);
  }

  private void sweep(Splits splits, int[][] slots, RowTask task) {
    int parts = slots.length;
    int batch = Math.max(1, BATCH_FLOATS / width);
    AtomicInteger next = new AtomicInteger();
    team.run(
        member -> {
          float[] rows = new float[batch * width];
          int[] buckets = new int[batch];
          for (int part = next.getAndIncrement(); part < parts; part = next.getAndIncrement()) {
            int end = (int) ((long) size * (part + 1) / parts);
            for (int i = (int) ((long) size * part / parts); i < end; i += batch) {
              int count = Math.min(batch, end - i);
              source.read(i, count, rows);
              splits.route(rows, width, count, i, buckets);
              for (int r = 0; r < count; r++) {
                task.accept(slots[part], buckets[r], i + r, rows, r * width);
              }
            }
          }
        });
  }
}
