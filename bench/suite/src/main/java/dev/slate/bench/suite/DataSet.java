package dev.slate.bench.suite;

import dev.slate.data.Distribution;
import dev.slate.data.VectorWriter;
import dev.slate.data.Vectors;
import dev.slate.data.World;
import dev.slate.kernel.Catalog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What a benchmark searches, and what it searches for: items and unseen queries of one {@link
 * World}, the very values that {@code slate data generate} writes. Each fork and each process gets
 * the same.
 *
 * @param items n x d
 * @param queries each of d attributes, drawn like the items but not from them
 */
public record DataSet(Catalog items, float[][] queries) {
  /**
   * Number of queries, taken in turn: of low d so many that a processor learns neither their
   * branches nor what they read.
   */
  private static final int MOST_QUERIES = 10_000;

  private static final int FEWEST_QUERIES = 256;
  private static final int QUERY_FLOATS = 1 << 21;

  /** The seed of every data set: what {@code slate data generate} takes where none is given. */
  public static final long SEED = World.DEFAULT_SEED;

  private static final int CHUNK_FLOATS = 1 << 21;
  private static final int STEP_ROWS = 256;

  /**
   * Makes the data. Rows are drawn when they are copied.
   *
   * @param distribution how values are distributed
   * @param n number of items
   * @param d number of attributes
   * @return items and queries
   * @throws IllegalArgumentException if the distribution has another number of attributes
   */
  public static DataSet of(Distribution distribution, int n, int d) {
    return new DataSet(new World(distribution, d, SEED).items(n), queries(distribution, d));
  }

  /**
   * Opens data that is kept in a directory, or makes it where there is none.
   *
   * @param directory a directory of files by {@link #write}
   */
  public static DataSet open(String directory, Distribution distribution, int n, int d) {
    Path items = Path.of(directory, itemsFile(distribution, n, d));
    return Files.exists(items)
        ? new DataSet(Vectors.open(items.toString()), queries(distribution, d))
        : of(distribution, n, d);
  }

  /**
   * Writes items and queries, for forks and for other programs.
   *
   * @param directory an existing directory
   * @param distribution how values are distributed
   */
  public void write(Path directory, Distribution distribution) {
    write(directory.resolve(itemsFile(distribution, n(), d())), items);
    write(directory.resolve(queriesFile(distribution, d())), Catalog.of(flat(), d()));
  }

  /** Number of queries of so many attributes. */
  public static int queryCount(int d) {
    return Math.clamp(QUERY_FLOATS / d, FEWEST_QUERIES, MOST_QUERIES);
  }

  /** Name of the file of items. */
  public static String itemsFile(Distribution distribution, int n, int d) {
    return lower(distribution) + "-" + n + "x" + d + ".npy";
  }

  /** Name of the file of queries. */
  public static String queriesFile(Distribution distribution, int d) {
    return lower(distribution) + "-queries-" + d + ".npy";
  }

  private static String lower(Distribution distribution) {
    return distribution.name().toLowerCase(Locale.ROOT);
  }

  private static void write(Path file, Catalog rows) {
    int d = rows.dimensions();
    int chunk = Math.max(1, CHUNK_FLOATS / d / STEP_ROWS) * STEP_ROWS;
    float[] floats = new float[Math.min(chunk, rows.size()) * d];
    try (VectorWriter writer = Vectors.create(file.toString(), d, List.of())) {
      for (int from = 0; from < rows.size(); from += chunk) {
        int count = Math.min(chunk, rows.size() - from);
        draw(rows, from, count, floats);
        writer.append(floats, 0, count);
      }
      writer.commit();
    }
  }

  /** Copies rows with all processors, since most distributions cost more than the disk. */
  private static void draw(Catalog rows, int from, int count, float[] dst) {
    int d = rows.dimensions();
    IntStream.range(0, (count + STEP_ROWS - 1) / STEP_ROWS)
        .parallel()
        .forEach(
            step -> {
              int first = step * STEP_ROWS;
              rows.copyRows(from + first, Math.min(STEP_ROWS, count - first), dst, first * d);
            });
  }

  private static float[][] queries(Distribution distribution, int d) {
    int count = queryCount(d);
    float[] drawn = new float[count * d];
    draw(new World(distribution, d, SEED).queries(count), 0, count, drawn);
    float[][] queries = new float[count][];
    Arrays.setAll(queries, i -> Arrays.copyOfRange(drawn, i * d, i * d + d));
    return queries;
  }

  private float[] flat() {
    float[] flat = new float[queries.length * d()];
    for (int i = 0; i < queries.length; i++) {
      System.arraycopy(queries[i], 0, flat, i * d(), d());
    }
    return flat;
  }

  /** Number of items. */
  public int n() {
    return items.size();
  }

  /** Number of attributes. */
  public int d() {
    return items.dimensions();
  }
}
