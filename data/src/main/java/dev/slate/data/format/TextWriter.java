package dev.slate.data.format;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.slate.data.VectorWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/** Writes CSV and TSV: values as {@link Float#toString}, so that they are read back to the bit. */
final class TextWriter implements VectorWriter {
  private final TextSink sink;
  private final char separator;
  private final int d;
  private final List<List<String>> labels;
  private int row;

  TextWriter(FileSpec location, int d, List<String> names) {
    this(location, d, names, new LinkedHashMap<>());
  }

  /** With columns of text before the numbers, by name; such lists grow while rows are read. */
  TextWriter(
      FileSpec location, int d, List<String> names, SequencedMap<String, List<String>> labels) {
    this(TextSink.file(location), location.ending(), d, names, labels);
  }

  TextWriter(
      TextSink sink,
      Ending ending,
      int d,
      List<String> names,
      SequencedMap<String, List<String>> labels) {
    this.sink = sink;
    this.separator = ending.delimiter();
    this.d = d;
    this.labels = List.copyOf(labels.values());
    // Text with blanks between has no header.
    if (!(names.isEmpty() && labels.isEmpty()) && ending != Ending.WORDS) {
      List<String> all = new ArrayList<>(labels.keySet());
      all.addAll(names.isEmpty() ? numbered(d) : names);
      sink.line().append(cells(all));
      sink.endLine();
    }
  }

  /** A header that no number of a column could be taken for a row. */
  private static List<String> numbered(int d) {
    return IntStream.range(0, d).mapToObj(j -> "x" + j).toList();
  }

  private String cells(List<String> cells) {
    StringWriter line = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().fieldSeparator(separator).build(line)) {
      csv.writeRecord(cells);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return line.toString().stripTrailing();
  }

  @Override
  public void append(float[] rows, int offset, int count) {
    Objects.checkFromIndexSize(offset, (long) count * d, rows.length);
    StringBuilder line = sink.line();
    for (int r = 0, at = offset; r < count; r++, row++) {
      if (!labels.isEmpty()) {
        line.append(cells(labels.stream().map(texts -> texts.get(row)).toList())).append(separator);
      }
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
