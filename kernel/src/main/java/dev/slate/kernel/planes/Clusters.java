package dev.slate.kernel.planes;

import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.search.Probe;
import dev.slate.kernel.select.Candidate;
import dev.slate.kernel.select.TopK;
import dev.slate.kernel.simd.BlockKernel;
import dev.slate.kernel.simd.Simd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A tree of k-means clusters, trained on a sample: each node has up to 64 centres, one vertical
 * block, so that the block kernel finds the nearest in one pass. Its leaves order the items so that
 * neighbours come to lie side by side. Nothing depends on the quality of the clusters but speed.
 *
 * <p>A row goes down to the nearest centre, level by level. Where the border between two nodes cuts
 * through a cluster of the data, its smaller part so comes to a leaf of strangers, whose ball it
 * stretches until no bound excludes it any more. Such rows are few and lie unusually far from their
 * leaf's centre; they look for a nearer one among the leaves of other nodes.
 *
 * <p>Centres are seeded as k-means++ does (Arthur and Vassilvitskii 2007) and moved by Lloyd's
 * iteration.
 */
final class Clusters {
  private static final int BRANCHES = Blocks.SIZE;
  private static final int SEED_POINTS = 8;
  private static final int LLOYD_POINTS = 48;
  private static final int LLOYD_ROUNDS = 5;

  /** A row is far from a leaf's centre at so many times the usual squared distance. */
  private static final float FAR = 2;

  /** Nodes of a level below which a row looks for a nearer centre. */
  private static final int BEAM = 8;

  /** Leaves that are split to see what that gains. */
  private static final int TRIED = 32;

  private final Sample sample;
  private final int[] members;
  private final Node root;
  private final List<Node> inner = new ArrayList<>();
  private final List<Node> leaves = new ArrayList<>();

  /** A node with children, or a leaf. */
  private static final class Node {
    private @Nullable Blocks centres;
    private Node[] children = {};

    /** Its place among the inner nodes, or among the leaves. */
    private int number;

    private float[] centre = {};

    /** The leaf's points are these members of the sample. */
    private int from;

    private int to;

    /** The median of the squared distances of the leaf's points from its centre. */
    private float usual;
  }

  /** Where an item belongs: one thread's scratch and result. */
  static final class Finder {
    private final BlockKernel kernel = Simd.kernel();
    private final Probe probe = new Probe();
    private final float[] keys = new float[Blocks.SIZE];
    private final TopK beam = new TopK();
    private final long[] level = new long[BEAM];
    int leaf;
    float key;

    private void measure(Blocks centres, float[] row) {
      probe.q = row;
      probe.d = centres.rows();
      float[] chunk = centres.chunk(0);
      kernel.scan(probe, chunk, centres.offset(0), centres.stride(), 1, Float.NaN, keys);
    }

    private int nearest(Blocks centres, float[] row) {
      measure(centres, row);
      int best = 0;
      for (int i = 1; i < centres.size(); i++) {
        if (keys[i] < keys[best]) {
          best = i;
        }
      }
      key = keys[best];
      return best;
    }

    /** Looks for a nearer leaf below the nodes of each level whose centres are nearest. */
    private void widen(List<Node> inner, float[] row) {
      level[0] = Candidate.pack(0f, 0);
      int count = 1;
      while (count > 0) {
        beam.reset(BEAM, Candidate.FIRST, Candidate.NONE);
        for (int i = 0; i < count; i++) {
          visit(inner.get(Candidate.ordinal(level[i])), row);
        }
        count = beam.finish();
        beam.copyTo(level);
      }
    }

    private void visit(Node node, float[] row) {
      if (node.centres != null) {
        measure(node.centres, row);
      }
      for (int c = 0; c < node.children.length; c++) {
        Node child = node.children[c];
        if (child.centres != null) {
          beam.offer(Candidate.pack(keys[c], child.number));
        } else if (keys[c] < key) {
          leaf = child.number;
          key = keys[c];
        }
      }
    }
  }

