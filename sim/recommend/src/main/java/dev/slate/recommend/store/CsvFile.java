package dev.slate.recommend.store;

import dev.slate.data.OutputFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Writes comma-separated text that appears under its name when it is whole. For one thread. */
public final class CsvFile implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final OutputFile file;
  private final OutputStream out;
  private final StringBuilder text = new StringBuilder();

  /** Starts a file with a header. */
  public CsvFile(Path path, String header) {
    this.file = OutputFile.create(path.toString());
    this.out = file.stream();
    text.append(header).append('\n');
  }

  /**
   * Writes a whole file, but for its commit.
   *
   * @param path its name
   * @param header its first line
   * @param content appends its rows
   * @return the file, all of which is on the disk
   */
  public static CsvFile of(Path path, String header, Consumer<CsvFile> content) {
    CsvFile file = new CsvFile(path, header);
    boolean whole = false;
    try {
      content.accept(file);
      file.flush();
      whole = true;
    } finally {
      if (!whole) {
        file.close();
      }
    }
    return file;
  }

  /** Appends a row; cells of text are quoted where they need it. */
  public void row(Object... cells) {
    for (int i = 0; i < cells.length; i++) {
      text.append(i == 0 ? "" : ",");
      text.append(cells[i] instanceof String cell ? quoted(cell) : String.valueOf(cells[i]));
    }
    text.append('\n');
    if (text.length() > BUFFER) {
      flush();
    }
  }

  /** Appends whole rows, each with its end. */
  public void text(CharSequence rows) {
    text.append(rows);
    if (text.length() > BUFFER) {
      flush();
    }
  }

  /** A cell as RFC 4180 has it. */
  public static String quoted(String cell) {
    for (int i = 0; i < cell.length(); i++) {
      char c = cell.charAt(i);
      if (c == ',' || c == '"' || c == '\n' || c == '\r') {
        return '"' + cell.replace("\"", "\"\"") + '"';
      }
    }
    return cell;
  }

  private void flush() {
    try {
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw OutputFile.unwritable(file.name(), e);
    }
    text.setLength(0);
  }

  /** Gives the file its name. */
  public void commit() {
    flush();
    file.commit();
  }

  @Override
  public void close() {
    file.close();
  }
}
