package dev.slate.data.format;

import dev.slate.data.InputException;
import java.util.List;

/** Rows from which a point is subtracted, in double, before they are rounded to float32. */
final class ShiftedRows implements RowSource {
  private static final int PIECE = 1 << 14;

  private final RowSource rows;
  private final double[] origin;

  ShiftedRows(String spec, RowSource rows, double[] origin) {
    if (origin.length != rows.dimensions()) {
      throw new InputException(
          spec,
          "has " + rows.dimensions() + " columns, but the point to subtract has " + origin.length);
    }
    this.rows = rows;
    this.origin = origin;
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
  public List<String> ids() {
    return rows.ids();
  }

  @Override
  public void read(int first, int count, float[] dst, int offset) {
    int d = origin.length;
    int pieceRows = Math.max(1, Math.min(count, PIECE / d));
    double[] piece = new double[pieceRows * d];
    for (int done = 0; done < count; ) {
      int some = Math.min(pieceRows, count - done);
      rows.readDoubles(first + done, some, piece, 0);
      for (int i = 0; i < some * d; i++) {
        dst[offset + done * d + i] = (float) (piece[i] - origin[i % d]);
      }
      done += some;
    }
  }

  @Override
  public String cell(int row, int column) {
    return rows.cell(row, column);
  }

  @Override
  public int fileColumn(int column) {
    return rows.fileColumn(column);
  }

  @Override
  public void close() {
    rows.close();
  }
}
