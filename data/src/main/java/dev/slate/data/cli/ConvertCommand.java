package dev.slate.data.cli;

import dev.slate.data.ReadOptions;
import dev.slate.data.VectorStream;
import dev.slate.data.VectorWriter;
import dev.slate.data.Vectors;
import dev.slate.data.format.Formats;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code slate data convert}. */
@Command(
    name = "convert",
    mixinStandardHelpOptions = true,
    description = "Copies vectors from one format to another, in constant memory.")
final class ConvertCommand implements Callable<Integer> {
  private static final int PIECE_FLOATS = 1 << 18;

  @Spec private CommandSpec spec;

  @Option(
      names = "--in",
      required = true,
      paramLabel = "FILE",
      description = "What to read; - is standard input, as CSV.")
  private String in;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description =
          "What to write; .bvecs and .ivecs hold integers, .hdf5:DATASET a new file, all else float32;"
              + " - is standard output, as CSV.")
  private String out;

  @Option(
      names = "--keep",
      split = ",",
      paramLabel = "C",
      description =
          "Columns to copy as text, before the numbers, such as names and authors; of memotion:"
              + " name. To .csv, .tsv, or as words to .txt; held in memory.")
  private List<String> keep = List.of();

  @Mixin private ReadingOptions reading = new ReadingOptions();

  private ReadOptions options() {
    return reading.asked().withNotices(Notices.of(spec.commandLine().getErr(), in));
  }

  private VectorWriter writer(VectorStream rows, KeptColumns kept) {
    if (Inputs.isStandard(out)) {
      return Formats.standardOutput(
          spec.commandLine().getOut(), rows.dimensions(), rows.names(), kept.labels());
    }
    return keep.isEmpty()
        ? Vectors.create(out, rows.dimensions(), rows.names())
        : Vectors.create(out, rows.dimensions(), rows.names(), kept.labels());
  }

  @Override
  public Integer call() {
    try (KeptColumns kept = new KeptColumns(in, keep, options());
        VectorStream rows = Inputs.stream(in, options().withoutColumns(keep));
        VectorWriter writer = writer(rows, kept);
        RowProgress progress =
            new RowProgress(spec.commandLine().getErr(), "convert", rows.size())) {
      int pieceRows = Math.max(1, PIECE_FLOATS / rows.dimensions());
      float[] piece = new float[pieceRows * rows.dimensions()];
      long done = 0;
      for (int count = rows.next(piece, pieceRows);
          count > 0;
          count = rows.next(piece, pieceRows)) {
        kept.read(count);
        writer.append(piece, 0, count);
        done += count;
        progress.update(done);
      }
      writer.commit();
    }
    return 0;
  }
}
