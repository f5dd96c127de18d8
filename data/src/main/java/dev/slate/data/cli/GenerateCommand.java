package dev.slate.data.cli;

import dev.slate.data.Distribution;
import dev.slate.data.InputException;
import dev.slate.data.Meme;
import dev.slate.data.VectorGenerator;
import dev.slate.data.VectorWriter;
import dev.slate.data.Vectors;
import dev.slate.kernel.Catalog;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code slate data generate}. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description = "Writes generated vectors. The same seed gives the same bytes.")
final class GenerateCommand implements Callable<Integer> {
  /** Rows that one thread draws at a time, and how much all of them draw between two writes. */
  private static final int STEP_ROWS = 256;

  private static final int PIECE_FLOATS = 1 << 21;

  @Spec private CommandSpec spec;

  @Option(
      names = "--kind",
      required = true,
      paramLabel = "KIND",
      description = "Distribution: ${COMPLETION-CANDIDATES}.")
  private Distribution kind;

  @Option(
      names = "--items",
      required = true,
      paramLabel = "N",
      converter = CountConverter.class,
      description = "Number of rows; k and m mean thousands and millions.")
  private int items;

  @Option(
      names = "--dims",
      paramLabel = "D",
      defaultValue = "5",
      converter = CountConverter.class,
      description = "Numbers in a row (default: ${DEFAULT-VALUE}).")
  private int dims;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "" + VectorGenerator.DEFAULT_SEED,
      description = "Seed of everything random (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--jitter",
      paramLabel = "J",
      defaultValue = "0",
      description =
          "memotion only: move each attribute by at most this, uniformly (default: ${DEFAULT-VALUE}).")
  private float jitter;

  @Option(
      names = "--queries",
      description = "Write unseen queries of the same distribution instead of the items.")
  private boolean queries;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where to: .npy, .fvecs, .fbin, .csv, .tsv, .txt (also .gz) or .hdf5:DATASET.")
  private String out;

  @Override
  public Integer call() {
    VectorGenerator generator = generator();
    Catalog rows = queries ? generator.queries(items) : generator.items(items);
    List<String> names = kind == Distribution.MEMOTION ? Meme.ATTRIBUTES : List.of();
    int pieceRows = Math.max(1, PIECE_FLOATS / dims / STEP_ROWS) * STEP_ROWS;
    float[] piece = new float[Math.min(pieceRows, items) * dims];
    try (VectorWriter writer = Vectors.create(out, dims, names);
        RowProgress progress = new RowProgress(spec.commandLine().getErr(), "generate", items)) {
      for (long first = 0; first < items; first += pieceRows) {
        int count = (int) Math.min(pieceRows, items - first);
        draw(rows, (int) first, count, piece);
        writer.append(piece, 0, count);
        progress.update(first + count);
      }
      writer.commit();
    }
    return 0;
  }

  private VectorGenerator generator() {
    try {
      return new VectorGenerator(kind, dims, seed, jitter);
    } catch (IllegalArgumentException e) {
      // The option says the name of what is wrong.
      String problem = String.valueOf(e.getMessage());
      String option = problem.startsWith("jitter ") ? "--jitter" : "--dims";
      throw new InputException(option, problem.replaceFirst("^(jitter|d) ", ""), e);
    }
  }

  private void draw(Catalog rows, int first, int count, float[] piece) {
    IntStream.range(0, (count + STEP_ROWS - 1) / STEP_ROWS)
        .parallel()
        .forEach(
            step -> {
              int from = step * STEP_ROWS;
              rows.copyRows(first + from, Math.min(STEP_ROWS, count - from), piece, from * dims);
            });
  }
}
