package dev.slate.data.cli;

import dev.slate.data.InputException;
import dev.slate.data.ReadOptions;
import dev.slate.data.VectorFile;
import dev.slate.data.format.FileSpec;
import dev.slate.kernel.Index;
import dev.slate.kernel.Opening;
import dev.slate.kernel.Plan;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code slate data describe}. */
@Command(
    name = "describe",
    mixinStandardHelpOptions = true,
    description =
        "Prints shape, range and moments of each column, duplicate rows, and values that are not finite;"
            + " of an index (.slate) its shape, metric and plan.")
final class DescribeCommand implements Callable<Integer> {
  private static final int PIECE_FLOATS = 1 << 16;
  private static final long TABLE_SHARE = 4;
  private static final List<String> READING =
      List.of("--columns", "--header", "--delimiter", "--decimal");

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "What to read; - is standard input, as CSV.")
  private String file;

  @Mixin private ReadingOptions reading = new ReadingOptions();

  private long nonFinite;
  private String firstNonFinite = "";

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    if (StoredIndex.isNamed(file)) {
      StoredIndex.refuse(spec, file, READING);
      describe(StoredIndex.open(file, Opening.LOAD), out);
      return 0;
    }
    if (describedAsLists(out)) {
      return 0;
    }
    ReadOptions options = reading.asked().withNonFinite();
    try (VectorFile rows = Inputs.open(file, options, err)) {
      ColumnMoments moments = moments(rows, err);
      long distinct;
      try (RowProgress progress = new RowProgress(err, "duplicates", rows.size())) {
        long bytes = Runtime.getRuntime().maxMemory() / TABLE_SHARE;
        distinct = new DistinctRows(rows, bytes).count(progress);
      }
      out.printf("%s: %d x %d, %s%n", file, rows.size(), rows.dimensions(), rows.type());
      print(out, moments, rows);
      out.printf(
          "distinct rows: %d (%d repeat an earlier row)%n", distinct, rows.size() - distinct);
      out.println(
          "values that are not finite: " + (nonFinite == 0 ? "none" : nonFinite + firstNonFinite));
      out.flush();
    }
    return 0;
  }

  private void describe(StoredIndex stored, PrintWriter out) {
    Index index = stored.index();
    Plan plan = index.plan();
    out.printf(
        Locale.ROOT,
        "%s: %d x %d, an index for %s%n",
        file,
        index.size(),
        index.dimensions(),
        index.metric().name().toLowerCase(Locale.ROOT));
    out.println("strategy: " + plan.strategy().name().toLowerCase(Locale.ROOT));
    plan.reasons().forEach(reason -> out.println("  " + reason));
    plan.settings().forEach((name, value) -> out.println("setting: " + name + " = " + value));
    out.printf(Locale.ROOT, "heap: %.1f MB%n", (index.bytes() + index.idBytes()) / 1e6);
    boolean ids = index.idBytes() > 0;
    out.println("items: " + (stored.names().isEmpty() ? ids ? "ids" : "ordinals" : "names"));
    out.println("centered: " + (stored.origin() == null ? "no" : "yes"));
    out.flush();
  }

  /** Rows of different lengths are lists of neighbours, not vectors. */
  private boolean describedAsLists(PrintWriter out) {
    if (!file.toLowerCase(Locale.ROOT).matches(".*\\.ivecs(\\.gz)?")) {
      return false;
    }
    long rows = 0;
    long values = 0;
    int least = Integer.MAX_VALUE;
    int most = 0;
    try (IvecsReader lists = new IvecsReader(FileSpec.ofInput(file).requireReadable())) {
      for (int[] row = lists.next(); row != null; row = lists.next()) {
        rows++;
        values += row.length;
        least = Math.min(least, row.length);
        most = Math.max(most, row.length);
      }
    } catch (InputException e) {
      // The reader of vectors says better what is wrong.
      return false;
    }
    if (least == most && least > 0) {
      return false;
    }
    out.printf("%s: %d lists of %d to %d int32, %d in all%n", file, rows, least, most, values);
    out.flush();
    return true;
  }

  private ColumnMoments moments(VectorFile rows, PrintWriter err) {
    int n = rows.size();
    int d = rows.dimensions();
    ColumnMoments moments = new ColumnMoments(d);
    int pieceRows = Math.max(1, PIECE_FLOATS / d);
    float[] piece = new float[Math.min(pieceRows, n) * d];
    try (RowProgress progress = new RowProgress(err, "columns", n)) {
      for (long first = 0; first < n; first += pieceRows) {
        int count = (int) Math.min(pieceRows, n - first);
        rows.copyRows((int) first, count, piece, 0);
        moments.add(piece, count);
        countNonFinite(piece, (int) first, count, d);
        progress.update(first + count);
      }
    }
    return moments;
  }

  private void countNonFinite(float[] piece, int first, int count, int d) {
    for (int i = 0; i < count * d; i++) {
      if (!Float.isFinite(piece[i])) {
        if (nonFinite == 0) {
          firstNonFinite =
              ", the first %s, row %d, column %d".formatted(piece[i], first + i / d, i % d);
        }
        nonFinite++;
      }
    }
  }

  private static void print(PrintWriter out, ColumnMoments moments, VectorFile rows) {
    List<String> names = rows.names();
    int width = names.stream().mapToInt(String::length).max().orElse(0);
    width = Math.max(6, Math.min(width, 30));
    String format = "%-" + width + "s %14s %14s %14s %14s%n";
    out.printf(format, "column", "min", "max", "mean", "sd");
    for (int j = 0; j < rows.dimensions(); j++) {
      String name = names.isEmpty() ? Integer.toString(j) : names.get(j);
      if (moments.count(j) == 0) {
        out.printf(format, name, "-", "-", "-", "-");
      } else {
        out.printf(
            format,
            name,
            number(moments.min(j)),
            number(moments.max(j)),
            number(moments.mean(j)),
            number(moments.deviation(j)));
      }
    }
  }

  private static String number(double value) {
    return "%.6g".formatted(value);
  }
}
