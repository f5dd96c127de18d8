package dev.slate.data.format;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import dev.slate.data.Header;
import dev.slate.data.InputException;
import dev.slate.data.Notice.Topic;
import dev.slate.data.ReadOptions;
import dev.slate.data.Undecoded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the cells of a text into numbers, and what cannot be one into an error that names row,
 * column and line. Keeps the cells of the first record as text until it is known which columns are
 * wanted. Takes cells straight from the parser's buffer: no object is made for a cell or a record.
 */
final class CellHandler extends CsvCallbackHandler<Boolean> {
  private static final int SKIPPED = -1;
  private static final int ID = -2;
  private static final int EMPTY = -3;

  /** Cells of a record beyond those of the first that are counted before it is refused. */
  private static final int MANY = 1 << 10;

  private final String spec;
  private final ReadOptions options;
  private final TextDialect dialect;
  private final boolean nonFinite;
  private final double @Nullable [] origin;
  private final List<String> ids = new ArrayList<>();
  private @Nullable TextLayout layout;
  private @Nullable PrecisionSample precision;
  private List<String> first = new ArrayList<>();
  private int[] slots = {};
  private float[] values = {};
  private double @Nullable [] doubles;
  private int base;
  private boolean taking;
  private long row;
  private int cells;
  private long line;
  private long nextLine;
  private boolean begun;
  private RecordType type = RecordType.DATA;

  /**
   * Prepares to read.
   *
   * @param spec the file, for errors
   */
  CellHandler(String spec, ReadOptions options, TextDialect dialect) {
    this.spec = spec;
    this.options = options;
    this.dialect = dialect;
    this.nonFinite = options.nonFinite();
    this.origin = options.origin();
  }

  /** The cells of the first record. */
  List<String> first() {
    return first;
  }

  /** Forgets the first record: the next one takes its place. */
  void skipFirst() {
    first = new ArrayList<>();
  }

  /** From now on takes numbers and ids from the columns of a layout. */
  void take(TextLayout layout) {
    this.layout = layout;
    int d = layout.columns().length;
    precision = origin == null ? new PrecisionSample(d) : null;
    slots = new int[layout.width()];
    Arrays.fill(slots, SKIPPED);
    if (layout.emptyLast()) {
      slots[slots.length - 1] = EMPTY;
    }
    if (layout.idColumn() >= 0) {
      slots[layout.idColumn()] = ID;
    }
    for (int i = 0; i < d; i++) {
      slots[layout.columns()[i]] = i;
    }
    taking = true;
  }

  /** Where floats go; {@link #seek} says at which index. */
  void to(float[] values) {
    this.values = values;
  }

  /** Where doubles go instead of floats. */
  void to(double[] doubles) {
    this.doubles = doubles;
  }

  /** The next row's first value goes to this index. */
  void seek(int base) {
    this.base = base;
  }

  /** Counts a row that was taken; after enough of them tells whether float32 loses digits. */
  void endRow() {
    row++;
    if (row == PrecisionSample.ROWS) {
      tellPrecision();
    }
  }

  /** Number of rows that were taken. */
  long rows() {
    return row;
  }

  /** Tells whether float32 loses digits of the rows so far, unless that was told. */
  void tellPrecision() {
    if (precision != null) {
      precision.tell(options.notices());
      precision = null;
    }
  }

  /** The ids so far. */
  List<String> ids() {
    return ids;
  }

  /** Whether a record was begun, so that there is a place for errors to name. */
  boolean hasPlace() {
    return line > 0;
  }

  /** Adds the row and the line of the present record to an error. */
  InputException atPlace(InputException bad) {
    return bad.atRow(row).onLine(line());
  }

  /** Where the record stands in the file, from 1. */
  private long line() {
    return line + (dialect.hint().isEmpty() ? 0 : 1);
  }

  /** Gives the first record a second time, now as numbers. */
  void replayFirst() {
    cells = 0;
    for (String cell : first) {
      addField(cell.toCharArray(), 0, cell.length(), false);
    }
    first = List.of();
  }

  @Override
  protected void beginRecord(long startingLineNumber) {
    line = startingLineNumber;
    begun = false;
    cells = 0;
    type = RecordType.DATA;
  }

