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
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of text, UTF-8 unless a byte order mark says otherwise.
 *
 * <p>How its cells are cut is told by {@link TextDialect}, which of them are numbers by {@link
 * TextLayout}. Every record must have as many cells as the first, and every chosen cell must hold a
 * number; the others may hold anything. Empty lines are skipped, but for a text of one column,
 * where an empty line may be a missing value and is refused.
 */
public final class TextRows implements RowStream {
  private final String spec;
  private final boolean nonFinite;
  private final double @Nullable [] origin;
  private final ReadOptions options;
  private final TextDialect dialect;
  private final TextLayout layout;
  private final Handler handler = new Handler();
  private final CsvReader<Boolean> reader;
  private final CloseableIterator<Boolean> records;
  private final List<String> ids = new ArrayList<>();
  private @Nullable PrecisionSample precision;
  private boolean pending;
  private long row;

  /**
   * Reads the first records.
   *
   * @param spec the file, for errors
   * @param in its bytes; closed with the stream
   * @param ending what its name promises: CSV, TSV or WORDS
   * @param options how to read it
   * @throws InputException if there is no record, a chosen column does not exist or the text is
   *     malformed
   */
  public TextRows(String spec, InputStream in, Ending ending, ReadOptions options) {
    this.spec = spec;
    this.options = options;
    this.nonFinite = options.nonFinite();
    this.origin = options.origin();
    TextHead head = head(in);
    this.dialect = TextDialect.of(head, ending.delimiter(), options);
    List<List<String>> sample =
        dialect.records(head.text().substring(dialect.hint().length()), head.whole());
    this.reader =
        CsvReader.builder()
            .fieldSeparator(dialect.delimiter())
            .quoteCharacter(dialect.quote())
            .skipEmptyLines(true)
            .allowUnclosedQuote(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .build(handler, head.rejoin(dialect.hint(), in), head.charset());
    this.records = reader.iterator();
    if (!advance()) {
      throw new InputException(spec, "holds no rows");
    }
    if (sample.isEmpty() || (sample.size() == 1 && !head.whole())) {
      sample = List.of(handler.first);
    }
    this.layout = TextLayout.of(spec, sample, dialect.decimal(), ending == Ending.WORDS, options);
    for (int i = 0; i < layout.skipped(); i++) {
      handler.first = new ArrayList<>();
      if (!advance()) {
        throw new InputException(spec, "holds no rows");
      }
    }
    int d = layout.columns().length;
    if (d > RowShape.MAX_COLUMNS) {
      throw new InputException(
          spec, "holds rows of " + d + " values; the most is " + RowShape.MAX_COLUMNS);
    }
    if (origin != null && origin.length != d) {
      throw new InputException(
          spec, "has " + d + " columns, but the point to subtract has " + origin.length);
    }
    this.precision = origin == null ? new PrecisionSample(d) : null;
    this.pending = !layout.header();
    handler.take(layout);
  }

  private TextHead head(InputStream in) {
    try {
      TextHead head = TextHead.of(in);
      if (head.charset().equals(StandardCharsets.UTF_8) && Magic.isBinary(head.bytes())) {
        throw new InputException(spec, "is not text: it holds zero bytes");
      }
      return head;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  @Override
  public int dimensions() {
    return layout.columns().length;
  }

  @Override
  public String type() {
    return "text";
  }

  @Override
  public List<String> names() {
    return layout.names();
  }

  @Override
  public List<String> ids() {
    return ids;
  }

  @Override
  public int next(float[] dst, int rows) {
    handler.values = dst;
    return next(rows);
  }

  @Override
  public int nextDoubles(double[] dst, int rows) {
    handler.doubles = dst;
    return next(rows);
  }

  private int next(int rows) {
    int read = 0;
    for (; read < rows; read++) {
      handler.base = read * layout.columns().length;
      if (pending) {
        pending = false;
        handler.replayFirst();
      } else if (!advance()) {
        break;
      }
      row++;
      if (row == PrecisionSample.ROWS) {
        tellPrecision();
      }
    }
    if (read < rows) {
      tellPrecision();
    }
    return read;
  }

  private void tellPrecision() {
    if (precision != null) {
      precision.tell(options.notices());
      precision = null;
    }
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
          .onLine(handler.line());
    } catch (UncheckedIOException e) {
      IOException cause = e.getCause();
      throw unreadable(cause == null ? new IOException(e) : cause);
    }
  }

  private InputException unreadable(IOException failure) {
    String reason =
        failure instanceof EOFException ? "it is cut off" : String.valueOf(failure.getMessage());
    InputException bad = new InputException(spec, "cannot be read: " + reason, failure);
    return handler.line == 0 ? bad : bad.atRow(row).onLine(handler.line());
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
    private static final int ID = -2;
    private static final int EMPTY = -3;

    /** Cells of a record beyond those of the first that are counted before it is refused. */
    private static final int MANY = 1 << 10;

    private List<String> first = new ArrayList<>();
    private int[] slots = {};
    private float[] values = {};
    private double @Nullable [] doubles;
    private int base;
    private boolean taking;
    private int cells;
    private long line;
    private long nextLine;
    private boolean begun;
    private RecordType type = RecordType.DATA;

    void take(TextLayout layout) {
      slots = new int[layout.width()];
      Arrays.fill(slots, SKIPPED);
      if (layout.emptyLast()) {
        slots[slots.length - 1] = EMPTY;
      }
      if (layout.idColumn() >= 0) {
        slots[layout.idColumn()] = ID;
      }
      for (int i = 0; i < layout.columns().length; i++) {
        slots[layout.columns()[i]] = i;
      }
      taking = true;
    }

    /** Where the record stands in the file, from 1. */
    long line() {
      return line + (dialect == null || dialect.hint().isEmpty() ? 0 : 1);
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
        case ID -> ids.add(new String(buf, offset, len).strip());
        case EMPTY -> {
          if (!new String(buf, offset, len).isBlank()) {
            throw at("the last column, empty so far, holds " + quoted(buf, offset, len));
          }
        }
        default -> take(slot, number(buf, offset, len), buf, offset, len);
      }
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
        throw at(
            (empty ? "the cell is empty" : quoted(buf, offset, len) + " is not a number")
                + remedy(new String(buf, offset, len)));
      }
      throw at(NonFinite.problem(new String(buf, offset, len).strip()));
    }

    /** What helps where a whole column, or the first line, was taken for what it is not. */
    private String remedy(String cell) {
      boolean other = NumberCell.isNumber(cell, dialect.decimal() == '.' ? ',' : '.');
      if (row > 0 || other) {
        return "";
      }
      if (!layout.header() && options.header() == Header.AUTO && layout.columns().length > 1) {
        return "; if the line names the columns, say --header yes (--query-header of queries)";
      }
      boolean word = cell.codePoints().anyMatch(Character::isLetter);
      return word && layout.header() && layout.columns().length > 1 && options.columns().isEmpty()
          ? "; --columns takes others, and --id-column of a search names the items"
          : "";
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
}
