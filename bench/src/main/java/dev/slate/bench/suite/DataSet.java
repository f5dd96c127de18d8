package dev.slate.bench.suite;

import dev.slate.data.VectorWriter;
import dev.slate.data.Vectors;
import dev.slate.kernel.Catalog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a benchmark searches, and what it searches for. The same name, shape and seed give the same
 * bytes in each fork and in each process.
 *
 * @param items n x d
 * @param queries each of d attributes, drawn like the items but not from them
 */
public record DataSet(Catalog items, float[][] queries) {
  /** Number of queries, taken in turn. */
  public static final int QUERIES = 256;

  private static final int CHUNK_FLOATS = 1 << 20;
  private static final long ITEM_SEED = 1;
  private static final long QUERY_SEED = 2;

  /**
   * Makes the data.
   *
   * @param distribution the name of a distribution
   * @param n number of items
   * @param d number of attributes
   * @return items and queries
   */
  public static DataSet of(String distribution, int n, int d) {
    return new DataSet(new Generated(distribution, n, d, ITEM_SEED), queries(distribution, d));
  }

  /**
   * Opens data that is kept in a directory, or makes it where there is none.
   *
   * @param directory a directory of files by {@link #write}
   */
  static DataSet open(String directory, String distribution, int n, int d) {
    Path items = Path.of(directory, itemsFile(distribution, n, d));
    return Files.exists(items)
        ? new DataSet(Vectors.open(items.toString()), queries(distribution, d))
        : of(distribution, n, d);
  }

  /**
   * Writes items and queries, for forks and for other programs.
   *
   * @param directory an existing directory
   * @param distribution the name of the distribution
   */
  public void write(Path directory, String distribution) {
    write(directory.resolve(itemsFile(distribution, n(), d())), items);
    write(directory.resolve(queriesFile(distribution, d())), Catalog.of(flat(), d()));
  }

  /** Name of the file of items. */
  public static String itemsFile(String distribution, int n, int d) {
    return distribution + "-" + n + "x" + d + ".npy";
  }

  /** Name of the file of queries. */
  public static String queriesFile(String distribution, int d) {
    return distribution + "-queries-" + d + ".npy";
  }

  private static void write(Path file, Catalog rows) {
    int d = rows.dimensions();
    int chunk = Math.max(1, CHUNK_FLOATS / d);
    float[] floats = new float[Math.min(chunk, rows.size()) * d];
    try (VectorWriter writer = Vectors.create(file.toString(), d, List.of())) {
      for (int from = 0; from < rows.size(); from += chunk) {
        int count = Math.min(chunk, rows.size() - from);
        rows.copyRows(from, count, floats, 0);
        writer.append(floats, 0, count);
      }
      writer.commit();
    }
  }

  private static float[][] queries(String distribution, int d) {
    Catalog drawn = new Generated(distribution, QUERIES, d, QUERY_SEED);
    float[][] queries = new float[QUERIES][d];
    for (int i = 0; i < QUERIES; i++) {
      drawn.copyRows(i, 1, queries[i], 0);
    }
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
