package dev.slate.kernel.quantized;

import dev.slate.kernel.rows.RowSample;
import dev.slate.kernel.simd.Simd;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decides from a sample whether there are packed codes, and with which grid. There are if three
 * conditions hold: the rows take 16 MiB or more, so that codes come from memory; searches visit a
 * quarter of the items or more, since clusters overlap; and the bytes of packed codes with the
 * items that they leave cost less than codes of one byte. Of the grids that meet these conditions,
 * along the attributes or along some principal directions, the cheapest is taken. Some sampled rows
 * serve as queries; the bound is the key of the k-th best of the sampled rows, with k scaled to the
 * sample.
 */
final class PackedChoice {
  /** Fewer attributes have no packed codes: their own bytes would outweigh what they save. */
  private static final int FEWEST_ATTRIBUTES = 32;

  private static final int FEWEST_ROWS = 1_024;

  /** Bytes of the items from which on codes come from memory. */
  private static final long LEAST_BYTES = 1 << 24;

  /** Bytes of all codes of an item, as a share of its row's. */
  private static final double MOST_BYTES = 0.43;

  private static final int QUERIES = 16;
  private static final int WANTED = 10;
  private static final int ITEMS = 2_048;

  /** Share of the items that searches must visit. */
  private static final double VISITED = 0.25;

  /**
   * Cost of an item that is left, with its cache miss or two, for each attribute, in bytes of codes
   * that are read in a row; measured with sentence vectors of 384 attributes.
   */
  private static final double LEFT = 16;

  /** Cost of a grid, at most, in units of that of codes of one byte. */
  private static final double MOST_COST = 0.85;

  /** Cost of the best grid along directions, at most, in units of that along the attributes. */
  private static final double WORTHWHILE = 0.9;

  /** Fewer attributes are not rotated. */
  private static final int FEWEST_ROTATED = 64;

  /**
   * Least n / d for a rotation. At that size the directions take 5 % of the memory of the rows, and
   * rotating a query takes some of its time.
   */
  private static final int ITEMS_FOR_ATTRIBUTE = 64;

  /** Numbers of directions that are tried, as shares of d: the largest, then smaller ones. */
  private static final double MOST_DIRECTIONS = 0.8;

  private static final double[] DIRECTIONS = {0.4, 0.5, 0.6, 0.7};

  private final RowSample sample;
  private final boolean dot;
  private final int width;

  /** The sampled rows that serve as queries. */
  private final double[][] queries;

  /** The bounds: keys, or distances under EUCLIDEAN. */
  private final double[] bounds = new double[QUERIES];

  private @Nullable PackedGrid best;
  private double least;

  private PackedChoice(RowSample sample, int n, boolean dot) {
    this.sample = sample;
    this.dot = dot;
    this.width = sample.width;
    this.least = MOST_COST * width;
    this.queries = new double[QUERIES][width];
    for (int q = 0; q < QUERIES; q++) {
      sample.row(row(q), queries[q]);
    }
    bound((int) Math.max(1, (double) WANTED * sample.count / n));
  }

  /**
   * Chooses a grid.
   *
   * @param sample the sample
   * @param n number of items of the catalogue
   * @param dot whether items are scored by dot products
   * @param tree the clusters
   * @param order for each item its cluster and, as bits of a float, its distance from the centre;
   *     of all items or of some
   * @param rotated whether grids along principal directions are tried
   * @return null where packed codes do not pay
   */
  static @Nullable PackedGrid choose(
      RowSample sample, int n, boolean dot, ClusterTree tree, long[] order, boolean rotated) {
    if (sample.count < FEWEST_ROWS || !possible(n, sample.width)) {
      return null;
    }
    PackedChoice choice = new PackedChoice(sample, n, dot);
    if (choice.visited(tree, order) < VISITED * QUERIES * order.length) {
      return null;
    }
    Shapes shapes = Shapes.of(sample.subsample(ITEMS));
    for (double shorter : PackedGrid.SHORTER) {
      choice.consider(shapes, sample.width, shorter);
    }
    int most = directions(n, sample.width);
    if (rotated && most > 0) {
      choice.rotate(shapes, most);
    }
    return choice.best;
  }

  private static boolean possible(long n, int width) {
    return width >= FEWEST_ATTRIBUTES && n * width * Float.BYTES >= LEAST_BYTES;
  }

  /** Largest number of directions that are tried for n items; 0 if none are. */
  static int directions(long n, int width) {
    boolean narrow = width >= FEWEST_ROTATED && width <= Projection.WIDEST;
    return narrow && possible(n, width) && n / ITEMS_FOR_ATTRIBUTE >= width
        ? Math.min(Projection.MOST_CODED, (int) (MOST_DIRECTIONS * width))
        : 0;
  }

  /** Bytes of heap that a choice takes, at most: copies of the sampled rows, and directions. */
  static long bytes(long n, int width) {
    if (!possible(n, width)) {
      return 0;
    }
    int directions = directions(n, width);
    long rotation =
        directions == 0
            ? 0
            : ITEMS * (4L * width + 8L * directions)
                + PrincipalDirections.bytes(ITEMS, width, directions);
    return ITEMS * 12L * width + rotation;
  }

  /** A grid along a number of directions, 0 for the attributes, whether it pays or not. */
  static @Nullable PackedGrid forced(RowSample sample, int directions) {
    Shapes shapes = Shapes.of(sample.subsample(ITEMS));
    Shapes rotated = directions == 0 ? null : shapes.rotated(directions);
    return rotated == null
        ? PackedGrid.fit(shapes, sample.width, PackedGrid.SHORTER[0])
        : PackedGrid.fit(rotated, directions, PackedGrid.SHORTER[0]);
  }