  private Clusters(Sample sample, int wanted) {
    this.sample = sample;
    this.members = new int[sample.count];
    for (int i = 0; i < members.length; i++) {
      members[i] = i;
    }
    int levels = 1;
    while (Math.pow(BRANCHES, levels) < wanted) {
      levels++;
    }
    int branches = (int) Math.ceil(Math.pow(wanted, 1.0 / levels));
    root = new Training(branches).node(0, members.length, wanted, null);
  }

  /**
   * Trains clusters.
   *
   * @param sample the points
   * @param wanted about how many leaves
   */
  static Clusters train(Sample sample, int wanted) {
    return new Clusters(sample, Math.max(1, Math.min(wanted, most(sample))));
  }

  /**
   * What splitting leaves would gain, judged by some of them.
   *
   * @param parts into how many leaves each
   * @return how far from their leaf's centre points usually are afterwards, in units of before
   */
  double afterSplitting(int parts) {
    double before = 0;
    double after = 0;
    int step = Math.max(1, leaves.size() / TRIED);
    for (int i = 0; i < leaves.size(); i += step) {
      Node leaf = leaves.get(i);
      int count = leaf.to - leaf.from;
      if (count >= parts * SEED_POINTS) {
        before += count * Math.sqrt(leaf.usual);
        after += train(sample.only(members, leaf.from, leaf.to), parts).spread();
      }
    }
    return before == 0 ? 1 : after / before;
  }

  /** How far points usually are from their leaf's centre, summed over the points. */
  private double spread() {
    double sum = 0;
    for (Node leaf : leaves) {
      sum += (leaf.to - leaf.from) * Math.sqrt(leaf.usual);
    }
    return sum;
  }

  /** How many leaves a sample can train, about. */
  static int most(Sample sample) {
    return sample.count / SEED_POINTS;
  }

  /** Number of leaves. */
  int leaves() {
    return leaves.size();
  }

  /** The centre of a leaf. */
  float[] centre(int leaf) {
    return leaves.get(leaf).centre;
  }

  /**
   * Finds the leaf of a row: by descent to the nearest centre, or a wider search if that is far.
   */
  void find(float[] row, Finder finder) {
    Node node = root;
    finder.key = 0;
    while (node.centres != null) {
      node = node.children[finder.nearest(node.centres, row)];
    }
    finder.leaf = node.number;
    if (finder.key > FAR * node.usual) {
      finder.widen(inner, row);
    }
  }

  private final class Training {
    private final int branches;
    private final Random random = new Random(2);
    private final Finder finder = new Finder();
    private final float[] row;

    Training(int branches) {
      this.branches = branches;
      this.row = new float[sample.width];
    }

    /** Builds the tree below the members from..to, of which it wants a number of leaves. */
    Node node(int from, int to, double wanted, float @Nullable [] centre) {
      Node node = new Node();
      int split = Math.min(branches, (int) Math.rint(wanted));
      if (split < 2 || to - from < 2 * split) {
        return leaf(from, to, centre);
      }
      Blocks centres = seed(from, to, split);
      for (int round = 0; round < LLOYD_ROUNDS; round++) {
        move(centres, from, to, split * LLOYD_POINTS);
      }
      int[] starts = partition(centres, from, to);
      if (most(starts) == to - from) {
        return leaf(from, to, centre);
      }
      node.number = inner.size();
      inner.add(node);
      node.centres = centres;
      node.children = new Node[split];
      for (int c = 0; c < split; c++) {
        double share = wanted * (starts[c + 1] - starts[c]) / (to - from);
        node.children[c] = node(starts[c], starts[c + 1], share, column(centres, c));
      }
      return node;
    }

    private Node leaf(int from, int to, float @Nullable [] centre) {
      Node node = new Node();
      node.number = leaves.size();
      node.centre = centre == null ? mean(from, to) : centre;
      node.from = from;
      node.to = to;
      node.usual = usual(node.centre, from, to);
      leaves.add(node);
      return node;
    }

    private float usual(float[] centre, int from, int to) {
      double[] distances = new double[to - from];
      System.arraycopy(centre, 0, row, 0, row.length);
      for (int i = from; i < to; i++) {
        distances[i - from] = distance(members[i]);
      }
      Arrays.sort(distances);
      return from == to ? 0 : (float) distances[distances.length / 2];
    }

