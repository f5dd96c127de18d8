package dev.slate.recommend.feedback;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.slate.data.GzipStream;
import dev.slate.data.InputException;
import dev.slate.data.OtherFormats;
import dev.slate.data.Undecoded;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Records of a text file, {@code .gz} too, with positions for complaints. For one thread. */
public final class TextRecords implements Table {
  /** What may separate cells in place of commas. */
  private static final char[] SEPARATORS = {';', '\t'};

  private static final byte[] UTF_8_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final String spec;
  private final char separator;
  private final CsvReader<CsvRecord> reader;
  private final CloseableIterator<CsvRecord> records;
  private @Nullable CsvRecord record;
  private List<String> header = List.of();

  private TextRecords(String spec, char separator, CsvReader<CsvRecord> reader) {
    this.spec = spec;
    this.separator = separator;
    this.reader = reader;
    this.records = reader.iterator();
  }

  /** Opens comma-separated text, UTF-8, quoted as RFC 4180 says. */
  public static TextRecords csv(String spec) {
    return open(spec, ',', '"', StandardCharsets.UTF_8);
  }

  /**
   * Opens text with a header, UTF-8, quoted as RFC 4180 says, whose cells are separated by what
   * separates those of the header: commas, or semicolons or tabs where it has no comma.
   */
  public static TextRecords separated(String spec) {
    TextRecords commas = csv(spec).header();
    String first = commas.names().get(0);
    for (char separator : SEPARATORS) {
      if (commas.names().size() == 1 && first.indexOf(separator) >= 0) {
        commas.close();
        return open(spec, separator, '"', StandardCharsets.UTF_8).header();
      }
    }
    return commas;
  }

  /** Opens text whose cells are never quoted. */
  public static TextRecords plain(String spec, char separator, Charset charset) {
    return open(spec, separator, '\0', charset);
  }

  private static TextRecords open(String spec, char separator, char quote, Charset charset) {
    try {
      OtherFormats.refuse(spec);
      InputStream bytes = Files.newInputStream(Path.of(spec));
      InputStream text = spec.endsWith(".gz") ? new GzipStream(bytes) : bytes;
      BufferedInputStream marked = new BufferedInputStream(text, 1 << 16);
      CsvReader.CsvReaderBuilder builder =
          CsvReader.builder()
              .fieldSeparator(separator)
              .quoteCharacter(quote)
              .detectBomHeader(charset.equals(StandardCharsets.UTF_8))
              .skipEmptyLines(true)
              .allowUnclosedQuote(false)
              .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
              .missingFieldStrategy(FieldMismatchStrategy.IGNORE);
      return new TextRecords(
          spec,
          separator,
          charset.equals(StandardCharsets.UTF_8) && isUtf8(marked)
              ? builder.detectBomHeader(false).ofCsvRecord(Undecoded.reader(marked, charset))
              : builder.ofCsvRecord(marked, charset));
    } catch (NoSuchFileException | InvalidPathException e) {
      throw new InputException(spec, "no such file", e);
    } catch (IOException e) {
      throw unreadable(spec, e);
    }
  }

  /** Whether no byte order mark says that the text is UTF-16 or UTF-32; skips that of UTF-8. */
  private static boolean isUtf8(BufferedInputStream in) throws IOException {
    in.mark(UTF_8_MARK.length);
    byte[] head = in.readNBytes(UTF_8_MARK.length);
    if (Arrays.equals(head, UTF_8_MARK)) {
      return true;
    }
    in.reset();
    return head.length == 0 || (head[0] != 0 && (head[0] & 0xff) < 0xfe);
  }

  private static InputException unreadable(String spec, IOException e) {
    String reason = Files.isDirectory(Path.of(spec)) ? "is a directory" : "cannot be read";
    reason = e instanceof EOFException ? "is cut off" : reason;
    reason = e instanceof ZipException ? "cannot be unpacked: " + e.getMessage() : reason;
    return new InputException(spec, reason, e);
  }

  /** Takes the next record as the header. */
  public TextRecords header() {
    if (!next()) {
      throw new InputException(spec, "is empty");
    }
    header = current().getFields().stream().map(String::strip).toList();
    return this;
  }

  /** What separates cells. */
  public char separator() {
    return separator;
  }

  @Override
  public List<String> names() {
    return header;
  }

  @Override
  public String spec() {
    return spec;
  }

  @Override
  public boolean next() {
    try {
      if (!records.hasNext()) {
        return false;
      }
      record = records.next();
      return true;
    } catch (CsvParseException | UncheckedIOException e) {
      for (Throwable at = e; at != null; at = at.getCause()) {
        if (at instanceof EOFException || at instanceof ZipException) {
          throw unreadable(spec, (IOException) at);
        }
      }
      throw new InputException(spec, "is not well-formed: " + e.getMessage(), e);
    }
  }

  /** Hands each remaining record to an action. */
  public void each(Consumer<TextRecords> action) {
    while (next()) {
      action.accept(this);
    }
  }

  /** Number of cells of the record. */
  public int width() {
    return current().getFieldCount();
  }

  /** A cell of the record without blanks around it, perhaps empty. */
  public String cell(int column) {
    return current().getField(column).strip();
  }

  @Override
  public String text(int column) {
    if (column >= width()) {
      throw bad("has %d columns, not %d".formatted(width(), column + 1));
    }
    String text = current().getField(column).strip();
    if (text.isEmpty()) {
      throw bad("a cell is empty").atColumn(column);
    }
    if (text.indexOf(Undecoded.MARK) >= 0) { // Ids that differ there would become one id.
      throw bad("a cell has bytes that are not UTF-8").atColumn(column);
    }
    return text;
  }

  /** {@inheritDoc} Where cells are not separated by commas, one comma may be the decimal mark. */
  @Override
  public float number(int column) {
    String text = text(column);
    boolean comma = separator != ',' && text.indexOf('.') < 0;
    try {
      float value = Float.parseFloat(comma ? text.replace(',', '.') : text);
      if (Float.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw bad("'" + text + "' is not a number").atColumn(column);
    }
    throw bad("'" + text + "' is not finite").atColumn(column);
  }

  @Override
  public long time(int column) {
    String text = text(column);
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      try {
        double value = Double.parseDouble(text);
        if (Math.abs(value) < 9e18) {
          return (long) value;
        }
      } catch (NumberFormatException again) {
        throw bad("'" + text + "' is not a time: a number is expected").atColumn(column);
      }
      throw bad("'" + text + "' is not a time").atColumn(column);
    }
  }

  @Override
  public InputException bad(String problem) {
    return new InputException(spec, problem).onLine(current().getStartingLineNumber());
  }

  private CsvRecord current() {
    CsvRecord now = record;
    if (now == null) {
      throw new IllegalStateException("next has not been called");
    }
    return now;
  }

  @Override
  public void close() {
    try {
      records.close();
      reader.close();
    } catch (IOException e) {
      throw unreadable(spec, e);
    }
  }
}
