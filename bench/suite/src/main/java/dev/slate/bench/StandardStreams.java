package dev.slate.bench;

import dev.slate.data.InputException;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * Standard output that stops the command when it cannot be written, and standard error at the
 * descriptor that the launcher names.
 *
 * <p>A {@link PrintStream} swallows every {@link IOException}, so a search whose reader has gone
 * would run to its end for nobody. Unchecked exceptions pass through it: {@link Strict} throws
 * those.
 */
final class StandardStreams {
  /** The launcher passes the JVM's own standard error through a filter, and ours beside it. */
  private static final String ERROR_DESCRIPTOR = "slate.stderr";

  private static final int BUFFER = 1 << 16;

  private StandardStreams() {}

  /** Replaces {@link System#out} and, where the launcher asks for it, {@link System#err}. */
  static void install() {
    FileDescriptor error = descriptor(Integer.getInteger(ERROR_DESCRIPTOR));
    if (error != null) {
      System.setErr(new PrintStream(new FileOutputStream(error), true));
    }
    System.setOut(strict(new FileOutputStream(FileDescriptor.out)));
  }

  /**
   * A print stream that does not swallow failures.
   *
   * @param sink where the bytes go
   * @return buffered; whoever ends the JVM flushes it
   */
  static PrintStream strict(OutputStream sink) {
    return new PrintStream(new BufferedOutputStream(new Strict(sink), BUFFER));
  }

  /** An open descriptor by its number: Java can name only 0, 1 and 2. */
  private static @Nullable FileDescriptor descriptor(@Nullable Integer number) {
    if (number == null) {
      return null;
    }
    try {
      FileDescriptor descriptor = new FileDescriptor();
      Field field = FileDescriptor.class.getDeclaredField("fd");
      field.setAccessible(true);
      field.setInt(descriptor, number);
      return descriptor;
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null;
    }
  }

  private static final class Strict extends FilterOutputStream {
    Strict(OutputStream sink) {
      super(sink);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        throw failure(e);
      }
    }

    @Override
    public void flush() {
      try {
        out.flush();
      } catch (IOException e) {
        throw failure(e);
      }
    }

    private static RuntimeException failure(IOException e) {
      String reason = String.valueOf(e.getMessage());
      return reason.contains("Broken pipe")
          ? new ClosedPipeException(e)
          : new InputException("standard output", "cannot be written: " + reason, e);
    }
  }
}
