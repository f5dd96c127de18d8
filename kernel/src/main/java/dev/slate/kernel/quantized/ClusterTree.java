package dev.slate.kernel.quantized;

import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.rows.RowSample;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tree of k-means clusters, trained on a sample: each node has up to 64 centres, one vertical
 * block, so that a kernel measures all of them in one pass. Its leaves order the items so that
 * neighbours come to lie side by side. Nothing depends on the quality of the clusters but speed.
 */
final class ClusterTree {
  /** Children of a node, at most. */
  static final int BRANCHES = Blocks.SIZE;

  final RowSample sample;

  /** The rows of the sample, leaf by leaf. */
  final int[] members;

  final Node root;

  /** The nodes that are not leaves. */
  final List<Node> inner;

  final List<Node> leaves;

  /** A node with children, or a leaf. */
  static final class Node {
    @Nullable Blocks centres;
    Node[] children = {};

    /** Its number among the inner nodes, or among the leaves. */
    int number;

    float[] centre = {};

    /** The leaf's points are these members of the sample. */
    int from;

    int to;

    /** The median of the squared distances of the leaf's points from its centre. */
    float usual;
  }

  /** Holds what {@link ClusterTrainer} has trained. */
  ClusterTree(RowSample sample, int[] members, Node root, List<Node> inner, List<Node> leaves) {
    this.sample = sample;
    this.members = members;
    this.root = root;
    this.inner = inner;
    this.leaves = leaves;
  }

  /** Number of leaves. */
  int leaves() {
    return leaves.size();
  }

  /** The centre of a leaf. */
  float[] centre(int leaf) {
    return leaves.get(leaf).centre;
  }
}
