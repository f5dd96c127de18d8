package dev.slate.kernel.quantized;

import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.quantized.ClusterTree.Node;
import dev.slate.kernel.rows.RowSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Trains {@link ClusterTree}. Centres are seeded as k-means++ does (Arthur and Vassilvitskii 2007)
 * and moved by Lloyd's iteration.
 */
final class ClusterTrainer {
  /** Leaves that are split to measure the gain, at most; chosen. */
  private static final int TRIED = 8;

  /** Levels, at most, beyond those of a tree whose nodes have equal shares of the points. */
  private static final int MORE_LEVELS = 4;

  static final int SEED_POINTS = 8;
  private static final int LLOYD_POINTS = 48;
  private static final int LLOYD_ROUNDS = 5;

  private final RowSample sample;
  private final int branches;
  private final List<Node> inner = new ArrayList<>();
  private final List<Node> leaves = new ArrayList<>();
  private final Random random = new Random(2);
  private final NearestCentroid finder;
  private final int[] members;
  private final float[] row;

  private ClusterTrainer(RowSample sample, int branches) {
    this.sample = sample;
    this.branches = branches;
    this.finder = new NearestCentroid(sample.width, sample.count);
    this.members = new int[sample.count];
    Arrays.setAll(members, i -> i);
    this.row = new float[sample.width];
  }

  /**
   * Trains clusters.
   *
   * @param sample the points
   * @param wanted number of leaves, about
   */
  static ClusterTree train(RowSample sample, int wanted) {
    int most = Math.max(1, Math.min(wanted, most(sample)));
    int levels = 1;
    while (Math.pow(ClusterTree.BRANCHES, levels) < most) {
      levels++;
    }
    int branches = (int) Math.ceil(Math.pow(most, 1.0 / levels));
    ClusterTrainer training = new ClusterTrainer(sample, branches);
    Node root = training.node(0, sample.count, most, null, levels + MORE_LEVELS);
    return new ClusterTree(sample, training.members, root, training.inner, training.leaves);
  }

  /**
   * Estimates the gain of splitting leaves from some of them.
   *
   * @param clusters the leaves
   * @param parts into how many leaves each
   * @return ratio of the usual distance of a point from its leaf's centre, afterwards to before
   */
  static double afterSplitting(ClusterTree clusters, int parts) {
    List<Node> leaves = clusters.leaves;
    double before = 0;
    double after = 0;
    int step = Math.ceilDiv(leaves.size(), TRIED);
    for (int i = 0; i < leaves.size(); i += step) {
      Node leaf = leaves.get(i);
      int count = leaf.to - leaf.from;
      if (count >= parts * SEED_POINTS) {
        before += count * Math.sqrt(leaf.usual);
        after += spread(train(clusters.sample.only(clusters.members, leaf.from, leaf.to), parts));
      }
    }
    return before == 0 ? 1 : after / before;
  }

  /** How far points usually are from their leaf's centre, summed over the points. */
  private static double spread(ClusterTree clusters) {
    double sum = 0;
    for (Node leaf : clusters.leaves) {
      sum += (leaf.to - leaf.from) * Math.sqrt(leaf.usual);
    }
    return sum;
  }

  /** Number of leaves that a sample can train, about. */
  static int most(RowSample sample) {
    return sample.count / SEED_POINTS;
  }

  /**
   * Builds a tree of about a number of leaves over the members from..to. The number of levels has a
   * limit, since a level hardly divides its members where distances overflow.
   */
  private Node node(int from, int to, double wanted, float @Nullable [] centre, int levels) {
    Node node = new Node();
    int split = Math.min(branches, (int) Math.rint(wanted));
    if (split < 2 || to - from < 2 * split || levels == 0) {
      return leaf(from, to, centre);
    }
    Blocks centres = seed(from, to, split);
    for (int round = 0; round < LLOYD_ROUNDS; round++) {
      move(centres, from, to, split * LLOYD_POINTS);
    }
    int[] starts = finder.sort(centres, sample.rows, members, from, to);
    if (largest(starts) == to - from) {
      return leaf(from, to, centre);
    }
    node.number = inner.size();
    inner.add(node);
    node.centres = centres;
    node.children = new Node[split];
    for (int c = 0; c < split; c++) {
      double share = wanted * (starts[c + 1] - starts[c]) / (to - from);
      node.children[c] = node(starts[c], starts[c + 1], share, column(centres, c), levels - 1);
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
  private static int largest(int[] starts) {
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
      set(centres, c, row);
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
    int[] some = new int[count];
    Arrays.setAll(some, i -> members[from + (int) ((long) i * (to - from) / count)]);
    finder.find(centres, sample.rows, some, 0, count);
    for (int member : some) {
      int c = finder.nearest[member];
      counts[c]++;
      add(member, sums, c * width);
    }
    float[] mean = new float[width];
    for (int c = 0; c < centres.size(); c++) {
      for (int j = 0; j < width && counts[c] > 0; j++) {
        mean[j] = (float) (sums[c * width + j] / counts[c]);
      }
      if (counts[c] > 0) {
        set(centres, c, mean);
      }
    }
  }

  private float[] mean(int from, int to) {
    double[] sums = new double[row.length];
    for (int i = from; i < to; i++) {
      add(members[i], sums, 0);
    }
    float[] mean = new float[row.length];
    for (int j = 0; j < row.length; j++) {
      mean[j] = (float) (sums[j] / (to - from));
    }
    return mean;
  }

  private void add(int member, double[] sums, int at) {
    for (int j = 0; j < row.length; j++) {
      sums[at + j] += sample.rows[member * row.length + j];
    }
  }

  private void load(int member) {
    System.arraycopy(sample.rows, member * row.length, row, 0, row.length);
  }

  private static float[] column(Blocks centres, int c) {
    float[] centre = new float[centres.rows()];
    for (int j = 0; j < centre.length; j++) {
      centre[j] = centres.chunk(0)[centres.offset(0, c) + j * Blocks.STRIP];
    }
    return centre;
  }

  private static void set(Blocks centres, int c, float[] centre) {
    for (int j = 0; j < centre.length; j++) {
      centres.chunk(0)[centres.offset(0, c) + j * Blocks.STRIP] = centre[j];
    }
  }
}