    /** Members of the largest child. */
    private static int most(int[] starts) {
      int most = 0;
      for (int c = 1; c < starts.length; c++) {
        most = Math.max(most, starts[c] - starts[c - 1]);
      }
      return most;
    }

    private Blocks seed(int from, int to, int split) {
      int count = Math.min(to - from, split * SEED_POINTS);
      double[] distance = new double[count];
      Arrays.fill(distance, 1);
      Blocks centres = new Blocks(split, sample.width);
      for (int c = 0; c < split; c++) {
        int chosen = from + pick(distance) * (to - from) / count;
        load(members[chosen]);
        place(centres, c, row);
        for (int i = 0; i < count; i++) {
          double next = distance(members[from + (int) ((long) i * (to - from) / count)]);
          distance[i] = c == 0 ? next : Math.min(distance[i], next);
        }
      }
      return centres;
    }

    /** An index drawn with probability in proportion to its weight. */
    private int pick(double[] weights) {
      double sum = 0;
      for (double weight : weights) {
        sum += weight;
      }
      double at = random.nextDouble() * sum;
      for (int i = 0; i < weights.length; i++) {
        at -= weights[i];
        if (at < 0) {
          return i;
        }
      }
      return random.nextInt(weights.length);
    }

    private double distance(int member) {
      double sum = 0;
      float[] x = sample.rows;
      int at = member * row.length;
      for (int j = 0; j < row.length; j++) {
        double t = x[at + j] - row[j];
        sum += t * t;
      }
      return sum;
    }

    private void move(Blocks centres, int from, int to, int most) {
      int width = sample.width;
      int count = Math.min(to - from, most);
      double[] sums = new double[centres.size() * width];
      int[] counts = new int[centres.size()];
      for (int i = 0; i < count; i++) {
        load(members[from + (int) ((long) i * (to - from) / count)]);
        int c = finder.nearest(centres, row);
        counts[c]++;
        for (int j = 0; j < width; j++) {
          sums[c * width + j] += row[j];
        }
      }
      float[] mean = new float[width];
      for (int c = 0; c < centres.size(); c++) {
        for (int j = 0; j < width && counts[c] > 0; j++) {
          mean[j] = (float) (sums[c * width + j] / counts[c]);
        }
        if (counts[c] > 0) {
          place(centres, c, mean);
        }
      }
    }

    /** Sorts members by their nearest centre and returns where each centre's begin. */
    private int[] partition(Blocks centres, int from, int to) {
      int[] nearest = new int[to - from];
      int[] starts = new int[centres.size() + 1];
      for (int i = from; i < to; i++) {
        load(members[i]);
        nearest[i - from] = finder.nearest(centres, row);
        starts[nearest[i - from] + 1]++;
      }
      starts[0] = from;
      for (int c = 0; c < centres.size(); c++) {
        starts[c + 1] += starts[c];
      }
      int[] next = starts.clone();
      int[] sorted = new int[to - from];
      for (int i = from; i < to; i++) {
        sorted[next[nearest[i - from]]++ - from] = members[i];
      }
      System.arraycopy(sorted, 0, members, from, to - from);
      return starts;
    }

    private float[] mean(int from, int to) {
      double[] sums = new double[row.length];
      for (int i = from; i < to; i++) {
        load(members[i]);
        for (int j = 0; j < row.length; j++) {
          sums[j] += row[j];
        }
      }
      float[] mean = new float[row.length];
      for (int j = 0; j < row.length; j++) {
        mean[j] = (float) (sums[j] / (to - from));
      }
      return mean;
    }

    private void load(int member) {
      System.arraycopy(sample.rows, member * row.length, row, 0, row.length);
    }

    private static float[] column(Blocks centres, int c) {
      float[] centre = new float[centres.rows()];
      for (int j = 0; j < centre.length; j++) {
        centre[j] = centres.chunk(0)[centres.offset(0) + j * Blocks.SIZE + c];
      }
      return centre;
    }

    private static void place(Blocks centres, int c, float[] centre) {
      for (int j = 0; j < centre.length; j++) {
        centres.chunk(0)[centres.offset(0) + j * Blocks.SIZE + c] = centre[j];
      }
    }
  }
}
