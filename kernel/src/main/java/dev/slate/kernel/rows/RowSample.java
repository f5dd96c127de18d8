package dev.slate.kernel.rows;

import dev.slate.kernel.parallel.WorkerGroup;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;

/** Some rows of a catalogue, as the kernel computes with them. */
public final class RowSample {
  /** Ratio of all rows to sampled ones from which on each row is read by itself. */
  private static final int SPARSE = 8;

  /** Neighbouring rows that are read together where more of them are sampled. */
  private static final int READ = 64;

  /** Runs that a thread reads at once. */
  private static final int PART = 1_024;

  /** Fractional part of the golden ratio: its multiples are spread evenly. */
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  /** Count x width, row-major. */
  public final float[] rows;

  /** Number of rows. */
  public final int count;

  /** Floats of a row. */
  public final int width;

  private RowSample(float[] rows, int count, int width) {
    this.rows = rows;
    this.count = count;
    this.width = width;
  }

  /**
   * Takes all rows of an array, without a copy.
   *
   * @param rows count x width, row-major
   * @param width floats of a row
   */
  public static RowSample of(float[] rows, int width) {
    return new RowSample(rows, rows.length / width, width);
  }

  /**
   * Takes rows at equal distances.
   *
   * @param source the catalogue
   * @param count how many, at most n
   */
  public static RowSample even(Rows source, int count) {
    int n = source.size();
    int width = source.width();
    float[] rows = new float[count * width];
    int run = n < SPARSE * (long) count ? READ : 1;
    float[] read = new float[run * width];
    int first = 0;
    int end = 0;
    for (int i = 0; i < count; i++) {
      int row = (int) ((long) i * n / count);
      if (row >= end) {
        first = row;
        end = Math.min(n, row + run);
        source.read(first, end - first, read);
      }
      System.arraycopy(read, (row - first) * width, rows, i * width, width);
    }
    return new RowSample(rows, count, width);
  }

  /**
   * Takes runs of consecutive rows: one from each of as many equal stretches of the catalogue, at a
   * scattered place in it. In the order of ordinals.
   *
   * @param source the catalogue
   * @param count number of rows, at most n; rounded down to whole runs
   * @param run rows of a run
   * @param workers the threads that share the reading
   */
  public static RowSample scattered(Rows source, int count, int run, WorkerGroup workers) {
    int width = source.width();
    int runs = count / run;
    float[] rows = new float[Math.multiplyExact(runs * run, width)];
    workers.forEach(
        (runs + PART - 1) / PART,
        () -> {
          float[] read = new float[run * width];
          return part -> {
            for (int r = part * PART; r < Math.min(runs, (part + 1) * PART); r++) {
              source.read(firstOfRun(r, runs, run, source.size()), run, read);
              System.arraycopy(read, 0, rows, r * run * width, read.length);
            }
          };
        });
    return new RowSample(rows, runs * run, width);
  }

  /**
   * The ordinal of a row of a scattered sample.
   *
   * @param row the row of the sample
   * @param run rows of a run
   * @param n number of rows of the catalogue
   */
  public int scatteredOrdinal(int row, int run, int n) {
    return firstOfRun(row / run, count / run, run, n) + row % run;
  }

  private static int firstOfRun(long r, int runs, int run, int n) {
    long from = r * n / runs;
    long to = (r + 1) * n / runs;
    long scattered = ((r * GOLDEN) >>> 33) % (to - from - run + 1);
    return (int) (from + scattered);
  }

  /** Puts the rows into a random order. */
  public void shuffle(SplittableRandom random) {
    float[] swap = new float[width];
    for (int i = count - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      System.arraycopy(rows, i * width, swap, 0, width);
      System.arraycopy(rows, other * width, rows, i * width, width);
      System.arraycopy(swap, 0, rows, other * width, width);
    }
  }

  /** Copies a row, as doubles. */
  public void row(int i, double[] to) {
    for (int j = 0; j < width; j++) {
      to[j] = rows[i * width + j];
    }
  }

  /** The first rows; they are not copied. */
  public RowSample first(int some) {
    return new RowSample(rows, some, width);
  }

  /** The rows from..to, copied. */
  public RowSample range(int from, int to) {
    return copy(to - from, i -> from + i);
  }

  /** Some of the sample's rows: the members from..to. */
  public RowSample only(int[] members, int from, int to) {
    return copy(to - from, i -> members[from + i]);
  }

  /** A part of the sample's rows, at equal distances again. */
  public RowSample subsample(int most) {
    return count <= most ? this : copy(most, i -> (int) ((long) i * count / most));
  }

  private RowSample copy(int some, IntUnaryOperator member) {
    float[] copied = new float[some * width];
    for (int i = 0; i < some; i++) {
      System.arraycopy(rows, member.applyAsInt(i) * width, copied, i * width, width);
    }
    return new RowSample(copied, some, width);
  }
}
