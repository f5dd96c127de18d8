package dev.slate.data.format;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.slate.data.VectorWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** Writes CSV and TSV: values as {@link Float#toString}, so that they are read back to the bit. */
final class TextWriter implements VectorWriter {
  private final TextSink sink;
  private final char separator;
  private final int d;

  TextWriter(Location location, int d, List<String> names) {
    this.sink = TextSink.file(location);
    this.separator = location.ending().delimiter();
    this.d = d;
    // Text with blanks between has no header.
    if (!names.isEmpty() && location.ending() != Ending.WORDS) {
      sink.line().append(header(names));
      sink.endLine();
    }
  }

  private String header(List<String> names) {
    StringWriter line = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().fieldSeparator(separator).build(line)) {
      csv.writeRecord(names);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return line.toString().stripTrailing();
  }

  @Override
  public void append(float[] rows, int offset, int count) {
    Objects.checkFromIndexSize(offset, (long) count * d, rows.length);
    StringBuilder line = sink.line();
    for (int r = 0, at = offset; r < count; r++) {
      for (int j = 0; j < d; j++) {
        if (j > 0) {
          line.append(separator);
        }
        line.append(rows[at++]);
      }
      sink.endLine();
    }
  }

  @Override
  public void commit() {
    sink.commit();
  }

  @Override
  public void close() {
    sink.close();
  }
}
