package dev.slate.bench.history;

import dev.slate.bench.commits.Entry;
import dev.slate.bench.commits.HistoryFile;
import dev.slate.bench.compare.Numbers;
import dev.slate.bench.compare.Shares;
import dev.slate.bench.results.AtomicFile;
import dev.slate.bench.results.BadInputException;
import dev.slate.bench.results.RowKey;
import java.io.PrintWriter;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code slate history show}: where the results change. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Finds the commits at which results change, by E-divisive with permutations.",
      "A change is reported three results later at the earliest, and needs ten results."
    })
public final class HistoryShowCommand implements Callable<Integer> {
  private static final int LEAST_WINDOW = ChangePoints.LEAST_VALUES;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "The history (default: ${DEFAULT-VALUE}).")
  private String file = "benchmarks.jsonl";

  @Option(
      names = "--branch",
      paramLabel = "NAME",
      description = "Only results of this branch; needed where there are several.")
  private @Nullable String branch;

  @Option(
      names = "--benchmarks",
      paramLabel = "REGEX",
      description = "Only the benchmarks whose name contains a match.")
  private String benchmarks = "";

  @Option(
      names = "--max-p",
      paramLabel = "P",
      description = "Chance of a change in a row that has none (default: ${DEFAULT-VALUE}).")
  private double maxP = 0.002;

  @Option(
      names = "--min-effect",
      paramLabel = "PERCENT",
      description = "Smallest change that is told (default: 2%%).")
  private String minEffect = "2%";

  @Option(
      names = "--window",
      paramLabel = "N",
      description = "Results in a window of the search (default: ${DEFAULT-VALUE}).")
  private int window = 50;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES} (default: text).")
  private ShowFormat format = ShowFormat.TEXT;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write (default: standard output).")
  private @Nullable String out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    ChangePoints rule = rule();
    List<Entry> entries = entries();
    List<Track> tracks = Track.of(entries, rule);
    String text = render(entries, tracks);
    if (out == null) {
      PrintWriter stdout = spec.commandLine().getOut();
      stdout.print(text);
      stdout.flush();
      return 0;
    }
    AtomicFile.write(out, text);
    return 0;
  }

  private ChangePoints rule() {
    if (!(maxP > 0 && maxP < 1)) {
      throw new BadInputException("--max-p", "must be above 0 and below 1, but it is " + maxP);
    }
    if (window < LEAST_WINDOW) {
      throw new BadInputException(
          "--window", "must be at least " + LEAST_WINDOW + ", but it is " + window);
    }
    return new ChangePoints(window, maxP, Shares.parse("--min-effect", minEffect));
  }

  private List<Entry> entries() {
    List<Entry> all = new HistoryFile(file).read();
    List<String> branches = all.stream().map(Entry::branch).distinct().sorted().toList();
    if (branch == null && branches.size() > 1) {
      throw new BadInputException(
          "--branch",
          file
              + " holds results of several, name one: "
              + branches.stream()
                  .map(name -> name.isEmpty() ? "''" : name)
                  .collect(Collectors.joining(", ")));
    }
    Pattern names = names();
    List<Entry> chosen =
        all.stream()
            .filter(entry -> branch == null || entry.branch().equals(branch))
            .map(entry -> having(entry, names))
            .filter(entry -> !entry.values().isEmpty())
            .toList();
    if (chosen.isEmpty()) {
      throw new BadInputException(file, "no result is left by the options that choose them");
    }
    return chosen;
  }

  private Pattern names() {
    try {
      return Pattern.compile(benchmarks);
    } catch (PatternSyntaxException e) {
      throw new BadInputException(
          "--benchmarks", "not a regular expression: " + e.getDescription(), e);
    }
  }

  private static Entry having(Entry entry, Pattern names) {
    SortedMap<RowKey, Entry.Value> values = new TreeMap<>(entry.values());
    values.keySet().removeIf(key -> !names.matcher(key.benchmark()).find());
    return new Entry(entry.commit(), entry.time(), entry.branch(), values);
  }

  private String render(List<Entry> entries, List<Track> tracks) {
    String summary = summary(entries, tracks);
    Ansi ansi = out == null ? spec.commandLine().getColorScheme().ansi() : Ansi.OFF;
    return switch (format) {
      case TEXT -> HistoryTable.text(summary, tracks, ansi);
      case MARKDOWN -> HistoryTable.markdown(summary, tracks);
      case JSON -> HistoryJson.of(entries.size(), tracks);
      case HTML -> HistoryPage.of(summary, HistoryTable.latestFirst(tracks));
      case OTAVA_CSV -> Otava.csv(entries, whole(entries, tracks));
      case OTAVA_YAML -> Otava.yaml("benchmarks.csv", whole(entries, tracks));
    };
  }

  private List<Track> whole(List<Entry> entries, List<Track> tracks) {
    List<Track> whole = Otava.whole(entries.size(), tracks);
    if (whole.size() < tracks.size()) {
      spec.commandLine()
          .getErr()
          .println(
              "history: Otava takes no gaps, so "
                  + (tracks.size() - whole.size())
                  + " of "
                  + tracks.size()
                  + " rows, which some results lack, are left out");
    }
    return whole;
  }

  private String summary(List<Entry> entries, List<Track> tracks) {
    int changes = tracks.stream().mapToInt(track -> track.changes().size()).sum();
    return "%d results, %s to %s; %d rows, %d %s (p < %s)"
        .formatted(
            entries.size(),
            entries.get(0).time().toString().substring(0, 10),
            entries.get(entries.size() - 1).time().toString().substring(0, 10),
            tracks.size(),
            changes,
            changes == 1 ? "change" : "changes",
            Numbers.plain(maxP));
  }
}