  @Override
  protected void addField(char[] buf, int offset, int len, boolean quoted) {
    if (len == 0 && dialect.blanks()) {
      return;
    }
    if (!begun) {
      begin();
    }
    for (int i = offset; quoted && i < offset + len; i++) {
      boolean pair = buf[i] == '\r' && i + 1 < offset + len && buf[i + 1] == '\n';
      nextLine += (buf[i] == '\n' || buf[i] == '\r') && !pair ? 1 : 0;
    }
    if (!taking) {
      if (first.size() == RowShape.MAX_COLUMNS) {
        throw new InputException(
                spec, "the first line has more than " + RowShape.MAX_COLUMNS + " cells")
            .onLine(line());
      }
      first.add(new String(buf, offset, len));
      return;
    }
    if (cells < slots.length) {
      take(slots[cells], buf, offset, len);
    } else if (cells > slots.length + MANY) {
      throw new InputException(
              spec, "the row has more than " + cells + " cells, the first row " + slots.length)
          .atRow(row)
          .onLine(line());
    }
    cells++;
  }

  /** The record is no empty line. */
  private void begin() {
    begun = true;
    if (taking && slots.length == 1 && line > nextLine) {
      line = nextLine;
      throw at("an empty line in a text of one column is no number");
    }
    nextLine = line + 1;
  }

  private void take(int slot, char[] buf, int offset, int len) {
    switch (slot) {
      case SKIPPED -> {}
      case ID -> ids.add(name(new String(buf, offset, len).strip()));
      case EMPTY -> {
        if (!new String(buf, offset, len).isBlank()) {
          throw at("the last column, empty so far, holds " + quoted(buf, offset, len));
        }
      }
      default -> take(slot, number(buf, offset, len), buf, offset, len);
    }
  }

  /** Names that differ in bytes that are no text would become one name. */
  private String name(String cell) {
    if (cell.indexOf(Undecoded.MARK) >= 0) {
      throw at(
          "'"
              + Spelling.excerpt(cell)
              + "' is a name with bytes that are not UTF-8: convert the text, or leave names out");
    }
    return cell;
  }

  /** Keeps a number, as it is wanted: a double, a difference in double, or a float. */
  private void take(int slot, float value, char[] buf, int offset, int len) {
    if (doubles == null && origin == null && precision == null) {
      values[base + slot] = value;
      return;
    }
    double exact = NumberCell.parseDouble(buf, offset, len, dialect.decimal());
    if (precision != null) {
      precision.add(slot, exact);
    }
    if (doubles != null) {
      doubles[base + slot] = exact;
    } else {
      values[base + slot] = origin == null ? value : (float) (exact - origin[slot]);
    }
  }

  private float number(char[] buf, int offset, int len) {
    try {
      float value = NumberCell.parse(buf, offset, len, dialect.decimal());
      if (nonFinite || Float.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      boolean empty = new String(buf, offset, len).isBlank();
      String problem = empty ? "the cell is empty" : quoted(buf, offset, len) + " is not a number";
      Topic guess = guess(new String(buf, offset, len));
      throw guess == null
          ? at(problem)
          : at(problem
                  + (guess == Topic.HEADER
                      ? "; the first line was taken for a row"
                      : "; its column was taken for an attribute"))
              .afterGuess(guess);
    }
    throw at(NonFinite.problem(new String(buf, offset, len).strip()));
  }

  /** What was guessed, and may be wrong, of the first row's cell: its line, or its column. */
  private @Nullable Topic guess(String cell) {
    boolean other = NumberCell.isNumber(cell, dialect.decimal() == '.' ? ',' : '.');
    if (row > 0 || other || layout == null) {
      return null;
    }
    if (!layout.header() && options.header() == Header.AUTO && layout.columns().length > 1) {
      return Topic.HEADER;
    }
    boolean word = cell.codePoints().anyMatch(Character::isLetter);
    return word && layout.header() && layout.columns().length > 1 && options.columns().isEmpty()
        ? Topic.COLUMNS
        : null;
  }

  private String quoted(char[] buf, int offset, int len) {
    return "'" + Spelling.excerpt(new String(buf, offset, len).strip()) + "'";
  }

  private InputException at(String problem) {
    return new InputException(spec, problem).atRow(row).atColumn(cells).onLine(line());
  }

  @Override
  protected Boolean buildRecord() {
    if (taking && type == RecordType.DATA && cells != slots.length) {
      throw new InputException(
              spec,
              "the row has "
                  + cells
                  + (cells == 1 ? " cell" : " cells")
                  + ", the first row "
                  + slots.length)
          .atRow(row)
          .onLine(line());
    }
    return Boolean.TRUE;
  }

  @Override
  protected void setComment(char[] buf, int offset, int len) {
    type = RecordType.COMMENT;
  }

  @Override
  protected void setEmpty() {
    type = RecordType.EMPTY;
  }

  @Override
  protected RecordType getRecordType() {
    return type;
  }

  @Override
  protected int getFieldCount() {
    return cells;
  }
}
