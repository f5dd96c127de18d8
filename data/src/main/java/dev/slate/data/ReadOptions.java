package dev.slate.data;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** How vectors are read. Immutable: each {@code with} method returns new options. */
public final class ReadOptions {
  /** The decimal mark or the delimiter is told from the text. */
  public static final char GUESSED = '\0';

  /** All columns, header, delimiter and decimal mark told from the text, finite values only. */
  public static final ReadOptions DEFAULT = new ReadOptions();

  private List<String> columns = List.of();
  private List<String> leftOut = List.of();
  private Header header = Header.AUTO;
  private char delimiter = GUESSED;
  private char decimal = GUESSED;
  private @Nullable String idColumn;
  private double @Nullable [] origin;
  private boolean nonFinite;
  private LongConsumer progress = rows -> {};
  private Consumer<Notice> notices = notice -> {};

  private ReadOptions() {}

  private ReadOptions(ReadOptions other) {
    this.columns = other.columns;
    this.leftOut = other.leftOut;
    this.header = other.header;
    this.delimiter = other.delimiter;
    this.decimal = other.decimal;
    this.idColumn = other.idColumn;
    this.origin = other.origin;
    this.nonFinite = other.nonFinite;
    this.progress = other.progress;
    this.notices = other.notices;
  }

  /**
   * Chooses columns, of any format.
   *
   * @param columns the columns to take, in this order: names from the header, numbers from 0, or
   *     ranges of numbers such as {@code 0-127}; empty for all
   * @return new options
   */
  public ReadOptions withColumns(List<String> columns) {
    ReadOptions options = new ReadOptions(this);
    options.columns = List.copyOf(columns);
    return options;
  }

  /**
   * Leaves columns of text out, where {@link #withColumns} chooses none.
   *
   * @param columns names from the header, or numbers from 0
   * @return new options
   */
  public ReadOptions withoutColumns(List<String> columns) {
    ReadOptions options = new ReadOptions(this);
    options.leftOut = List.copyOf(columns);
    return options;
  }

  /**
   * Says whether the first line of text names the columns; other formats have no header.
   *
   * @param header whether it does
   * @return new options
   */
  public ReadOptions withHeader(Header header) {
    ReadOptions options = new ReadOptions(this);
    options.header = Objects.requireNonNull(header, "header");
    return options;
  }

  /**
   * Says which character stands between the cells of text.
   *
   * @param delimiter that character; a blank stands for any number of blanks; {@link #GUESSED} to
   *     tell it from the text
   * @return new options
   * @throws IllegalArgumentException if the delimiter is a quote or ends a line
   */
  public ReadOptions withDelimiter(char delimiter) {
    if (delimiter == '"' || delimiter == '\n' || delimiter == '\r') {
      throw new IllegalArgumentException("a quote or the end of a line is no delimiter");
    }
    ReadOptions options = new ReadOptions(this);
    options.delimiter = delimiter;
    return options;
  }

  /**
   * Says which character is the decimal mark of text.
   *
   * @param decimal a point, a comma, or {@link #GUESSED} to tell it from the text
   * @return new options
   * @throws IllegalArgumentException if it is anything else
   */
  public ReadOptions withDecimal(char decimal) {
    if (decimal != '.' && decimal != ',' && decimal != GUESSED) {
      throw new IllegalArgumentException("a decimal mark is . or ,");
    }
    ReadOptions options = new ReadOptions(this);
    options.decimal = decimal;
    return options;
  }

  /**
   * Takes a column for names of the rows, which {@link VectorFile#ids} returns. It is no attribute,
   * unless it is chosen as one.
   *
   * @param column its name from the header or its number from 0; null for none
   * @return new options
   */
  public ReadOptions withIdColumn(@Nullable String column) {
    ReadOptions options = new ReadOptions(this);
    options.idColumn = column;
    return options;
  }

  /**
   * Subtracts a point from each row, in double, before values are rounded to float32. So small
   * differences between large values survive; see {@link Vectors#midpoints}.
   *
   * @param origin a value for each column that is taken, copied; null for none
   * @return new options
   */
  public ReadOptions withOrigin(double @Nullable [] origin) {
    ReadOptions options = new ReadOptions(this);
    options.origin = origin == null ? null : origin.clone();
    return options;
  }

  /**
   * Lets NaN and infinities pass, which are bad input otherwise.
   *
   * @return new options
   */
  public ReadOptions withNonFinite() {
    ReadOptions options = new ReadOptions(this);
    options.nonFinite = true;
    return options;
  }

  /**
   * Tells how far the reading of a text into memory is.
   *
   * @param progress told how many rows there are so far, now and then, by the thread that reads
   * @return new options
   */
  public ReadOptions withProgress(LongConsumer progress) {
    ReadOptions options = new ReadOptions(this);
    options.progress = Objects.requireNonNull(progress, "progress");
    return options;
  }

  /**
   * Tells which guesses were made, and what was lost.
   *
   * @param notices told while a file is opened, by the thread that opens it
   * @return new options
   */
  public ReadOptions withNotices(Consumer<Notice> notices) {
    ReadOptions options = new ReadOptions(this);
    options.notices = Objects.requireNonNull(notices, "notices");
    return options;
  }

  /**
   * The columns to take.
   *
   * @return names, numbers or ranges; empty for all
   */
  public List<String> columns() {
    return columns;
  }

  /**
   * The columns to leave out.
   *
   * @return names or numbers; empty for none
   */
  public List<String> leftOut() {
    return leftOut;
  }

  /**
   * Whether the first line of text names the columns.
   *
   * @return as set
   */
  public Header header() {
    return header;
  }

  /**
   * The character between the cells of text.
   *
   * @return as set, or {@link #GUESSED}
   */
  public char delimiter() {
    return delimiter;
  }

  /**
   * The decimal mark of text.
   *
   * @return as set, or {@link #GUESSED}
   */
  public char decimal() {
    return decimal;
  }

  /**
   * The column that names the rows.
   *
   * @return its name or number, or null
   */
  public @Nullable String idColumn() {
    return idColumn;
  }

  /**
   * What is subtracted from each row.
   *
   * @return a copy, or null
   */
  public double @Nullable [] origin() {
    return origin == null ? null : origin.clone();
  }

  /**
   * Whether NaN and infinities pass.
   *
   * @return false unless set
   */
  public boolean nonFinite() {
    return nonFinite;
  }

  /**
   * Who is told how many rows of a text are in memory.
   *
   * @return never null
   */
  public LongConsumer progress() {
    return progress;
  }

  /**
   * Who is told of guesses and losses.
   *
   * @return never null
   */
  public Consumer<Notice> notices() {
    return notices;
  }
}
