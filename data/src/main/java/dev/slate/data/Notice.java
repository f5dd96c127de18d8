package dev.slate.data;

import java.util.Objects;

/**
 * A guess that a reader made, or a loss of precision that it noticed. Not an error: an option lets
 * the caller decide otherwise.
 *
 * @param topic which decision it is about
 * @param text one line, without the name of the file
 */
public record Notice(Topic topic, String text) {
  /** The decisions that a reader takes where nobody did. */
  public enum Topic {
    /** Whether the first line of text names the columns. */
    HEADER,
    /** Which columns are attributes. */
    COLUMNS,
    /** Which character stands between the cells of text. */
    DELIMITER,
    /** Which character is the decimal mark. */
    DECIMAL,
    /** Values that float32 cannot tell apart. */
    PRECISION
  }

  /**
   * Creates a notice.
   *
   * @param topic which decision it is about
   * @param text one line
   */
  public Notice {
    Objects.requireNonNull(topic, "topic");
    Objects.requireNonNull(text, "text");
  }
}
