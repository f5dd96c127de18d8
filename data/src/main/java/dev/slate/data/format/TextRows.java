package dev.slate.data.format;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.RecordType;
import dev.slate.data.Header;
import dev.slate.data.InputException;
import dev.slate.data.ReadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of comma- or tab-separated text, UTF-8 unless a byte order mark says otherwise.
 *
 * <p>The first record is a header as {@link dev.slate.data.Header} says. Every record must have as
 * many cells as the first, and every chosen cell must hold a number; the others may hold anything.
 * Empty lines are skipped.
 */
public final class TextRows implements RowStream {
  private final String spec;
  private final boolean nonFinite;
  private final Handler handler = new Handler();
  private final CsvReader<Boolean> reader;
  private final CloseableIterator<Boolean> records;
  private final int[] columns;
  private final List<String> names;
  private boolean pending;
  private long row;

  /**
   * Reads the first record.
   *
   * @param spec the file, for errors
   * @param in its bytes; closed with the stream
   * @param separator between cells
   * @param options columns, header, and whether NaN and infinities pass
   * @throws InputException if there is no record, a chosen column does not exist or the text is
   *     malformed
   */
  public TextRows(String spec, InputStream in, char separator, ReadOptions options) {
    this.spec = spec;
    this.nonFinite = options.nonFinite();
    this.reader =
        CsvReader.builder()
            .fieldSeparator(separator)
            .detectBomHeader(true)
            .skipEmptyLines(true)
            .allowUnclosedQuote(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .build(handler, in);
    this.records = reader.iterator();
    if (!advance()) {
      throw new InputException(spec, "holds no rows");
    }
    List<String> first = handler.first;
    int width = first.size();
    if (options.header() == Header.NO && ColumnChoice.byName(options.columns())) {
      throw new InputException(
          spec, "is read without a header, so columns have numbers, not names");
    }
    this.columns = ColumnChoice.resolve(spec, options.columns(), first, width);
    if (columns.length > Shape.MAX_COLUMNS) {
      throw new InputException(
          spec, "holds rows of " + columns.length + " values; the most is " + Shape.MAX_COLUMNS);
    }
    boolean header =
        switch (options.header()) {
          case YES -> true;
          case NO -> false;
          case AUTO ->
              ColumnChoice.byName(options.columns())
                  || Arrays.stream(columns)
                      .noneMatch(column -> NumberCell.isNumber(first.get(column)));
        };
    List<String> taken = new ArrayList<>();
    for (int column : columns) {
      taken.add(first.get(column).strip());
    }
    this.names = header ? List.copyOf(taken) : List.of();
    this.pending = !header;
    handler.take(width, columns);
  }

  @Override
  public int dimensions() {
    return columns.length;
  }

  @Override
  public String type() {
    return "text";
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public int next(float[] dst, int rows) {
    handler.values = dst;
    int read = 0;
    for (; read < rows; read++) {
      handler.base = read * columns.length;
      if (pending) {
        pending = false;
        handler.replayFirst();
      } else if (!advance()) {
        break;
      }
      row++;
    }
    return read;
  }

  private boolean advance() {
    try {
      if (!records.hasNext()) {
        return false;
      }
      records.next();
      return true;
    } catch (CsvParseException e) {
      if (e.getCause() instanceof InputException known) {
        throw known;
      }
      throw new InputException(spec, "is not well-formed: " + e.getMessage(), e)
          .atRow(row)
          .onLine(handler.line);
    } catch (UncheckedIOException e) {
      throw unreadable(e);
    }
  }

  private InputException unreadable(Exception failure) {
    Throwable cause = failure.getCause();
    return new InputException(
            spec, "cannot be read: " + (cause == null ? failure : cause).getMessage(), failure)
        .atRow(row)
        .onLine(handler.line);
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Takes cells straight from the parser's buffer: no object is made for a cell or a record. */
  private final class Handler extends CsvCallbackHandler<Boolean> {
    private static final int SKIPPED = -1;

    private List<String> first = new ArrayList<>();
    private int[] slots = {};
    private float[] values = {};
    private int base;
    private boolean taking;
    private int cells;
    private long line;
    private RecordType type = RecordType.DATA;

    void take(int width, int[] columns) {
      slots = new int[width];
      Arrays.fill(slots, SKIPPED);
      for (int i = 0; i < columns.length; i++) {
        slots[columns[i]] = i;
      }
      taking = true;
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
      cells = 0;
      type = RecordType.DATA;
    }

    @Override
    protected void addField(char[] buf, int offset, int len, boolean quoted) {
      if (!taking) {
        first.add(new String(buf, offset, len));
        return;
      }
      if (cells < slots.length && slots[cells] != SKIPPED) {
        values[base + slots[cells]] = number(buf, offset, len);
      }
      cells++;
    }

    private float number(char[] buf, int offset, int len) {
      try {
        float value = NumberCell.parse(buf, offset, len);
        if (nonFinite || Float.isFinite(value)) {
          return value;
        }
      } catch (NumberFormatException e) {
        String text = new String(buf, offset, len).strip();
        throw at(text.isEmpty() ? "the cell is empty" : "'" + excerpt(text) + "' is not a number");
      }
      throw at(NonFinite.problem(new String(buf, offset, len).strip()));
    }

    private InputException at(String problem) {
      return new InputException(spec, problem).atRow(row).atColumn(cells).onLine(line);
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
            .onLine(line);
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

  private static String excerpt(String text) {
    String oneLine = text.replaceAll("\\s+", " ");
    return oneLine.length() <= 40 ? oneLine : oneLine.substring(0, 37) + "...";
  }
}
