package dev.slate.data;

import dev.slate.data.format.Ending;
import dev.slate.data.format.FileSpec;
import dev.slate.data.format.ParquetColumn;
import dev.slate.data.format.ParquetFiles;
import dev.slate.data.format.ParquetNumbers;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of a table in Parquet, once, in the order of the file; of a folder of files, in that of
 * their names. A cell is text, a number or a point in time. For one thread.
 */
public final class TableFile implements AutoCloseable {
  private static final int NOT_TAKEN = -1;

  private final String spec;
  private final ParquetFiles files;
  private final List<ParquetColumn> columns;
  private final int[] places;
  private Object[] cells = {};
  private int rows;
  private int row;

  private TableFile(String spec, ParquetFiles files) {
    this.spec = spec;
    this.files = files;
    this.columns = files.columns();
    this.places = new int[columns.size()];
    Arrays.fill(places, NOT_TAKEN);
  }

  /**
   * Tells whether a name is that of such a table.
   *
   * @param spec name of a file
   * @return true if it ends in {@code .parquet}
   */
  public static boolean isNamed(String spec) {
    return FileSpec.isNamed(spec, Ending.PARQUET);
  }

  /**
   * Opens a table.
   *
   * @param spec name of a file, or of a folder of files
   * @return the table, of which columns are to be taken
   * @throws InputException if it cannot be read
   */
  public static TableFile open(String spec) {
    return new TableFile(spec, new ParquetFiles(FileSpec.ofInput(spec)));
  }

  /**
   * The names of all columns.
   *
   * @return one for each column
   */
  public List<String> names() {
    return columns.stream().map(ParquetColumn::name).toList();
  }

  /**
   * Chooses the columns to read; called once, before the first row.
   *
   * @param chosen numbers of columns, from 0
   * @throws InputException if one holds lists, or something else that is no cell
   */
  public void take(int... chosen) {
    int[] distinct = Arrays.stream(chosen).distinct().toArray();
    for (int place = 0; place < distinct.length; place++) {
      ParquetColumn column = columns.get(distinct[place]);
      if (!column.isName() && !column.isTime()) {
        throw new InputException(
            spec, "column " + column + " holds neither text nor numbers nor times");
      }
      places[distinct[place]] = place;
    }
    files.begin(Arrays.stream(distinct).mapToObj(columns::get).toList());
    cells = new Object[distinct.length];
  }

  /**
   * Moves to the next row.
   *
   * @return false after the last
   * @throws InputException if a value is missing, or a file is damaged or lacks a column
   */
  public boolean next() {
    row++;
    if (row < rows) {
      return true;
    }
    row = 0;
    rows = files.nextBatch();
    for (int column = 0; column < places.length && rows > 0; column++) {
      if (places[column] != NOT_TAKEN) {
        cells[places[column]] =
            columns.get(column).isText()
                ? files.texts(places[column])
                : files.numbers(places[column]);
      }
    }
    return rows > 0;
  }

  /**
   * A cell as text.
   *
   * @param column a column that is taken
   * @return the text, or the digits of a number or of the seconds since 1970
   */
  public String text(int column) {
    return cells[places[column]] instanceof ParquetNumbers numbers
        ? numbers.text(row)
        : (String) ((List<?>) cells[places[column]]).get(row);
  }

  /**
   * A cell as a number.
   *
   * @param column a column that is taken
   * @return the number, or seconds since 1970; integers beyond 2^53 are rounded
   * @throws InputException if the cell holds text
   */
  public double number(int column) {
    if (cells[places[column]] instanceof ParquetNumbers numbers) {
      return numbers.real(row);
    }
    throw bad("'" + text(column) + "' is text, and a number is expected").atColumn(column);
  }

  /**
   * A complaint about the row.
   *
   * @param problem what is wrong, in a few words, without a full stop
   * @return the exception to throw, with the file and the row
   */
  public InputException bad(String problem) {
    return files.bad(row, problem);
  }

  @Override
  public void close() {
    files.close();
  }
}
