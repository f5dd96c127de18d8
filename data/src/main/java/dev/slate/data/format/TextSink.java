package dev.slate.data.format;

import dev.slate.data.OutputFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Collects lines of text and writes them in large pieces to a file. For one thread. */
public final class TextSink implements AutoCloseable {
  private static final int PIECE = 1 << 16;

  private final OutputFile output;
  private final OutputStream out;
  private final StringBuilder text = new StringBuilder(PIECE + 1024);

  /**
   * Starts a file.
   *
   * @param location its name, with or without {@code .gz}
   * @throws dev.slate.data.InputException if it cannot be written
   */
  public TextSink(Location location) {
    this.output = OutputFile.create(location.spec());
    try {
      this.out = location.gzip() ? new GZIPOutputStream(output.stream(), PIECE) : output.stream();
    } catch (IOException e) {
      output.close();
      throw OutputFile.unwritable(location.spec(), e);
    }
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
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
      text.setLength(0);
    } catch (IOException e) {
      throw OutputFile.unwritable(output.name(), e);
    }
  }

  /** Completes the file and gives it its name. */
  public void commit() {
    flush();
    try {
      out.close();
    } catch (IOException e) {
      throw OutputFile.unwritable(output.name(), e);
    }
    output.commit();
  }

  @Override
  public void close() {
    output.close();
  }
}
