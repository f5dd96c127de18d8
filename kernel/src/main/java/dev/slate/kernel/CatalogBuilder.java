package dev.slate.kernel;

import dev.slate.kernel.catalog.ArrayCatalog;
import dev.slate.kernel.catalog.ChunkedCatalog;
import dev.slate.kernel.layout.RowChunks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Collects rows, and optionally ids and biases, into a {@link Catalog}. Memory is held in chunks,
 * so a catalogue may be larger than one Java array: 4 n d bytes and up to 16 MiB more, 8 n to 16 n
 * for ids, 4 n to 8 n for biases. Not thread-safe.
 *
 * {@snippet :
 * CatalogBuilder builder = Catalog.builder(d);
 * builder.add(row);
 * Index index = Index.builder(builder.build()).build();
 * }
 */
public final class CatalogBuilder {
  private final int d;
  private final int rowsPerChunk;
  private final List<float[]> chunks = new ArrayList<>();
  private int n;
  private long @Nullable [] ids;
  private float @Nullable [] biases;

  CatalogBuilder(int d) {
    ArrayCatalog.checkDimensions(d);
    this.d = d;
    this.rowsPerChunk = RowChunks.rowsPerChunk(d);
  }

  /**
   * Appends one item, whose id is its ordinal.
   *
   * @param row d attributes; copied
   * @return this
   * @throws IllegalArgumentException if the row has another length, holds NaN or an infinity, or if
   *     the items before carry ids
   */
  public CatalogBuilder add(float... row) {
    if (ids != null) {
      throw new IllegalArgumentException("row " + n + " has no id, but the rows before it have");
    }
    append(row);
    return this;
  }

  /**
   * Appends one item with the caller's id.
   *
   * @param id distinct among the items
   * @param row d attributes; copied
   * @return this
   * @throws IllegalArgumentException if the row has another length, holds NaN or an infinity, or if
   *     the items before carry no ids
   */
  public CatalogBuilder add(long id, float[] row) {
    long[] known = ids;
    if (known == null) {
      if (n > 0) {
        throw new IllegalArgumentException(
            "row " + n + " has an id, but the rows before it have none");
      }
      known = new long[64];
    }
    append(row);
    if (n > known.length) {
      known = Arrays.copyOf(known, grown(known.length));
    }
    known[n - 1] = id;
    ids = known;
    return this;
  }

  /**
   * Sets the bias of the item appended last; items without one have bias 0.
   *
   * @param bias a finite number
   * @return this
   * @throws IllegalArgumentException if the bias is not finite
   * @throws IllegalStateException if there is no item yet
   */
  public CatalogBuilder bias(float bias) {
    if (n == 0) {
      throw new IllegalStateException("a bias needs an item: call add first");
    }
    if (!Float.isFinite(bias)) {
      throw new IllegalArgumentException("bias is " + bias + ", row " + (n - 1));
    }
    float[] known = biases == null ? new float[Math.max(64, n)] : biases;
    if (n > known.length) {
      known = Arrays.copyOf(known, Math.max(n, grown(known.length)));
    }
    known[n - 1] = bias;
    biases = known;
    return this;
  }

  /**
   * Appends many items at once.
   *
   * @param rowMajor rows of d attributes, row-major; copied
   * @return this
   * @throws IllegalArgumentException if d does not divide the length, or a row cannot be added; the
   *     rows before it have been
   */
  public CatalogBuilder addAll(float[] rowMajor) {
    if (rowMajor.length % d != 0) {
      throw new IllegalArgumentException(
          "an array of " + rowMajor.length + " floats does not hold rows of " + d + " attributes");
    }
    float[] row = new float[d];
    for (int at = 0; at < rowMajor.length; at += d) {
      System.arraycopy(rowMajor, at, row, 0, d);
      add(row);
    }
    return this;
  }

  /**
   * Ends the building. The builder may go on to grow; the catalogue does not follow.
   *
   * @return the items so far
   */
  public Catalog build() {
    return new ChunkedCatalog(
        d,
        n,
        new RowChunks(d, chunks.toArray(float[][]::new)),
        ids == null ? null : Arrays.copyOf(ids, n),
        biases == null ? null : Arrays.copyOf(biases, n));
  }

  private void append(float[] row) {
    Objects.requireNonNull(row, "row");
    if (row.length != d) {
      throw new IllegalArgumentException(
          "a row of " + row.length + " attributes in a catalogue of d = " + d + ", row " + n);
    }
    for (int j = 0; j < d; j++) {
      if (!Float.isFinite(row[j])) {
        throw new IllegalArgumentException(
            "attribute is " + row[j] + ", row " + n + ", column " + j);
      }
    }
    int chunk = n / rowsPerChunk;
    int offset = n % rowsPerChunk * d;
    if (chunk == chunks.size()) {
      chunks.add(new float[chunk == 0 ? Math.min(rowsPerChunk, 64) * d : rowsPerChunk * d]);
    } else if (offset == chunks.get(chunk).length) {
      chunks.set(
          chunk,
          Arrays.copyOf(chunks.get(chunk), (int) Math.min(2L * offset, (long) rowsPerChunk * d)));
    }
    System.arraycopy(row, 0, chunks.get(chunk), offset, d);
    n++;
  }

  private static int grown(int length) {
    return (int) Math.min(2L * length, Integer.MAX_VALUE - 8);
  }
}
