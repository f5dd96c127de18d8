package dev.slate.data;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a text that end with LF, CR or both, none longer than {@value #LONGEST} characters: a
 * source without line ends, such as a device, is refused before it fills the heap. Not thread-safe.
 */
public final class TextLines implements AutoCloseable {
  /** Characters of the longest line. */
  static final int LONGEST = 1 << 24;

  private final String source;
  private final Reader reader;
  private final char[] buffer = new char[1 << 13];
  private int from;
  private int to;
  private boolean skipLineFeed;
  private long number;

  /**
   * Takes a text.
   *
   * @param source what it is, for messages
   * @param reader the text
   */
  public TextLines(String source, Reader reader) {
    this.source = source;
    this.reader = reader;
  }

  /**
   * Reads a line.
   *
   * @return the line without its end; null after the last
   * @throws InputException if it is too long, naming it
   * @throws IOException if the reader fails
   */
  public @Nullable String next() throws IOException {
    StringBuilder line = null;
    number++;
    while (fill()) {
      int start = skipLineFeed && buffer[from] == '\n' ? from + 1 : from;
      skipLineFeed = false;
      int end = start;
      while (end < to && buffer[end] != '\n' && buffer[end] != '\r') {
        end++;
      }
      boolean whole = end < to;
      if (line == null && (whole || end > start)) {
        line = new StringBuilder();
      }
      if (line != null) {
        line.append(buffer, start, end - start);
        if (line.length() > LONGEST) {
          throw new InputException(source, "is longer than " + LONGEST + " characters")
              .onLine(number);
        }
      }
      from = end;
      if (whole) {
        skipLineFeed = buffer[end] == '\r';
        from++;
        break;
      }
    }
    return line == null ? null : line.toString();
  }

  /** Whether there are characters left. */
  private boolean fill() throws IOException {
    while (from == to) {
      from = 0;
      to = Math.max(0, reader.read(buffer, 0, buffer.length));
      if (to == 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