  private void rotate(Shapes shapes, int most) {
    Shapes rotated = shapes.rotated(most);
    if (rotated == null) {
      return;
    }
    least *= best == null ? 1 : WORTHWHILE;
    for (double share : DIRECTIONS) {
      int directions = (int) (share * width);
      if (directions < most) {
        consider(rotated, directions, PackedGrid.SHORTER[0]);
      }
    }
    consider(rotated, most, PackedGrid.SHORTER[0]);
  }

  /** Takes a grid of the first coordinates if it pays and is better than the best one yet. */
  private void consider(Shapes shapes, int coordinates, double shorter) {
    PackedGrid grid = PackedGrid.fit(shapes, coordinates, shorter);
    if (grid == null || !fits(grid)) {
      return;
    }
    double cost = PackedRows.itemBytes(grid) + left(grid, shapes) * LEFT * width;
    if (cost < least) {
      least = cost;
      best = grid;
    }
  }

  /** Whether both copies in codes fit the memory that the strategy promises. */
  private static boolean fits(PackedGrid grid) {
    int bytes = CodedRows.padded(grid.width) + PackedRows.itemBytes(grid);
    return bytes <= MOST_BYTES * grid.width * Float.BYTES;
  }

  private int row(int query) {
    return (int) ((long) query * sample.count / QUERIES);
  }

  /** Sets each bound to the k-th best key of the sampled rows besides the query itself. */
  private void bound(int k) {
    double[] own = new double[QUERIES];
    Arrays.setAll(own, q -> PrincipalDirections.dot(queries[q], queries[q]));
    double[] side = new double[width * QUERIES];
    PrincipalDirections.transpose(queries, side);
    double[][] best = new double[QUERIES][k];
    for (double[] keys : best) {
      Arrays.fill(keys, Double.POSITIVE_INFINITY);
    }
    double[] x = new double[width];
    double[] products = new double[QUERIES];
    for (int i = 0; i < sample.count; i++) {
      sample.row(i, x);
      double square = dot ? 0 : PrincipalDirections.dot(x, x);
      products(side, x, products);
      for (int q = 0; q < QUERIES; q++) {
        double key = dot ? -products[q] : square + own[q] - 2 * products[q];
        if (key < best[q][k - 1] && i != row(q)) {
          insert(best[q], key);
        }
      }
    }
    for (int q = 0; q < QUERIES; q++) {
      double last = best[q][k - 1];
      bounds[q] = dot ? last : Math.sqrt(Math.max(0, last));
    }
  }

  /** The products of a point with all queries, whose coordinates lie side by side. */
  private static void products(double[] side, double[] point, double[] products) {
    Arrays.fill(products, 0);
    Simd.rows().addMultiples(products, 0, QUERIES, side, 0, point, 0, 1, point.length);
  }

  /** Puts a key in its place among sorted ones, and drops the last. */
  private static void insert(double[] sorted, double key) {
    int at = sorted.length - 1;
    for (; at > 0 && sorted[at - 1] > key; at--) {
      sorted[at] = sorted[at - 1];
    }
    sorted[at] = key;
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
      double norm = Math.sqrt(PrincipalDirections.dot(queries[i], queries[i]));
      for (int c = 0; c < radius.length; c++) {
        double key = key(tree.centre(c), queries[i]);
        double least = dot ? key - norm * radius[c] : Math.sqrt(key) - radius[c];
        visited += least <= bounds[i] ? items[c] : 0;
      }
    }
    return visited;
  }

  /** The share of sampled items that packed codes do not exclude; see {@link PackedBound}. */
  private double left(PackedGrid grid, Shapes shapes) {
    int coordinates = grid.coordinates();
    double[][] seen = new double[QUERIES][coordinates + 1];
    double[] own = new double[QUERIES];
    double[] offset = new double[QUERIES];
    double[] x = new double[width];
    for (int q = 0; q < QUERIES; q++) {
      for (int j = 0; j < width; j++) {
        x[j] = queries[q][j];
        offset[q] += dot ? grid.centre[j] * x[j] : 0;
        x[j] -= dot ? 0 : grid.centre[j];
        own[q] += x[j] * x[j];
      }
      grid.image(x, seen[q]);
    }
    double[] side = new double[(coordinates + 1) * QUERIES];
    PrincipalDirections.transpose(seen, side);
    long left = 0;
    int items = shapes.lengths.length;
    double[] point = new double[coordinates];
    double[] along = new double[QUERIES];
    for (int i = 0; i < items; i++) {
      double length = shapes.lengths[i];
      double product = 0;
      double square = 0;
      for (int c = 0; c < grid.attributes.length; c++) {
        int j = grid.attributes[c];
        if (j >= 0) {
          double y = shapes.values[j][i];
          float step = grid.steps[c];
          point[j] = PackedGrid.point(step, grid.bits(c), PackedGrid.code(step, grid.bits(c), y));
          product += length * y * point[j];
          square += point[j] * point[j];
        }
      }
      double s = square > 0 ? product / square : 0;
      double rest = Math.max(0, length * length - s * product);
      products(side, point, along);
      for (int q = 0; q < QUERIES; q++) {
        double reach = bounds[q];
        double least = dot ? -reach - offset[q] : (length * length + own[q] - reach * reach) / 2;
        double across = square > 0 ? own[q] - along[q] * along[q] / square : own[q];
        left += s * along[q] + Math.sqrt(rest * Math.max(0, across)) < least ? 0 : 1;
      }
    }
    return (double) left / QUERIES / items;
  }

  private double key(float[] centre, double[] query) {
    double sum = 0;
    for (int j = 0; j < width; j++) {
      double off = centre[j] - query[j];
      sum += dot ? -centre[j] * query[j] : off * off;
    }
    return sum;
  }
}
