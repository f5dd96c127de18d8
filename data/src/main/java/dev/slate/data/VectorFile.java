package dev.slate.data;

import dev.slate.data.format.Finite;
import dev.slate.data.format.NonFinite;
import dev.slate.data.format.RowSource;
import dev.slate.kernel.Catalog;
import java.util.List;

/**
 * Vectors in a file, as a catalogue. Rows are read from the file when they are needed, so that an
 * index can be built from a file larger than the heap; only text is held in memory.
 *
 * <p>Any number of threads may read at once. An index copies its items: close the file once the
 * index is built.
 */
public final class VectorFile implements Catalog, AutoCloseable {
  private final String spec;
  private final RowSource rows;
  private final boolean nonFinite;

  VectorFile(String spec, RowSource rows, boolean nonFinite) {
    this.spec = spec;
    this.rows = rows;
    this.nonFinite = nonFinite;
  }

  @Override
  public int size() {
    return rows.size();
  }

  @Override
  public int dimensions() {
    return rows.dimensions();
  }

  /**
   * {@inheritDoc}
   *
   * @throws InputException if a value is not finite (naming its row and column) and that was not
   *     allowed, if a row contradicts the header, or if the file cannot be read
   */
  @Override
  public void copyRows(int first, int count, float[] dst, int offset) {
    rows.read(first, count, dst, offset);
    if (nonFinite) {
      return;
    }
    int d = rows.dimensions();
    int bad = Finite.firstBad(dst, offset, count * d);
    if (bad >= 0) {
      int row = first + (bad - offset) / d;
      int column = (bad - offset) % d;
      throw new InputException(spec, NonFinite.problem(rows.cell(row, column)))
          .atRow(row)
          .atColumn(rows.fileColumn(column));
    }
  }

  /**
   * The name that the file was opened by.
   *
   * @return as given to {@link Vectors#open}
   */
  public String spec() {
    return spec;
  }

  /**
   * The type of the stored values, for people.
   *
   * @return {@code float32}, {@code uint8}, {@code text} and the like
   */
  public String type() {
    return rows.type();
  }

  /**
   * Names of the columns, from a header.
   *
   * @return one for each dimension, or none at all
   */
  public List<String> names() {
    return rows.names();
  }

  /**
   * Names of the rows, from {@link ReadOptions#withIdColumn}, or of the words of a text of word
   * vectors.
   *
   * @return one for each row, or none at all; of a file that is not text, only readable until it is
   *     closed
   */
  public List<String> ids() {
    return rows.ids();
  }

  @Override
  public void close() {
    rows.close();
  }
}
