package dev.slate.bench.results;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A file, an option or a value that the caller can correct.
 *
 * <p>The message is one line, {@code <source>: <problem>, row R, line L}, each position only where
 * it is known. Control characters are replaced: the message may quote what a file holds.
 */
public final class BadInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final long UNKNOWN = -1;

  private final String source;
  private final String problem;
  private final long row;
  private final long line;

  /**
   * Bad input with no position.
   *
   * @param source the file, as the caller named it, or the option, such as {@code --alpha}
   * @param problem what is wrong, in a few words, without a full stop
   */
  public BadInputException(String source, String problem) {
    this(source, problem, null);
  }

  /**
   * Bad input with no position, found by another exception.
   *
   * @param source the file, as the caller named it, or the option, such as {@code --alpha}
   * @param problem what is wrong, in a few words, without a full stop
   * @param cause the exception behind it, or null
   */
  public BadInputException(String source, String problem, @Nullable Throwable cause) {
    this(source, problem, UNKNOWN, UNKNOWN, cause);
  }

  /**
   * A file that cannot be written, with the reason.
   *
   * @param source the file, as the caller named it
   * @param cause the exception of the write
   * @return a new exception
   */
  public static BadInputException notWritten(String source, IOException cause) {
    String problem = "cannot be written: " + cause.getMessage();
    if (cause instanceof NoSuchFileException) {
      problem = "its directory does not exist";
    } else if (cause instanceof FileAlreadyExistsException
        || cause instanceof NotDirectoryException
        || String.valueOf(cause.getMessage()).endsWith(": Not a directory")) {
      problem = "a file stands in its way";
    } else if (cause instanceof AccessDeniedException) {
      problem = "permission denied";
    }
    return new BadInputException(source, problem, cause);
  }

  private BadInputException(
      String source, String problem, long row, long line, @Nullable Throwable cause) {
    super(message(source, problem, row, line), cause);
    this.source = source;
    this.problem = problem;
    this.row = row;
    this.line = line;
  }

  /**
   * The same complaint at an entry of a file.
   *
   * @param row counted from 0
   * @return a new exception
   */
  public BadInputException atRow(long row) {
    return new BadInputException(source, problem, row, line, getCause());
  }

  /**
   * The same complaint on a line of a text file.
   *
   * @param line counted from 1
   * @return a new exception
   */
  public BadInputException onLine(long line) {
    return new BadInputException(source, problem, row, line, getCause());
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
   * Returns the line of the text file, where it is known.
   *
   * @return counted from 1
   */
  public OptionalLong line() {
    return line < 0 ? OptionalLong.empty() : OptionalLong.of(line);
  }

  private static String message(String source, String problem, long row, long line) {
    StringBuilder message = new StringBuilder(source).append(": ").append(problem);
    if (row >= 0) {
      message.append(", row ").append(row);
    }
    if (line >= 0) {
      message.append(", line ").append(line);
    }
    return oneLine(message);
  }

  /** A quoted character must neither break the line nor steer a terminal. */
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
