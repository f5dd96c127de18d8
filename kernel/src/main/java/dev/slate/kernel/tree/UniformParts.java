package dev.slate.kernel.tree;

import dev.slate.kernel.query.CompiledQuery;
import dev.slate.kernel.select.Candidate;
import dev.slate.kernel.select.GroupCounts;
import dev.slate.kernel.select.TopK;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out nodes and leaves whose items all belong to one group, once that group has the items
 * that it may have. Where copies by one author lie nearest to a query, the k-th candidate is an
 * item farther away, since at most m of the copies are among the k best. Its key excludes none of
 * the copies.
 *
 * <p><b>Why it is exact.</b> Let all items of a part belong to group g, and let none of them have
 * been offered. Let s be the m-th best of the items of g that were offered and met all conditions.
 * The pair (bound, smallest ordinal) of the part comes no later than any of its items, see {@link
 * TreeEngine}. If the pair does not come before s, no item of the part does. Then each of them has
 * m items of its group before it, whatever else is found. So none of them is in the answer, and
 * {@link TopK#limitGroups} tells why the answer is the same without them.
 *
 * <p>Where threads share a search, each chooses s from the items that it has met itself. An item
 * that a filter or a page keeps out of the answer is not offered, so it is not s. The box of a leaf
 * is rounded outward, so its bound may come before s though none of its items does; {@link #limit}
 * then drops these items by their keys.
 *
 * <p><b>Which parts.</b> A bit for each node, then one for each leaf: {@code n / 250} bytes. They
 * are found from the leaves up. The group itself is not kept: it is that of any of the part's
 * items, and a part knows its smallest ordinal.
 *
 * <p>Where no full leaf is of one group, as in most catalogues, there are no bits, and a search
 * pays nothing for them: a leaf with few items may be of one group by chance, and saves little.
 * Copies of one point by several authors share their leaves, and each of them is looked at.
 */
final class UniformParts {
  private final Leaves leaves;
  private final Nodes nodes;
  private final int firstLeaf;

  UniformParts(Leaves leaves, Nodes nodes) {
    this.leaves = leaves;
    this.nodes = nodes;
    this.firstLeaf = nodes.count();
  }

  /**
   * Finds the nodes and leaves that are of one group.
   *
   * @return a bit for each node, then for each leaf; null if no full leaf is of one group
   */
  long @Nullable [] find(int[] groupOf) {
    long[] bits = new long[(firstLeaf + leaves.count() + Long.SIZE - 1) / Long.SIZE];
    boolean some = false;
    for (int leaf = 0; leaf < leaves.count(); leaf++) {
      if (isLeafOfOneGroup(leaf, groupOf)) {
        set(bits, firstLeaf + leaf);
        some |= leaves.full(leaf);
      }
    }
    if (!some) {
      return null;
    }
    for (int node = firstLeaf - 1; node >= 0; node--) { // children have larger numbers
      if (isNodeOfOneGroup(node, bits, groupOf)) {
        set(bits, node);
      }
    }
    return bits;
  }

  private boolean isLeafOfOneGroup(int leaf, int[] groupOf) {
    int group = groupOf[leaves.ordinal(leaf, 0)];
    boolean same = group != GroupCounts.NO_GROUP;
    for (int lane = 1; same && lane < leaves.lanes; lane++) {
      int ordinal = leaves.ordinal(leaf, lane);
      if (ordinal < 0) {
        break;
      }
      same = groupOf[ordinal] == group;
    }
    return same;
  }

  private boolean isNodeOfOneGroup(int node, long[] bits, int[] groupOf) {
    int fan = nodes.fan(node);
    int from = firstChild(node);
    int at = nodes.ordinals(node);
    boolean same = fan > 0 && contains(bits, from);
    for (int c = 1; same && c < fan; c++) {
      same = contains(bits, from + c) && groupOf[nodes.boxes[at + c]] == groupOf[nodes.boxes[at]];
    }
    return same;
  }

  private static void set(long[] bits, int part) {
    bits[part >> 6] |= 1L << part;
  }

  private static boolean contains(long[] bits, int part) {
    return (bits[part >> 6] & 1L << part) != 0;
  }

  /** Whether no item of a node can enter, since its group has the items that it may have. */
  boolean excludesNode(int node, int bound, CompiledQuery query, TopK best) {
    long[] bits = query.uniform;
    return bits != null && contains(bits, node) && behind(bound, nodes.ordinal(node), query, best);
  }

  /** Whether no item of a leaf can enter, since its group has the items that it may have. */
  private boolean excludesLeaf(int leaf, int bound, CompiledQuery query, TopK best) {
    long[] bits = query.uniform;
    return bits != null
        && contains(bits, firstLeaf + leaf)
        && behind(bound, leaves.ordinal(leaf, 0), query, best);
  }

  private static boolean behind(int bound, int ordinal, CompiledQuery query, TopK best) {
    return Candidate.first(bound, ordinal) >= worst(ordinal, query, best);
  }

  private static long worst(int ordinal, CompiledQuery query, TopK best) {
    int[] groupOf = query.groupOf;
    return groupOf == null ? Candidate.NONE : best.worst(groupOf[ordinal]);
  }

  /**
   * The largest key with which an item of a leaf can enter. If the leaf is of one group that has
   * the items that it may have, it is the key of s. If also the ordinals of all its items are
   * larger than that of s, it is the next smaller key, since items that tie with s come after it.
   * Tells more than the bound of the leaf's box, which is rounded outward.
   *
   * @param limit the largest key that any item may have; NaN for any key
   * @return the limit, or a smaller key
   */
  float limit(int leaf, float limit, CompiledQuery query, TopK best) {
    long[] bits = query.uniform;
    if (bits == null || !contains(bits, firstLeaf + leaf)) {
      return limit;
    }
    int least = leaves.ordinal(leaf, 0);
    long worst = worst(least, query, best);
    float key = Candidate.bound(worst); // NaN where the group may have more
    if (Candidate.ordinal(worst) < least) {
      key = Math.nextDown(key);
    }
    return key < limit || Float.isNaN(limit) ? key : limit;
  }

  /** Whether no item of a node's child can enter, since its group has the items it may have. */
  boolean excludesChild(int node, int c, int bound, CompiledQuery query, TopK best) {
    long[] bits = query.uniform;
    return bits != null
        && contains(bits, firstChild(node) + c)
        && behind(bound, nodes.boxes[nodes.ordinals(node) + c], query, best);
  }

  /** The part that is a node's first child. */
  private int firstChild(int node) {
    int first = nodes.first(node);
    return first < 0 ? firstLeaf + ~first : first;
  }

  /**
   * A bit for each child of a node that is of one group, the first child's the lowest. The children
   * are 16 at most, so their bits lie in one word or in two that are neighbours.
   */
  long childrenOfOneGroup(int node, long[] bits) {
    int first = firstChild(node);
    int fan = nodes.fan(node);
    int word = first >> 6;
    int lastWord = (first + fan - 1) >> 6;
    long low = bits[word] >>> first;
    long high = lastWord == word ? 0 : bits[lastWord] << -first;
    return (low | high) & ((1L << fan) - 1);
  }

  /** Drops from a queue the children of a node, from a position on, that cannot give an item. */
  void dropChildren(int node, NodeQueue queue, int from, CompiledQuery query, TopK best) {
    long[] bits = query.uniform;
    if (bits == null || queue.size == from) {
      return;
    }
    long ofOneGroup = childrenOfOneGroup(node, bits);
    if (ofOneGroup == 0) {
      return;
    }
    int first = nodes.first(node);
    int firstId = first < 0 ? ~first : first;
    int ordinals = nodes.ordinals(node);
    int kept = from;
    for (int i = from; i < queue.size; i++) {
      int c = queue.ids[i] - firstId;
      boolean stays =
          (ofOneGroup >>> c & 1) == 0
              || !behind(queue.bounds[i], nodes.boxes[ordinals + c], query, best);
      kept += queue.keep(i, kept, stays);
    }
    queue.size = kept;
  }

  /** Drops from a queue the leaves, from a position on, that cannot give an item. */
  void dropLeaves(NodeQueue queue, int from, CompiledQuery query, TopK best) {
    int kept = from;
    for (int i = from; i < queue.size; i++) {
      boolean stays = !excludesLeaf(queue.ids[i], queue.bounds[i], query, best);
      kept += queue.keep(i, kept, stays);
    }
    queue.size = kept;
  }
}
