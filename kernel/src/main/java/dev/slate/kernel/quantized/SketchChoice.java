package dev.slate.kernel.quantized;

import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.rows.RowSample;
import org.jspecify.annotations.Nullable;

/**
 * Decides from a sample whether there is a sketch, and with how many directions. Some sampled rows
 * serve as queries, and the nearest other row gives the bound; counted are the rows that the sketch
 * does not exclude. The cost is in bytes read for an item: its sketch, and the codes of each block
 * in which an item is not excluded.
 */
final class SketchChoice {
  private static final int[] DIRECTIONS = {
    2, 4, 6, 8, 12, 16, 20, 24, 32, 40, 48, 64, 80, 96, 112, 128
  };
  private static final int ITEMS = 2048;
  private static final int QUERIES = 16;

  /** Largest number of items wanted for which the choice is meant. */
  private static final double WANTED = 50;

  /** Cost of a sketch with codes, at most, in units of that of codes alone. */
  private static final double WORTHWHILE = 0.75;

  private SketchChoice() {}

  /**
   * Chooses a projection.
   *
   * @param all the sample
   * @param size number of items of the catalogue
   * @param dot whether items are scored by dot products
   * @return null where no sketch pays
   */
  static @Nullable Projection choose(RowSample all, int size, boolean dot) {
    int width = all.width;
    int most = Projection.mostDirections(width);
    if (most < DIRECTIONS[0] || all.count < 2 * ITEMS) {
      return null;
    }
    Projection leading = Projection.leading(all, most);
    if (leading == null) {
      return null;
    }
    RowSample sample = all.subsample(ITEMS);
    int rows = leading.rows();
    double[] images = new double[sample.count * rows];
    double[] x = new double[width];
    double[] z = new double[rows];
    for (int i = 0; i < sample.count; i++) {
      sample.row(i, x);
      leading.image(x, z);
      System.arraycopy(z, 0, images, i * rows, rows);
    }
    long[] through = new long[DIRECTIONS.length];
    for (int query = 0; query < QUERIES; query++) {
      int q = (int) ((long) query * sample.count / QUERIES);
      double bound = nearest(sample, q, dot);
      for (int i = 0; i < sample.count; i++) {
        if (i != q) {
          count(images, rows, q, i, dot, bound, through);
        }
      }
    }
    double best = WORTHWHILE * width;
    int chosen = 0;
    for (int i = 0; i < DIRECTIONS.length && DIRECTIONS[i] <= most; i++) {
      double pass = Math.min(1, through[i] * WANTED / QUERIES / size);
      double cost = DIRECTIONS[i] + 1 + (1 - Math.pow(1 - pass, Blocks.SIZE)) * width;
      if (cost < best) {
        best = cost;
        chosen = DIRECTIONS[i];
      }
    }
    return chosen == 0 ? null : leading.first(chosen);
  }

  /** The key of the best item for a query that is an item itself. */
  private static double nearest(RowSample sample, int q, boolean dot) {
    float[] x = sample.rows;
    int width = sample.width;
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < sample.count; i++) {
      double sum = 0;
      for (int j = 0; j < width; j++) {
        sum += term(x[q * width + j], x[i * width + j], dot);
      }
      best = i == q ? best : Math.min(best, sum);
    }
    return best;
  }

  /** Counts, for each number of directions, an item that the sketch lets through. */
  private static void count(
      double[] z, int rows, int q, int i, boolean dot, double bound, long[] through) {
    double restQ = 0;
    double restI = 0;
    for (int j = 0; j < rows; j++) {
      restQ += z[q * rows + j] * z[q * rows + j];
      restI += z[i * rows + j] * z[i * rows + j];
    }
    double sum = 0;
    int j = 0;
    for (int m = 0; m < DIRECTIONS.length && DIRECTIONS[m] < rows; m++) {
      for (; j < DIRECTIONS[m]; j++) {
        double a = z[q * rows + j];
        double b = z[i * rows + j];
        sum += term(a, b, dot);
        restQ -= a * a;
        restI -= b * b;
      }
      double rest = term(Math.sqrt(Math.max(0, restQ)), Math.sqrt(Math.max(0, restI)), dot);
      through[m] += sum + rest <= bound ? 1 : 0;
    }
  }

  private static double term(double a, double b, boolean dot) {
    return dot ? -a * b : (a - b) * (a - b);
  }
}
