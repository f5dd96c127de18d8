package dev.slate.kernel.quantized;

import dev.slate.kernel.quantized.ClusterTree.Node;
import dev.slate.kernel.select.Candidate;
import dev.slate.kernel.select.TopK;

/**
 * Assigns rows to the leaves of a {@link ClusterTree}, many rows at once. One thread's scratch.
 *
 * <p>A row descends to the nearest centre, level by level. The border between two nodes may divide
 * a cluster of the data. The smaller part then ends up in a leaf of other items, and makes its ball
 * so large that no bound excludes it. Such rows are few, and unusually far from the centre of their
 * leaf. They are assigned anew, to the nearest centre among the leaves of other nodes.
 */
final class ClusterAssigner {
  /** Ratio to the usual squared distance from which on a row is far from a leaf's centre. */
  private static final float FAR = 2;

  /** Nodes of a level below which a row looks for a nearer centre. */
  private static final int BEAM = 8;

  private final ClusterTree clusters;
  private final NearestCentroid nearest;

  /** The rows, those of a node side by side. */
  private final int[] members;

  private final TopK beam = new TopK();
  private final long[] level = new long[BEAM];

  /** For each row, its leaf, and its squared distance from the leaf's centre. */
  final int[] leaf;

  final float[] distance;

  /**
   * Prepares for rows.
   *
   * @param clusters the leaves
   * @param most rows that are found at once, at most
   */
  ClusterAssigner(ClusterTree clusters, int most) {
    this.clusters = clusters;
    this.nearest = new NearestCentroid(clusters.sample.width, most);
    this.members = new int[most];
    this.leaf = new int[most];
    this.distance = nearest.distances;
  }

  /** Finds the leaves of rows. */
  void find(float[] rows, int count) {
    for (int i = 0; i < count; i++) {
      members[i] = i;
      distance[i] = 0;
    }
    descend(clusters.root, rows, 0, count);
  }

  private void descend(Node node, float[] rows, int from, int to) {
    if (node.centres == null) {
      settle(node, rows, from, to);
      return;
    }
    int[] starts = nearest.sort(node.centres, rows, members, from, to);
    for (int c = 0; c < node.children.length; c++) {
      if (starts[c] < starts[c + 1]) {
        descend(node.children[c], rows, starts[c], starts[c + 1]);
      }
    }
  }

  private void settle(Node node, float[] rows, int from, int to) {
    for (int i = from; i < to; i++) {
      int member = members[i];
      leaf[member] = node.number;
      if (distance[member] > FAR * node.usual) {
        widen(rows, member);
      }
    }
  }

  /** Looks for a nearer leaf below the nodes of each level whose centres are nearest. */
  private void widen(float[] rows, int member) {
    level[0] = Candidate.pack(0f, 0);
    int count = 1;
    while (count > 0) {
      beam.reset(BEAM, Candidate.FIRST, Candidate.NONE);
      for (int i = 0; i < count; i++) {
        visit(clusters.inner.get(Candidate.ordinal(level[i])), rows, member);
      }
      count = beam.finish();
      beam.copyTo(level);
    }
  }

  private void visit(Node node, float[] rows, int member) {
    if (node.centres != null) {
      nearest.measure(node.centres, rows, member);
    }
    for (int c = 0; c < node.children.length; c++) {
      Node child = node.children[c];
      float key = nearest.measured[c];
      if (child.centres != null) {
        beam.offer(Candidate.pack(key, child.number));
      } else if (key < distance[member]) {
        leaf[member] = child.number;
        distance[member] = key;
      }
    }
  }
}
