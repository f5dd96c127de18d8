package dev.slate.kernel.tree;

import dev.slate.kernel.simd.TreeKernel;
import java.util.Arrays;

/**
 * Packs the items of a bucket into leaves, and builds the nodes above them. One thread's scratch.
 *
 * <p>A node of L leaves gets as few children as its height allows, with equal shares of the leaves,
 * so that all leaves of a bucket but the last are full.
 */
final class BulkLoader {
  private static final int FAN = TreeKernel.FAN;

  private final Leaves leaves;
  private final Nodes nodes;
  private final int lanes;
  private final int[] members;
  private final float[] lo;
  private final float[] hi;
  private final int[] least = new int[FAN];
  private float[] rows = {};
  private int[] ordinals = {};
  private long[] items = {};
  private int[] start = {};
  private int[] share = {};

  BulkLoader(Leaves leaves, Nodes nodes) {
    this.leaves = leaves;
    this.nodes = nodes;
    this.lanes = leaves.lanes;
    this.members = new int[lanes];
    this.lo = new float[leaves.width * FAN];
    this.hi = new float[leaves.width * FAN];
  }

  /** Number of children of a node of a number of leaves. */
  static int fan(int leaves) {
    int below = 1;
    while ((long) below * FAN < leaves) {
      below *= FAN;
    }
    return (leaves + below - 1) / below;
  }

  /** Number of nodes, the root included, above a number of leaves. */
  static int nodes(int leaves) {
    if (leaves <= FAN) {
      return 1;
    }
    int fan = fan(leaves);
    int larger = leaves % fan;
    int nodes = 1 + (fan - larger) * nodes(leaves / fan);
    return larger == 0 ? nodes : nodes + larger * nodes(leaves / fan + 1);
  }

  /**
   * Packs a bucket whose rows lie row-major, in order of their ordinals, where its leaves will be.
   *
   * @param first the bucket's first leaf
   * @param size number of items
   * @param root the bucket's root node
   * @param rest its other nodes are consecutive from here on
   */
  void pack(int first, int size, int root, int rest) {
    int count = (size + lanes - 1) / lanes;
    load(first, size, count);
    Partitioner partitioner = new Partitioner(rows, leaves.width, size, items);
    start[0] = 0;
    share[0] = count;
    int made = 1;
    for (int v = 0; v < made; v++) {
      int node = v == 0 ? root : rest + v - 1;
      int fan = fan(share[v]);
      divide(partitioner, v, fan, 0, fan, size);
      if (share[v] <= FAN) {
        nodes.adopt(node, ~(first + start[v]), fan);
        for (int i = 0; i < fan; i++) {
          leaf(partitioner, first, start[v] + i, size, i);
        }
        nodes.enclose(node, lo, hi, least);
      } else {
        nodes.adopt(node, rest + made - 1, fan);
        for (int i = 0; i < fan; i++, made++) {
          start[made] = start[v] + cut(share[v], i, fan);
          share[made] = cut(share[v], i + 1, fan) - cut(share[v], i, fan);
        }
      }
    }
    for (int v = made - 1; v >= 0; v--) {
      enclose(v == 0 ? root : rest + v - 1);
    }
  }

  /** Sets the boxes of a node whose children are nodes with boxes; does nothing to others. */
  void enclose(int node) {
    if (nodes.first(node) >= 0) {
      for (int i = 0; i < nodes.fan(node); i++) {
        nodes.extent(nodes.first(node) + i, i, lo, hi, least);
      }
      nodes.enclose(node, lo, hi, least);
    }
  }

  private void load(int first, int size, int count) {
    int width = leaves.width;
    if (items.length < size) {
      rows = new float[size * width];
      ordinals = new int[size];
      items = new long[size];
    }
    int most = nodes(count);
    if (start.length < most) {
      start = new int[most];
      share = new int[most];
    }
    for (int i = 0; i < size; i += lanes) {
      int leaf = first + i / lanes;
      int held = Math.min(lanes, size - i);
      System.arraycopy(leaves.chunk(leaf), leaves.offset(leaf), rows, i * width, held * width);
      for (int lane = 0; lane < held; lane++) {
        ordinals[i + lane] = leaves.ordinal(leaf, lane);
      }
    }
  }

  private static int cut(int share, int i, int fan) {
    return (int) ((long) share * i / fan);
  }

  /** Divides the items among the children a..b-1 of a node, by halves. */
  private void divide(Partitioner partitioner, int v, int fan, int a, int b, int size) {
    if (b - a <= 1) {
      return;
    }
    int mid = (a + b) >>> 1;
    int from = (start[v] + cut(share[v], a, fan)) * lanes;
    int to = Math.min(size, (start[v] + cut(share[v], b, fan)) * lanes);
    int cut = (start[v] + cut(share[v], mid, fan)) * lanes;
    partitioner.divide(from, to, cut, partitioner.widest(from, to));
    divide(partitioner, v, fan, a, mid, size);
    divide(partitioner, v, fan, mid, b, size);
  }

  /** Writes a leaf, the items in order of their ordinals, and notes its box. */
  private void leaf(Partitioner partitioner, int first, int leaf, int size, int child) {
    int width = leaves.width;
    int from = leaf * lanes;
    int held = Math.min(lanes, size - from);
    for (int i = 0; i < held; i++) {
      members[i] = partitioner.row(from + i);
    }
    Arrays.sort(members, 0, held);
    float[] chunk = leaves.chunk(first + leaf);
    int at = leaves.offset(first + leaf);
    for (int j = 0; j < width; j++, at += lanes) {
      float low = Float.POSITIVE_INFINITY;
      float high = Float.NEGATIVE_INFINITY;
      for (int i = 0; i < held; i++) {
        float x = rows[members[i] * width + j];
        chunk[at + i] = x;
        low = Math.min(low, x);
        high = Math.max(high, x);
      }
      Arrays.fill(chunk, at + held, at + lanes, low);
      lo[j * FAN + child] = low;
      hi[j * FAN + child] = high;
    }
    for (int i = 0; i < lanes; i++) {
      leaves.setOrdinal(first + leaf, i, i < held ? ordinals[members[i]] : -1);
    }
    least[child] = ordinals[members[0]];
  }
}
