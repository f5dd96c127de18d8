package dev.slate.kernel.tree;

import dev.slate.kernel.file.ArrayReader;
import dev.slate.kernel.file.ArrayWriter;
import dev.slate.kernel.search.Cursor;
import dev.slate.kernel.search.Engine;
import dev.slate.kernel.search.Slots;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Prunes boxes: a wide, flat tree of bounding boxes over small vertical leaves.
 *
 * <pre>
 *   splits      of a sample, in halves (Bentley 1975; Friedman, Bentley, Finkel 1977)
 *     |         they only route rows, and batches of queries, to buckets; searches never see them
 *   nodes       16 children each, their boxes side by side: one SIMD pass bounds all 16
 *     |
 *   buckets     some 200 leaves: they fit a core's cache while they are packed
 *     |
 *   leaves      32 items (64 at d = 1), attribute by attribute: one SIMD lane an item
 * </pre>
 *
 * <p><b>Why a bound needs no epsilon.</b> Write fl for rounding to nearest, which is monotone:
 * {@code a <= b} gives {@code fl(a) <= fl(b)}. Let an item x lie in a box, {@code lo <= x <= hi} in
 * each attribute.
 *
 * <ul>
 *   <li>EUCLIDEAN. If {@code q < lo} then {@code fl(x - q) >= fl(lo - q) > 0}; if {@code q > hi}
 *       then {@code fl(q - x) >= fl(q - hi) > 0}, and {@code fl(x - q) = -fl(q - x)} exactly. So
 *       with {@code t = max(fl(lo - q), fl(q - hi), 0)} the item's own {@code |t'| >= t}. Each step
 *       {@code s = fma(w t, t, s)}, with {@code w >= 0}, is a monotone function of {@code t >= 0}
 *       and of s, rounded once or twice; by induction over the attributes the box's chain never
 *       exceeds the item's, bit for bit.
 *   <li>DOT. Take {@code c = hi} where {@code q >= 0} and {@code c = lo} where {@code q < 0}: then
 *       {@code c q >= x q} exactly, and {@code s = fma(c, q, s)}, started from the largest bias, is
 *       monotone in both. The box's chain is never below the item's score. COSINE is DOT over
 *       normalised rows.
 *   <li>Overflow to infinity is monotone too. A NaN, from infinity times zero, says nothing about
 *       the box; such a box is always visited.
 * </ul>
 *
 * <p>The proof needs only that a box holds its items, so a box may be larger than necessary: {@link
 * Nodes} rounds its ends outward to a byte each. A box also keeps the smallest of its ordinals. The
 * pair (bound, ordinal) comes no later in the total order than any of the box's items, so a box is
 * left out exactly if the pair does not come before the k-th candidate. This settles ties for whole
 * subtrees: a million duplicates cost one path, down to the smallest ordinals.
 *
 * <p><b>The order of visits</b> decides the cost of a search. Visiting the nearest node first reads
 * the fewest leaves, but each step waits for memory and mispredicts branches of the step before. So
 * only the first k items are found in this way; see {@link TreeCursor}.
 *
 * <p><b>A batch</b> is searched in the order of its queries' buckets, so that consecutive queries
 * find the same leaves in the cache; and bucket by bucket where a query reads more than a cache
 * holds, see {@link BucketSweep}.
 */
public final class TreeEngine implements Engine {
  final int d;
  final Leaves leaves;
  final Nodes nodes;
  final RoutingTree routing;
  final int[] bucketOf;

  /**
   * Serves a tree.
   *
   * @param d number of attributes
   * @param leaves the items
   * @param nodes node 0 is the root
   * @param routing which bucket a row is in
   * @param bucketOf for each of the first nodes, the bucket whose root it is, or -1
   */
  TreeEngine(int d, Leaves leaves, Nodes nodes, RoutingTree routing, int[] bucketOf) {
    this.d = d;
    this.leaves = leaves;
    this.nodes = nodes;
    this.routing = routing;
    this.bucketOf = bucketOf;
  }

  @Override
  public int dimensions() {
    return d;
  }

  @Override
  public long bytes() {
    long links = (long) Integer.BYTES * bucketOf.length;
    return leaves.bytes() + nodes.bytes() + routing.bytes() + links;
  }

  @Override
  public Slots slots() {
    return new LeafSlots(leaves);
  }

  @Override
  public long @Nullable [] uniform(int[] groupOf) {
    return new UniformParts(leaves, nodes).find(groupOf);
  }

  @Override
  public boolean scattered() {
    return true;
  }

  @Override
  public Cursor cursor() {
    return new TreeCursor(this);
  }

  @Override
  public void write(ArrayWriter out) throws IOException {
    out.number(d);
    leaves.write(out);
    nodes.write(out);
    routing.write(out);
    out.array(bucketOf);
  }

  static TreeEngine read(ArrayReader in) throws IOException {
    int d = in.number(1, 1 << 16);
    return new TreeEngine(d, Leaves.read(in), Nodes.read(in), RoutingTree.read(in), in.ints());
  }
}
