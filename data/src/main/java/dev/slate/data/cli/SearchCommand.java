package dev.slate.data.cli;

import dev.slate.data.InputException;
import dev.slate.kernel.Index;
import dev.slate.kernel.Plan;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code slate search}. */
@Command(
    name = "search",
    mixinStandardHelpOptions = true,
    description = {
      "Finds the best items for each query, exactly.",
      "",
      "Files: .npy .fvecs .bvecs .ivecs .fbin .u8bin .i8bin .ibin .csv .tsv, word vectors in .txt or"
          + " .vec (each also .gz), .npz:NAME, .hdf5:DATASET, .parquet:COLUMN, memotion, memotion:LABELS.csv, or generated ones such as gaussian:1m:5:7"
          + " (gaussian:100:5:7:queries); - is standard input, as CSV. --items also takes a .slate"
          + " that slate build made: metric, strategy, columns, bias and center are those of the"
          + " build.",
      ""
    })
public final class SearchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ItemOptions items = new ItemOptions();
  @Mixin private QueryOptions queries = new QueryOptions();
  @Mixin private ThreadOptions threads = new ThreadOptions();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Where to: .csv or .tsv (also .gz) with query,rank,item,score; .ivecs or .npy with the items"
              + " alone (default: CSV on standard output).")
  private @Nullable String out;

  @Option(
      names = "--check",
      paramLabel = "FILE",
      description =
          "Print to standard error the recall against these neighbours: ordinals, such as"
              + " FILE.hdf5:neighbors, or answers that a search wrote.")
  private @Nullable String check;

  @Option(
      names = "--explain",
      description =
          "Print to standard error the plan, how much was looked at, and how long it took.")
  private boolean explain;

  @Override
  public Integer call() {
    if (items.onStandardInput() && queries.onStandardInput()) {
      throw new InputException("--queries", "standard input is read for --items already");
    }
    try (ExecutorService executor = threads.executor();
        QueryRows rows = queries.rows(items::cut, spec.commandLine().getErr())) {
      long start = System.nanoTime();
      int k = queries.limit(Integer.MAX_VALUE);
      PrintWriter err = spec.commandLine().getErr();
      StoredIndex index = items.index(k, rows, executor, threads.count(), err);
      search(rows, index, System.nanoTime() - start, executor);
    } catch (UncheckedIOException e) {
      throw items.unreadable(e);
    }
    return 0;
  }

  private void search(
      QueryRows rows, StoredIndex stored, long buildNanos, ExecutorService executor) {
    PrintWriter err = spec.commandLine().getErr();
    Index index = stored.index();
    int limit = queries.limit(index.size());
    Conditions conditions = queries.conditions(index);
    QueryWorkers search = new QueryWorkers(index, conditions, executor, threads.count());
    ScoreRange range = new ScoreRange(index.metric(), stored.smallest());
    AnswerWriter.Format format =
        new AnswerWriter.Format(limit, queries.distances(), stored.names());
    try (AnswerWriter results = AnswerWriter.to(out, spec.commandLine().getOut(), format);
        Exclusions exclusions = queries.exclusions(index.size());
        GroundTruth truth = truth(stored, conditions, limit);
        RowProgress progress = new RowProgress(err, "search", rows.size())) {
      SearchRun run = new SearchRun(rows, search, results, truth, exclusions, range);
      run.all(limit, progress);
      range.tell(err);
      if (truth != null) {
        err.println(truth.report());
      }
      if (explain) {
        explain(index, buildNanos, err);
        run.explain(index.size(), err);
      }
      err.flush();
    }
  }

  private void explain(Index index, long buildNanos, PrintWriter err) {
    Plan plan = index.plan();
    err.println("plan: " + plan.strategy().name().toLowerCase(Locale.ROOT));
    plan.reasons().forEach(reason -> err.println("  " + reason));
    err.printf(
        Locale.ROOT,
        "%s: %s, %.1f MB%n",
        items.areIndexed() ? "opened" : "read and built",
        Times.text(buildNanos / 1e3),
        index.bytes() / 1e6);
  }

  private @Nullable GroundTruth truth(StoredIndex stored, Conditions conditions, int limit) {
    if (check == null) {
      return null;
    }
    return new GroundTruth(check, stored.index(), conditions, limit, stored.names());
  }
}
