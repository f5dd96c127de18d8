package dev.slate.data.format;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Some columns of rows. */
final class ChosenRows implements RowSource {
  private static final int PIECE_FLOATS = 1 << 14;

  private final RowSource rows;
  private final int[] columns;

  ChosenRows(RowSource rows, int[] columns) {
    this.rows = rows;
    this.columns = columns;
  }

  @Override
  public int size() {
    return rows.size();
  }

  @Override
  public int dimensions() {
    return columns.length;
  }

  @Override
  public String type() {
    return rows.type();
  }

  @Override
  public List<String> names() {
    List<String> all = rows.names();
    return all.isEmpty() ? all : Arrays.stream(columns).mapToObj(all::get).toList();
  }

  @Override
  public void read(int first, int count, float[] dst, int offset) {
    Objects.checkFromIndexSize(first, count, rows.size());
    int width = rows.dimensions();
    int pieceRows = Math.max(1, Math.min(count, PIECE_FLOATS / width));
    float[] piece = new float[pieceRows * width];
    int to = offset;
    for (int done = 0; done < count; ) {
      int some = Math.min(pieceRows, count - done);
      rows.read(first + done, some, piece, 0);
      for (int r = 0; r < some; r++) {
        for (int column : columns) {
          dst[to++] = piece[r * width + column];
        }
      }
      done += some;
    }
  }

  @Override
  public void readDoubles(int first, int count, double[] dst, int offset) {
    int width = rows.dimensions();
    double[] row = new double[width];
    int to = offset;
    for (int r = first; r < first + count; r++) {
      rows.readDoubles(r, 1, row, 0);
      for (int column : columns) {
        dst[to++] = row[column];
      }
    }
  }

  @Override
  public List<String> ids() {
    return rows.ids();
  }

  @Override
  public boolean rounds() {
    return rows.rounds();
  }

  @Override
  public String cell(int row, int column) {
    return rows.cell(row, columns[column]);
  }

  @Override
  public int fileColumn(int column) {
    return rows.fileColumn(columns[column]);
  }

  @Override
  public void close() {
    rows.close();
  }
}
