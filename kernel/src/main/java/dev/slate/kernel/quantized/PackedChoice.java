package dev.slate.kernel.quantized;

import dev.slate.kernel.rows.RowSample;
import dev.slate.kernel.select.Candidate;
import dev.slate.kernel.select.Quicksort;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decides from a sample whether packed codes pay. They do if the rows take 16 MiB or more, as codes
 * then come from memory; if searches visit a quarter of the items or more, as clusters overlap; and
 * if packed codes leave 1.5 % of the items or fewer, as each of those costs a cache miss or two. A
 * few sampled rows serve as queries; the bound is the key of the item that would be the last of the
 * answer among the sampled rows.
 */
final class PackedChoice {
  /** Fewer attributes have no packed codes: their own bytes would outweigh what they save. */
  private static final int FEWEST_ATTRIBUTES = 32;

  private static final int FEWEST_ROWS = 1_024;

  /** Bytes of the items from which on codes come from memory. */
  private static final long LEAST_BYTES = 1 << 24;

  /** Bytes of all codes of an item, as a share of its row's. */
  private static final double MOST_BYTES = 0.43;

  private static final int QUERIES = 8;
  private static final int WANTED = 10;
  private static final int ITEMS = 2_048;

  /** Share of the items that searches must visit. */
  private static final double VISITED = 0.25;

  /** Share of them that packed codes may leave: each costs a cache miss or two. */
  private static final double LEFT = 0.015;

  private final RowSample sample;
  private final boolean dot;
  private final int width;
  private final int[] queries = new int[QUERIES];

  /** The bounds: keys, or distances under EUCLIDEAN. */
  private final double[] bounds = new double[QUERIES];

  private PackedChoice(RowSample sample, int n, boolean dot) {
    this.sample = sample;
    this.dot = dot;
    this.width = sample.width;
    int k = (int) Math.max(1, (double) WANTED * sample.count / n);
    for (int i = 0; i < QUERIES; i++) {
      int row = (int) ((long) i * sample.count / QUERIES);
      queries[i] = row * width;
      bounds[i] = bound(row, k);
    }
  }

  /**
   * Chooses a grid.
   *
   * @param sample the sample
   * @param dot whether items are scored by dot products
   * @param tree the clusters
   * @param order for each item its cluster and, as bits of a float, its distance from the centre
   * @return null where packed codes do not pay
   */
  static @Nullable PackedGrid choose(
      RowSample sample, boolean dot, ClusterTree tree, long[] order) {
    int n = order.length;
    if (sample.width < FEWEST_ATTRIBUTES
        || sample.count < FEWEST_ROWS
        || (long) n * sample.width * Float.BYTES < LEAST_BYTES) {
      return null;
    }
    PackedChoice choice = new PackedChoice(sample, n, dot);
    if (choice.visited(tree, order) < VISITED * QUERIES * n) {
      return null;
    }
    PackedGrid grid = PackedGrid.fit(sample);
    return grid != null && fits(grid) && choice.left(grid) <= LEFT ? grid : null;
  }

  /** Whether both copies in codes fit the memory that the strategy promises. */
  private static boolean fits(PackedGrid grid) {
    int bytes = CodedRows.padded(grid.width) + PackedRows.itemBytes(grid);
    return bytes <= MOST_BYTES * grid.width * Float.BYTES;
  }

  /** The key of the k-th nearest sampled row besides the query itself; EUCLIDEAN: the distance. */
  private double bound(int row, int k) {
    long[] keys = new long[sample.count];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = Candidate.pack((float) key(sample.rows, i * width, row * width), i);
    }
    keys[row] = Candidate.NONE;
    Quicksort.select(keys, 0, keys.length, k - 1);
    float key = Candidate.key(keys[k - 1]);
    return dot ? key : Math.sqrt(key);
  }

  /** Items of the clusters that bounds leave, over all queries. */
  private long visited(ClusterTree tree, long[] order) {
    float[] radius = new float[tree.leaves()];
    int[] items = new int[radius.length];
    for (long at : order) {
      int c = (int) (at >> 32);
      radius[c] = Math.max(radius[c], Float.intBitsToFloat((int) at));
      items[c]++;
    }
    long visited = 0;
    for (int i = 0; i < QUERIES; i++) {
      double norm = Math.sqrt(product(sample.rows, queries[i], queries[i]));
      for (int c = 0; c < radius.length; c++) {
        double key = key(tree.centre(c), 0, queries[i]);
        double least = dot ? key - norm * radius[c] : Math.sqrt(key) - radius[c];
        visited += least <= bounds[i] ? items[c] : 0;
      }
    }
    return visited;
  }

  /** The share of sampled items that packed codes do not exclude; see {@link PackedBound}. */
  private double left(PackedGrid grid) {
    RowSample items = sample.thin(ITEMS);
    double[] place = new double[width];
    long left = 0;
    for (int i = 0; i < items.count; i++) {
      int at = i * width;
      Arrays.fill(place, 0);
      double length = 0;
      for (int j = 0; j < width; j++) {
        double y = items.rows[at + j] - grid.centre[j];
        length += y * y;
      }
      double scale = PackedGrid.scale(length);
      double product = 0;
      double square = 0;
      for (int c = 0; c < grid.attributes.length; c++) {
        int j = grid.attributes[c];
        if (j >= 0) {
          double y = items.rows[at + j] - grid.centre[j];
          float step = grid.steps[c];
          place[j] = PackedGrid.place(step, grid.bits(c), PackedGrid.code(step, grid.bits(c), y * scale));
          product += y * place[j];
          square += place[j] * place[j];
        }
      }
      double s = square > 0 ? product / square : 0;
      double rest = Math.max(0, length - s * product);
      for (int q = 0; q < QUERIES; q++) {
        left += excluded(grid, place, s, rest, square, length, q) ? 0 : 1;
      }
    }
    return (double) left / QUERIES / items.count;
  }

  private boolean excluded(
      PackedGrid grid, double[] place, double s, double rest, double square, double length, int q) {
    double own = 0;
    double offset = 0;
    double along = 0;
    for (int j = 0; j < width; j++) {
      double x = sample.rows[queries[q] + j];
      offset += dot ? grid.centre[j] * x : 0;
      x -= dot ? 0 : grid.centre[j];
      own += x * x;
      along += place[j] * x;
    }
    double least = dot ? -bounds[q] - offset : (length + own - bounds[q] * bounds[q]) / 2;
    double across = square > 0 ? own - along * along / square : own;
    return s * along + Math.sqrt(rest * Math.max(0, across)) < least;
  }

  private double key(float[] a, int from, int query) {
    if (dot) {
      return -product(a, from, query);
    }
    double sum = 0;
    for (int j = 0; j < width; j++) {
      double off = a[from + j] - sample.rows[query + j];
      sum += off * off;
    }
    return sum;
  }

  private double product(float[] a, int from, int query) {
    double sum = 0;
    for (int j = 0; j < width; j++) {
      sum += a[from + j] * sample.rows[query + j];
    }
    return sum;
  }
}
