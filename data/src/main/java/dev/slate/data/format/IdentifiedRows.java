package dev.slate.data.format;

import dev.slate.data.InputException;
import java.util.AbstractList;
import java.util.List;
import java.util.stream.IntStream;

/** Rows of which one column is their name. */
final class IdentifiedRows implements RowSource {
  private final RowSource rows;
  private final int column;

  IdentifiedRows(RowSource rows, int column) {
    this.rows = rows;
    this.column = column;
  }

  /** The other columns. */
  int[] attributes(String spec) {
    if (rows.dimensions() == 1) {
      throw new InputException(spec, "has no column besides the one that names the rows");
    }
    return IntStream.range(0, rows.dimensions()).filter(other -> other != column).toArray();
  }

  @Override
  public List<String> ids() {
    return new AbstractList<>() {
      @Override
      public int size() {
        return rows.size();
      }

      @Override
      public String get(int row) {
        return rows.cell(row, column).replaceFirst("\\.0$", "");
      }
    };
  }

  @Override
  public int size() {
    return rows.size();
  }

  @Override
  public int dimensions() {
    return rows.dimensions();
  }

  @Override
  public String type() {
    return rows.type();
  }

  @Override
  public List<String> names() {
    return rows.names();
  }

  @Override
  public void read(int first, int count, float[] dst, int offset) {
    rows.read(first, count, dst, offset);
  }

  @Override
  public void readDoubles(int first, int count, double[] dst, int offset) {
    rows.readDoubles(first, count, dst, offset);
  }

  @Override
  public boolean rounds() {
    return rows.rounds();
  }

  @Override
  public String cell(int row, int column) {
    return rows.cell(row, column);
  }

  @Override
  public void close() {
    rows.close();
  }
}
