package dev.slate.bench.dataset;

import dev.slate.data.Distribution;
import dev.slate.data.VectorFile;
import dev.slate.data.VectorGenerator;
import dev.slate.data.VectorWriter;
import dev.slate.data.Vectors;
import dev.slate.kernel.Catalog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Items and unseen queries. Generated ones are those of a {@link VectorGenerator}, the values that
 * {@code slate data generate} writes. Each fork and each process gets the same.
 *
 * @param items n x d
 * @param queries each of d attributes, not among the items
 */
public record DataSet(Catalog items, float[][] queries) {
  /**
   * Largest number of queries, taken in turn: at low d a processor learns the branches and the
   * reads of a few hundred.
   */
  static final int MOST_QUERIES = 10_000;

  private static final int FEWEST_QUERIES = 256;
  private static final int QUERY_FLOATS = 1 << 21;

  /** System property: the directory where {@code slate bench} leaves data and answers for forks. */
  public static final String DIRECTORY = "slate.bench.directory";

  /** The seed of every data set: what {@code slate data generate} takes where none is given. */
  public static final long SEED = VectorGenerator.DEFAULT_SEED;

  private static final int MOST_NAME = 60;
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
    return new DataSet(
        new VectorGenerator(distribution, d, SEED).items(n), queries(distribution, d));
  }

  /**
   * Opens data that is kept in a directory, or makes it where there is none.
   *
   * @param directory a directory of files by {@link #write}
   * @param source as {@link VectorSource#parameter} gives it
   * @throws IllegalArgumentException if there is no file, and the source is no distribution
   */
  public static DataSet open(String directory, String source, int n, int d) {
    Path items = Path.of(directory, itemsFile(source, n, d));
    if (!Files.exists(items)) {
      return of(distribution(source), n, d);
    }
    String queries = Path.of(directory, queriesFile(source, d)).toString();
    try (VectorFile asked = Vectors.open(queries)) {
      return new DataSet(Vectors.open(items.toString()), rows(asked));
    }
  }

  /**
   * The distribution of a name.
   *
   * @param source the name of a constant, in whatever case
   * @throws IllegalArgumentException if there is none
   */
  public static Distribution distribution(String source) {
    return Distribution.valueOf(source.toUpperCase(Locale.ROOT));
  }

  /**
   * Writes items and queries, for forks and for other programs.
   *
   * @param directory an existing directory
   * @param source as {@link VectorSource#parameter} gives it
   */
  public void write(Path directory, String source) {
    write(directory.resolve(itemsFile(source, n(), d())), items);
    write(directory.resolve(queriesFile(source, d())), Catalog.of(flat(), d()));
  }

  /** Number of queries of d attributes. */
  public static int queryCount(int d) {
    return Math.clamp(QUERY_FLOATS / d, FEWEST_QUERIES, MOST_QUERIES);
  }

  /** Name of the file of items. */
  public static String itemsFile(String source, int n, int d) {
    return fileName(source) + "-" + n + "x" + d + ".npy";
  }

  /** Name of the file of queries. */
  public static String queriesFile(String source, int d) {
    return fileName(source) + "-queries-" + d + ".npy";
  }

  /** A source as a part of file names: letters, digits and dots, not too long. */
  public static String fileName(String source) {
    String plain = source.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "-");
    return plain.substring(0, Math.min(MOST_NAME, plain.length()));
  }

  static void write(Path file, Catalog rows) {
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
    return rows(new VectorGenerator(distribution, d, SEED).queries(queryCount(d)));
  }

  private static float[][] rows(Catalog catalog) {
    int d = catalog.dimensions();
    float[] floats = new float[catalog.size() * d];
    draw(catalog, 0, catalog.size(), floats);
    float[][] rows = new float[catalog.size()][];
    Arrays.setAll(rows, i -> Arrays.copyOfRange(floats, i * d, i * d + d));
    return rows;
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
