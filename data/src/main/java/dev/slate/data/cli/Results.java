package dev.slate.data.cli;

import dev.slate.data.InputException;
import dev.slate.data.format.BinaryWriter;
import dev.slate.data.format.Ending;
import dev.slate.data.format.Location;
import dev.slate.data.format.TextSink;
import dev.slate.kernel.Slate;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** Where answers go. */
interface Results extends AutoCloseable {
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
   * @param k the most items in an answer; {@link Integer#MAX_VALUE} where there is no limit
   */
  static Results to(@Nullable String file, PrintWriter out, int k) {
    if (file == null) {
      return new Csv(TextSink.standardOutput(out), ',');
    }
    Location location = Location.of(file);
    return switch (location.ending()) {
      case CSV, TSV ->
          new Csv(TextSink.file(location), location.ending() == Ending.TSV ? '\t' : ',');
      case NPY, IVECS -> {
        if (location.ending() == Ending.NPY && k == Integer.MAX_VALUE) {
          throw new InputException(
              file, "rows of .npy have one length, so a radius search needs -k; or use .ivecs");
        }
        yield new Ordinals(BinaryWriter.ofOrdinals(location, k), k);
      }
      case FVECS, BVECS, HDF5 ->
          throw new InputException(file, "answers are written to .csv, .tsv, .ivecs or .npy");
    };
  }

  /** Lines of query, rank, item and score. */
  final class Csv implements Results {
    private final TextSink sink;
    private final char separator;
    private long query;

    Csv(TextSink sink, char separator) {
      this.sink = sink;
      this.separator = separator;
      sink.line().append("query,rank,item,score".replace(',', separator));
      sink.endLine();
    }

    @Override
    public void add(Slate slate) {
      StringBuilder line = sink.line();
      for (int i = 0; i < slate.size(); i++) {
        line.append(query).append(separator).append(i + 1).append(separator);
        line.append(slate.id(i)).append(separator).append(slate.score(i));
        sink.endLine();
      }
      query++;
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
  final class Ordinals implements Results {
    private final BinaryWriter writer;
    private int[] row;

    Ordinals(BinaryWriter writer, int k) {
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
