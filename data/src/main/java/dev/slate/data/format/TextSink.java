package dev.slate.data.format;

import dev.slate.data.OutputFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Collects lines of text and passes them on in large pieces. For one thread. */
public final class TextSink implements AutoCloseable {
  private static final int PIECE = 1 << 16;

  private final StringBuilder text = new StringBuilder(PIECE + 1024);
  private final @Nullable OutputFile output;
  private final Pieces pieces;
  private final Closeable end;
  private final String name;

  private TextSink(@Nullable OutputFile output, Pieces pieces, Closeable end, String name) {
    this.output = output;
    this.pieces = pieces;
    this.end = end;
    this.name = name;
  }

  /** Takes text, piece by piece. */
  private interface Pieces {
    void take(String text) throws IOException;
  }

  /**
   * Starts a file.
   *
   * @param location its name, with or without {@code .gz}
   * @return an empty sink
   * @throws dev.slate.data.InputException if it cannot be written
   */
  public static TextSink file(FileSpec location) {
    OutputFile output = OutputFile.create(location.spec());
    try {
      OutputStream out =
          location.gzip() ? new GZIPOutputStream(output.stream(), PIECE) : output.stream();
      return new TextSink(
          output, text -> out.write(text.getBytes(StandardCharsets.UTF_8)), out, location.spec());
    } catch (IOException e) {
      output.close();
      throw OutputFile.unwritable(location.spec(), e);
    }
  }

  /**
   * Passes lines on to standard output, which stays open.
   *
   * @param out standard output
   * @return an empty sink
   */
  public static TextSink standardOutput(PrintWriter out) {
    Pieces pieces =
        text -> {
          out.write(text);
          if (out.checkError()) {
            throw new IOException("it is closed");
          }
        };
    return new TextSink(null, pieces, out::flush, "standard output");
  }

  /**
   * Where to append the next line.
   *
   * @return the text that is not written yet
   */
  public StringBuilder line() {
    return text;
  }

  /** Ends a line. */
  public void endLine() {
    text.append('\n');
    if (text.length() >= PIECE) {
      flush();
    }
  }

  private void flush() {
    try {
      pieces.take(text.toString());
      text.setLength(0);
    } catch (IOException e) {
      throw OutputFile.unwritable(name, e);
    }
  }

  /** Passes on what is left; completes a file and gives it its name. */
  public void commit() {
    flush();
    try {
      end.close();
      if (output != null) {
        output.commit();
      }
    } catch (IOException e) {
      throw OutputFile.unwritable(name, e);
    }
  }

  @Override
  public void close() {
    if (output != null) {
      output.close();
    }
  }
}
