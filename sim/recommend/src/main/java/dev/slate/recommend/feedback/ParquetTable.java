package dev.slate.recommend.feedback;

import dev.slate.data.InputException;
import dev.slate.data.TableFile;
import java.util.List;

/** Rows of a table in Parquet. */
final class ParquetTable implements Table {
  private final String spec;
  private final TableFile rows;
  private final List<String> names;

  ParquetTable(String spec) {
    this.spec = spec;
    this.rows = TableFile.open(spec);
    this.names = rows.names();
  }

  /** Chooses the columns to read; called once, before the first row. */
  void take(int... columns) {
    rows.take(columns);
  }

  @Override
  public String spec() {
    return spec;
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public boolean next() {
    return rows.next();
  }

  @Override
  public String text(int column) {
    String text = rows.text(column).strip();
    if (text.isEmpty()) {
      throw bad("a cell is empty").atColumn(column);
    }
    return text;
  }

  @Override
  public float number(int column) {
    float value = (float) rows.number(column);
    if (!Float.isFinite(value)) {
      throw bad("'" + text(column) + "' is not finite").atColumn(column);
    }
    return value;
  }

  @Override
  public long time(int column) {
    double value = rows.number(column);
    if (!(Math.abs(value) < 9e18)) {
      throw bad("'" + text(column) + "' is not a time").atColumn(column);
    }
    return (long) value;
  }

  @Override
  public InputException bad(String problem) {
    return rows.bad(problem);
  }

  @Override
  public void close() {
    rows.close();
  }
}
