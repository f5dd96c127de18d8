package dev.slate.recommend.feedback;

import dev.slate.recommend.Feedback;
import dev.slate.recommend.Kind;
import dev.slate.recommend.Names;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Whole lines of a file as bytes, and their rows as columns. A user or an item that was known when
 * the block was parsed has its ordinal; the others are numbered within the block, in order of their
 * first rows. Used again for other lines; one thread at a time.
 */
final class PlainBlock {
  /** Powers of ten that a float holds exactly. */
  private static final float[] TENS = {1, 1e1f, 1e2f, 1e3f, 1e4f, 1e5f, 1e6f, 1e7f, 1e8f, 1e9f};

  /** Whole numbers up to this one are floats. */
  private static final long EXACT = 1 << 24;

  /** Decimal digits that always fit a long. */
  private static final int DIGITS = 18;

  final byte[] bytes;
  final NameColumn user = new NameColumn();
  final NameColumn item = new NameColumn();
  float[] value = new float[0];
  long[] time = new long[0];
  Kind[] kind = new Kind[0];
  private final RowLayout layout;
  private final int[] starts;
  private final int[] ends;
  private final Names words = new Names();
  private Kind[] kindOfWord = new Kind[16];
  private int start;
  private int length;
  private int rows;
  private boolean whole;

  PlainBlock(RowLayout layout, int size) {
    this.layout = layout;
    this.bytes = new byte[size];
    this.starts = new int[layout.last() + 1];
    this.ends = new int[layout.last() + 1];
  }

  /** Names in a column: ordinals, or ~n for the n-th name that is new. */
  static final class NameColumn {
    private int[] ordinals = new int[0];
    private Names unknown = new Names();

    /** The ordinal of a row, or ~n. */
    int at(int row) {
      return ordinals[row];
    }

    /** Adds the new names to those that are known; their ordinals. */
    int[] ordinals(Names known) {
      int[] added = new int[unknown.size()];
      for (int i = 0; i < added.length; i++) {
        added[i] = known.add(unknown.get(i));
      }
      return added;
    }

    private void start(int rows) {
      ordinals = rows > ordinals.length ? new int[rows] : ordinals;
      unknown = new Names();
    }

    private void set(int row, Names known, byte[] text, int from, int to) {
      int ordinal = known.find(text, from, to);
      ordinals[row] = ordinal >= 0 ? ordinal : ~unknown.add(text, from, to);
    }
  }

  /** Takes the first bytes as the lines. */
  void length(int now) {
    start = 0;
    length = now;
  }

  /** Number of rows before the first that is not plain. */
  int rows() {
    return rows;
  }

  /** Whether all rows are plain. */
  boolean whole() {
    return whole;
  }

  /** Leaves the first line out that is not empty; false where it is not plain, or not there. */
  boolean skipHeader() {
    while (start < length) {
      int end = lineEnd(start);
      boolean empty = end == start || (end == start + 1 && bytes[start] == '\r');
      for (int i = start; i < end; i++) {
        if (!plain(i, end)) {
          return false;
        }
      }
      start = end + 1;
      if (!empty) {
        return true;
      }
    }
    return false;
  }

  private int lineEnd(int from) {
    int end = from;
    while (end < length && bytes[end] != '\n') {
      end++;
    }
    return end;
  }

  /** Whether a byte means itself; a carriage return does so only before the end of a line. */
  private boolean plain(int at, int end) {
    byte b = bytes[at];
    return b > 0 && (b != '"' || !layout.quotes()) && (b != '\r' || at == end - 1);
  }

  /** Parses the lines; reads the names that are known and leaves them as they are. */
  void parse(Names users, Names items) {
    int lines = 1;
    for (int i = start; i < length; i++) {
      lines += bytes[i] == '\n' ? 1 : 0;
    }
    user.start(lines);
    item.start(lines);
    if (lines > value.length) {
      value = new float[lines];
      time = new long[lines];
      kind = new Kind[lines];
    }
    rows = 0;
    whole = true;
    for (int from = start; whole && from < length; ) {
      int end = lineEnd(from);
      int to = end > from && bytes[end - 1] == '\r' ? end - 1 : end;
      if (to > from) {
        whole = row(from, to, users, items);
        rows += whole ? 1 : 0;
      }
      from = end + 1;
    }
  }

