package dev.slate.data.format;

import java.util.List;

/** Rows that could be read in any order, read forward. */
public final class SourceStream implements RowStream {
  private final RowSource rows;
  private int at;

  /**
   * Starts at the first row.
   *
   * @param rows closed with the stream
   */
  public SourceStream(RowSource rows) {
    this.rows = rows;
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
  public List<String> ids() {
    return rows.ids();
  }

  @Override
  public int next(float[] dst, int most) {
    int count = Math.min(most, rows.size() - at);
    rows.read(at, count, dst, 0);
    at += count;
    return count;
  }

  @Override
  public int nextDoubles(double[] dst, int most) {
    int count = Math.min(most, rows.size() - at);
    rows.readDoubles(at, count, dst, 0);
    at += count;
    return count;
  }

  @Override
  public String cell(long row, int column) {
    return rows.cell((int) row, column);
  }

  @Override
  public int fileColumn(int column) {
    return rows.fileColumn(column);
  }

  @Override
  public long size() {
    return rows.size();
  }

  @Override
  public void close() {
    rows.close();
  }
}
