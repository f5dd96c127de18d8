package dev.slate.bench.history;

import dev.slate.bench.commits.Entry;
import dev.slate.bench.commits.HistoryFile;
import dev.slate.bench.compare.Selection;
import dev.slate.bench.results.BadInputException;
import dev.slate.bench.results.JmhReader;
import dev.slate.bench.results.Results;
import dev.slate.bench.results.RowKey;
import dev.slate.bench.results.Series;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code slate history add}: one more line. */
@Command(
    name = "add",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Appends the results of a commit to a history.")
public final class AddCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RESULTS.json", description = "JMH's results; - is standard input.")
  private String results = "";

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "The history (default: ${DEFAULT-VALUE}).")
  private String file = "benchmarks.jsonl";

  @Option(
      names = "--commit",
      paramLabel = "HASH",
      description = "Whose results they are (default: the commit checked out here).")
  private @Nullable String commit;

  @Option(
      names = "--time",
      paramLabel = "ISO",
      description = "Time of the commit (default: what git says).")
  private @Nullable String time;

  @Option(
      names = "--branch",
      paramLabel = "NAME",
      description =
          "Branch of the commit (default: the one checked out here, else the one that the CI names).")
  private @Nullable String branch;

  @Option(
      names = "--again",
      description = "Adds the results although the history has some of these rows of that commit.")
  private boolean again;

  @Mixin private Selection selection = new Selection();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (commit != null && commit.isBlank()) {
      throw new BadInputException("--commit", "is empty");
    }
    Results chosen = selection.of(JmhReader.read(results));
    SortedMap<RowKey, Entry.Value> values = new TreeMap<>();
    for (Series series : chosen.rows().values()) {
      String conflict = chosen.conflict(series.key());
      if (!conflict.isEmpty()) {
        throw new BadInputException(series.key().toString(), conflict);
      }
      double median = series.median();
      if (Double.isFinite(median)) {
        values.put(series.key(), new Entry.Value(series.metric(), median, series.forks().size()));
      }
    }
    if (values.isEmpty()) {
      throw new BadInputException(chosen.source(), "no row has a number");
    }
    Git git = new Git(Path.of("").toAbsolutePath());
    String hash = commit == null ? git.commit() : commit;
    Entry entry =
        new Entry(
            hash,
            instant(time == null ? git.time(hash) : time),
            branch == null ? git.branch(System.getenv()) : branch,
            values);
    HistoryFile history = new HistoryFile(file);
    boolean added = history.append(entry, before -> again || isNew(entry, before));
    String done =
        added
            ? " added " + values.size() + " rows of " + entry.shortCommit()
            : " has these results of " + entry.shortCommit() + " already";
    spec.commandLine().getErr().println(file + ":" + done);
    return 0;
  }

  /**
   * Tells whether a history lacks an entry.
   *
   * @throws BadInputException if it has other results of the same rows at that commit
   */
  private boolean isNew(Entry entry, List<Entry> all) {
    if (all.contains(entry)) {
      return false;
    }
    for (Entry before : all) {
      if (before.commit().equals(entry.commit())
          && before.branch().equals(entry.branch())
          && !Collections.disjoint(before.values().keySet(), entry.values().keySet())) {
        throw new BadInputException(
            file,
            "holds results of "
                + entry.shortCommit()
                + " already"
                + (entry.branch().isEmpty() ? "" : ", on " + entry.branch())
                + "; --again adds these too");
      }
    }
    return true;
  }

  private static Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new BadInputException(
          "--time", "'" + text + "' is not a time such as 2026-03-01T10:00:00Z", e);
    }
  }
}