  private boolean row(int from, int to, Names users, Names items) {
    int column = 0;
    int cell = from;
    for (int i = from; i <= to; i++) {
      if (i == to || bytes[i] == layout.separator()) {
        if (column < starts.length) {
          starts[column] = cell;
          ends[column] = i;
        }
        column++;
        cell = i + 1;
      } else if (!plain(i, to + 1)) {
        return false;
      }
    }
    return column >= starts.length && cells(users, items);
  }

  private boolean cells(Names users, Names items) {
    if (!text(layout.user()) || !text(layout.item()) || !number() || !time() || !kind()) {
      return false;
    }
    user.set(rows, users, bytes, starts[layout.user()], ends[layout.user()]);
    item.set(rows, items, bytes, starts[layout.item()], ends[layout.item()]);
    return true;
  }

  /** Whether a cell has something in it, and no blanks around that. */
  private boolean text(int column) {
    int from = starts[column];
    int to = ends[column];
    return from < to && bytes[from] > ' ' && bytes[to - 1] > ' ';
  }

  private boolean number() {
    if (layout.value() < 0) {
      value[rows] = 1;
      return true;
    }
    value[rows] = number(layout.value());
    return Float.isFinite(value[rows]) && layout.accepts(value[rows]);
  }

  /**
   * The number in a cell as {@link Float#parseFloat} has it, or NaN. With whole numbers and powers
   * of ten that are floats, the quotient is rounded once, and correctly.
   */
  private float number(int column) {
    int from = starts[column];
    int to = ends[column];
    boolean negative = from < to && bytes[from] == '-';
    long whole = 0;
    int fraction = -1;
    int digits = 0;
    for (int i = negative ? from + 1 : from; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit >= 0 && digit <= 9 && digits < DIGITS) {
        whole = 10 * whole + digit;
        digits++;
        fraction += fraction >= 0 ? 1 : 0;
      } else if (bytes[i] == '.' && fraction < 0) {
        fraction = 0;
      } else {
        return parsed(column);
      }
    }
    int shift = Math.max(0, fraction);
    if (digits == 0 || whole > EXACT || shift >= TENS.length) {
      return parsed(column);
    }
    float number = whole / TENS[shift];
    return negative ? -number : number;
  }

  private float parsed(int column) {
    if (!text(column)) {
      return Float.NaN;
    }
    try {
      return Float.parseFloat(string(column));
    } catch (NumberFormatException e) {
      return Float.NaN;
    }
  }

  private String string(int column) {
    return new String(
        bytes, starts[column], ends[column] - starts[column], StandardCharsets.US_ASCII);
  }

  private boolean time() {
    if (layout.time() < 0) {
      time[rows] = Feedback.NO_TIME;
      return true;
    }
    int from = starts[layout.time()];
    int to = ends[layout.time()];
    if (from == to || to - from > DIGITS) {
      return false;
    }
    long whole = 0;
    for (int i = from; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return false;
      }
      whole = 10 * whole + digit;
    }
    time[rows] = whole;
    return true;
  }

  private boolean kind() {
    Kind fixed = layout.fixed();
    if (fixed != null) {
      kind[rows] = fixed;
      return true;
    }
    if (layout.chosen()) {
      float chosen = number(layout.kind());
      kind[rows] = chosen == 0 ? Kind.SHOWN : Kind.CLICK;
      return Float.isFinite(chosen);
    }
    if (!text(layout.kind())) {
      return false;
    }
    int word = words.find(bytes, starts[layout.kind()], ends[layout.kind()]);
    if (word < 0) {
      Kind told = Kind.of(string(layout.kind()));
      if (told == null) {
        return false;
      }
      word = words.add(string(layout.kind()));
      if (word == kindOfWord.length) {
        kindOfWord = Arrays.copyOf(kindOfWord, 2 * word);
      }
      kindOfWord[word] = told;
    }
    kind[rows] = kindOfWord[word];
    return true;
  }
}
