package dev.slate.data;

import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Bad input: a file, an option or a value that the caller can correct.
 *
 * <p>The message is one line, {@code <source>: <problem>, row R, column C, line L}; a position that
 * is not known is left out. Rows and columns count from 0, lines of a text file from 1. Control
 * characters in quotations from a file are replaced.
 */
public final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final long UNKNOWN = -1;

  private final String source;
  private final String problem;
  private final long row;
  private final long column;
  private final long line;
  private final Notice.@Nullable Topic guess;

  /**
   * Bad input with no position.
   *
   * @param source the file, as the caller named it, or the option, such as {@code --items}
   * @param problem what is wrong, in a few words, without a full stop
   */
  public InputException(String source, String problem) {
    this(source, problem, null);
  }

  /**
   * Bad input with no position, found by another exception.
   *
   * @param source the file, as the caller named it, or the option, such as {@code --items}
   * @param problem what is wrong, in a few words, without a full stop
   * @param cause the exception behind it, or null
   */
  public InputException(String source, String problem, @Nullable Throwable cause) {
    this(source, problem, UNKNOWN, UNKNOWN, UNKNOWN, null, cause);
  }

  private InputException(
      String source,
      String problem,
      long row,
      long column,
      long line,
      Notice.@Nullable Topic guess,
      @Nullable Throwable cause) {
    super(message(source, problem, row, column, line), cause);
    this.source = source;
    this.problem = problem;
    this.row = row;
    this.column = column;
    this.line = line;
    this.guess = guess;
  }

  /**
   * The same complaint at a row.
   *
   * @param row counted from 0
   * @return a new exception
   */
  public InputException atRow(long row) {
    return new InputException(source, problem, row, column, line, guess, getCause());
  }

  /**
   * The same complaint at a column.
   *
   * @param column counted from 0
   * @return a new exception
   */
  public InputException atColumn(long column) {
    return new InputException(source, problem, row, column, line, guess, getCause());
  }

  /**
   * The same complaint on a line of a text file.
   *
   * @param line counted from 1
   * @return a new exception
   */
  public InputException onLine(long line) {
    return new InputException(source, problem, row, column, line, guess, getCause());
  }

  /**
   * The same complaint, which a wrong guess of the reader may have led to.
   *
   * @param guess what the reader decided because nobody did
   * @return a new exception
   */
  public InputException afterGuess(Notice.Topic guess) {
    return new InputException(source, problem, row, column, line, guess, getCause());
  }

  /**
   * Returns the reader's decision that may be wrong, where there is one: stating it in {@link
   * ReadOptions} may help.
   *
   * @return as given
   */
  public Optional<Notice.Topic> guess() {
    return Optional.ofNullable(guess);
  }

  /**
   * Returns the file or the option that is at fault.
   *
   * @return as given
   */
  public String source() {
    return source;
  }

  /**
   * Returns what is wrong, without the source and the position.
   *
   * @return as given
   */
  public String problem() {
    return problem;
  }

  /**
   * Returns the row, where it is known.
   *
   * @return counted from 0
   */
  public OptionalLong row() {
    return known(row);
  }

  /**
   * Returns the column, where it is known.
   *
   * @return counted from 0
   */
  public OptionalLong column() {
    return known(column);
  }

  /**
   * Returns the line of the text file, where it is known.
   *
   * @return counted from 1
   */
  public OptionalLong line() {
    return known(line);
  }

  private static OptionalLong known(long position) {
    return position < 0 ? OptionalLong.empty() : OptionalLong.of(position);
  }

  private static String message(String source, String problem, long row, long column, long line) {
    StringBuilder message = new StringBuilder(source).append(": ").append(problem);
    if (row >= 0) {
      message.append(", row ").append(row);
    }
    if (column >= 0) {
      message.append(", column ").append(column);
    }
    if (line >= 0) {
      message.append(", line ").append(line);
    }
    return oneLine(message);
  }

  /** What a file holds may be quoted: it must neither break the line nor steer a terminal. */
  private static String oneLine(StringBuilder message) {
    for (int i = 0; i < message.length(); i++) {
      char c = message.charAt(i);
      if (Character.isISOControl(c)) {
        message.setCharAt(i, Character.isWhitespace(c) ? ' ' : '\ufffd');
      }
    }
    return message.toString();
  }
}
