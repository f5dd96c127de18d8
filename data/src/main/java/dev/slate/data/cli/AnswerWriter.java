package dev.slate.data.cli;

import dev.slate.data.InputException;
import dev.slate.data.format.BinaryWriter;
import dev.slate.data.format.Ending;
import dev.slate.data.format.FileSpec;
import dev.slate.data.format.TextSink;
import dev.slate.kernel.Slate;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The output of answers. */
interface AnswerWriter extends AutoCloseable {
  /** Takes the answer to the next query. */
  void add(Slate slate);

  /** Completes the output; a file appears now. */
  void commit();

  @Override
  void close();

  /**
   * Chooses by the name of the file.
   *
   * @param file its name, or null for standard output
   * @param out standard output
   * @param format what answers hold
   */
  static AnswerWriter to(@Nullable String file, PrintWriter out, Format format) {
    if (file == null) {
      return new Csv(TextSink.standardOutput(out), ',', format);
    }
    int k = format.k;
    FileSpec location = FileSpec.ofOutput(file);
    return switch (location.ending()) {
      case CSV, TSV -> new Csv(TextSink.file(location), location.ending().delimiter(), format);
      case NPY, IBIN, IVECS -> {
        if (location.ending() != Ending.IVECS && k == Integer.MAX_VALUE) {
          throw new InputException(
              file, "its rows have one length, so a radius search needs -k; or use .ivecs");
        }
        yield new OrdinalFile(BinaryWriter.ofOrdinals(location, k), k);
      }
      default ->
          throw new InputException(
              file, "answers are written to .csv, .tsv, .ivecs, .ibin or .npy");
    };
  }

  /**
   * What answers hold.
   *
   * @param k the most items in an answer; {@link Integer#MAX_VALUE} where there is no limit
   * @param distances whether a distance stands in place of its square
   * @param ids names of the items, for text; or none, where ordinals stand in their place
   */
  record Format(int k, boolean distances, List<String> ids) {}

  /** Lines of query, rank, item and score. */
  final class Csv implements AnswerWriter {
    private final TextSink sink;
    private final char separator;
    private final Format format;
    private long query;

    Csv(TextSink sink, char separator, Format format) {
      this.sink = sink;
      this.separator = separator;
      this.format = format;
      String names = "query,rank,item," + (format.distances ? "distance" : "score");
      sink.line().append(names.replace(',', separator));
      sink.endLine();
    }

    @Override
    public void add(Slate slate) {
      StringBuilder line = sink.line();
      for (int i = 0; i < slate.size(); i++) {
        line.append(query).append(separator).append(i + 1).append(separator);
        line.append(item(slate, i)).append(separator);
        line.append(format.distances ? slate.distance(i) : slate.score(i));
        sink.endLine();
      }
      query++;
    }

    private String item(Slate slate, int i) {
      return format.ids.isEmpty()
          ? Long.toString(slate.id(i))
          : quoted(format.ids.get(slate.ordinal(i)));
    }

    /** A name as a cell: in quotes where it would break the line. */
    private String quoted(String name) {
      boolean breaks = false;
      for (int i = 0; i < name.length(); i++) {
        char c = name.charAt(i);
        breaks |= c == separator || c == '"' || c == '\n' || c == '\r';
      }
      return breaks ? '"' + name.replace("\"", "\"\"") + '"' : name;
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

  /** A row of ordinals for each query. */
  final class OrdinalFile implements AnswerWriter {
    private final BinaryWriter writer;
    private int[] row;

    OrdinalFile(BinaryWriter writer, int k) {
      this.writer = writer;
      this.row = new int[k == Integer.MAX_VALUE ? 0 : k];
    }

    @Override
    public void add(Slate slate) {
      if (slate.size() > row.length) {
        row = new int[slate.size()];
      }
      for (int i = 0; i < slate.size(); i++) {
        row[i] = slate.ordinal(i);
      }
      writer.appendOrdinals(row, slate.size());
    }

    @Override
    public void commit() {
      writer.commit();
    }

    @Override
    public void close() {
      writer.close();
    }
  }
}
