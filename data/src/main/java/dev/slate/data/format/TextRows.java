package dev.slate.data.format;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.slate.data.InputException;
import dev.slate.data.ReadOptions;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Rows of text, UTF-8 unless a byte order mark says otherwise.
 *
 * <p>{@link TextDialect} says how records are divided into cells, {@link TextLayout} which cells
 * are numbers, and {@link CellHandler} reads them. Every record must have as many cells as the
 * first one, and every chosen cell must hold a number. Empty lines are skipped, except in a text of
 * one column, where an empty line may be a missing value and is refused.
 */
public final class TextRows implements RowStream {
  private final String spec;
  private final TextLayout layout;
  private final CellHandler handler;
  private final CsvReader<Boolean> reader;
  private final CloseableIterator<Boolean> records;
  private boolean pending;

  /**
   * Reads the first records.
   *
   * @param spec the file, for errors
   * @param in its bytes; closed with the stream
   * @param ending the format that its name stands for: CSV, TSV or WORDS
   * @param options how to read it
   * @throws InputException if there is no record, a chosen column does not exist or the text is
   *     malformed
   */
  public TextRows(String spec, InputStream in, Ending ending, ReadOptions options) {
    this.spec = spec;
    TextHead head = head(spec, in);
    TextDialect dialect = TextDialect.of(head, ending.delimiter(), options);
    this.handler = new CellHandler(spec, options, dialect);
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
            .build(handler, head.rejoin(dialect.hint(), in));
    this.records = reader.iterator();
    if (!advance()) {
      throw new InputException(spec, "holds no rows");
    }
    if (sample.isEmpty() || (sample.size() == 1 && !head.whole())) {
      sample = List.of(handler.first());
    }
    this.layout = TextLayout.of(spec, sample, dialect.decimal(), ending == Ending.WORDS, options);
    if (layout.promised() >= 0) {
      handler.skipFirst();
      if (!advance()) {
        throw new InputException(spec, "holds no rows");
      }
    }
    int d = layout.columns().length;
    if (d > RowShape.MAX_COLUMNS) {
      throw new InputException(
          spec, "holds rows of " + d + " values; the most is " + RowShape.MAX_COLUMNS);
    }
    double[] origin = options.origin();
    if (origin != null && origin.length != d) {
      throw new InputException(
          spec, "has " + d + " columns, but the point to subtract has " + origin.length);
    }
    this.pending = !layout.header();
    handler.take(layout);
  }

  private static TextHead head(String spec, InputStream in) {
    try {
      TextHead head = TextHead.of(in);
      if (head.charset().equals(StandardCharsets.UTF_8)) {
        Magic magic = Magic.of(head.bytes());
        if (magic != null) {
          throw magic.refusal(spec, "text");
        }
        if (Magic.isBinary(head.bytes())) {
          throw new InputException(spec, "is not text: it holds zero bytes");
        }
      }
      return head;
    } catch (IOException e) {
      throw unreadable(spec, e);
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
    return handler.ids();
  }

  @Override
  public int next(float[] dst, int rows) {
    handler.to(dst);
    return next(rows);
  }

  @Override
  public int nextDoubles(double[] dst, int rows) {
    handler.to(dst);
    return next(rows);
  }

  private int next(int rows) {
    int read = 0;
    for (; read < rows; read++) {
      handler.seek(read * layout.columns().length);
      if (pending) {
        pending = false;
        handler.replayFirst();
      } else if (!advance()) {
        requirePromised();
        break;
      }
      handler.endRow();
    }
    if (read < rows) {
      handler.tellPrecision();
    }
    return read;
  }

  private void requirePromised() {
    if (handler.rows() < layout.promised()) {
      throw new InputException(
          spec,
          "is cut off: its first line promises "
              + layout.promised()
              + " rows, but "
              + handler.rows()
              + " are there; delete that line to read them");
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
      throw handler.atPlace(new InputException(spec, "is not well-formed: " + e.getMessage(), e));
    } catch (UncheckedIOException e) {
      IOException cause = e.getCause();
      throw unreadable(cause == null ? new IOException(e) : cause);
    }
  }

  private InputException unreadable(IOException failure) {
    InputException bad = unreadable(spec, failure);
    return handler.hasPlace() ? handler.atPlace(bad) : bad;
  }

  private static InputException unreadable(String spec, IOException failure) {
    String reason =
        failure instanceof EOFException ? "it is cut off" : String.valueOf(failure.getMessage());
    return new InputException(spec, "cannot be read: " + reason, failure);
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }
}
