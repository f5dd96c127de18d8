package dev.slate.bench.planner;

import dev.slate.bench.Build;
import dev.slate.data.Distribution;
import dev.slate.data.InputException;
import dev.slate.data.cli.CountConverter;
import dev.slate.kernel.Metric;
import dev.slate.kernel.Planning;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code slate bench planner}: the table of the planner's regret. */
@Command(
    name = "planner",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures how far the planner's choice is from the fastest strategy.",
      "Times each strategy and the planned index in turns, in this JVM, on unseen",
      "queries. Each row of the CSV is a cell; an unfinished table is continued."
    })
public final class PlannerCommand implements Callable<Integer> {
  private static final TurnTimer FULL = new TurnTimer(7, 60_000_000, 300_000_000, System::nanoTime);
  private static final TurnTimer QUICK =
      new TurnTimer(5, 20_000_000, 100_000_000, System::nanoTime);

  @Option(names = "--quick", description = "10k and 100k items, d = 2, 8, 64, k = 10, short.")
  private boolean quick;

  @Option(
      names = "--items",
      split = ",",
      paramLabel = "N",
      converter = CountConverter.class,
      description = "Numbers of items (default: 10k,100k,1m).")
  private @Nullable List<Integer> items;

  @Option(
      names = "--dims",
      split = ",",
      paramLabel = "D",
      description = "Numbers of attributes (default: 2,5,8,16,32,64,128).")
  private @Nullable List<Integer> dims;

  @Option(
      names = "-k",
      split = ",",
      paramLabel = "K",
      description = "Sizes of the answer (default: 1,10,100).")
  private @Nullable List<Integer> ks;

  @Option(
      names = "--metric",
      split = ",",
      paramLabel = "M",
      description = "${COMPLETION-CANDIDATES} (default: all).")
  private List<Metric> metrics = List.of(Metric.values());

  @Option(
      names = "--distribution",
      split = ",",
      paramLabel = "NAME",
      description = "${COMPLETION-CANDIDATES} (default: all).")
  private List<Distribution> distributions = List.of(Distribution.values());

  @Option(
      names = "--planning",
      paramLabel = "P",
      description = "How the planner chooses: ${COMPLETION-CANDIDATES} (default: ESTIMATED).")
  private Planning planning = Planning.ESTIMATED;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The table (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("planner.csv");

  @Spec private CommandSpec spec;

  private final TurnTimer full;
  private final TurnTimer brief;

  /** Creates the command. */
  public PlannerCommand() {
    this(FULL, QUICK);
  }

  /**
   * Creates the command with timers of its own.
   *
   * @param full for the whole table
   * @param brief for {@code --quick}
   */
  PlannerCommand(TurnTimer full, TurnTimer brief) {
    this.full = full;
    this.brief = brief;
  }

  @Override
  public Integer call() {
    List<String> names = PlannedIndexes.strategies().stream().map(PlannerCommand::lower).toList();
    RegretFile file = new RegretFile(out, Build.digest() + " " + lower(planning), names);
    List<RegretCell> cells = cells();
    TurnTimer timer = quick ? brief : full;
    PrintWriter err = spec.commandLine().getErr();
    int done = 0;
    @Nullable PlannedIndexes indexes = null;
    for (RegretCell cell : cells) {
      done++;
      if (file.has(cell)) {
        continue;
      }
      if (indexes == null) {
        PlannedIndexes.warmUp(metrics, timer);
      }
      if (indexes == null || !indexes.cell().sharesIndexes(cell)) {
        indexes = PlannedIndexes.build(cell);
      }
      RegretRow row = indexes.measure(cell.k(), planning, timer);
      file.add(row);
      err.printf(
          Locale.ROOT,
          "%d/%d %s: %s, %.2f x%n",
          done,
          cells.size(),
          cell.title(),
          row.chosen(),
          row.regret());
      err.flush();
    }
    PrintWriter print = spec.commandLine().getOut();
    print.print(
        RegretSummary.render(file.rows().stream().filter(r -> cells.contains(r.cell())).toList()));
    print.println("Table: " + out);
    print.flush();
    return 0;
  }

  /** The cells that the options ask for. */
  List<RegretCell> cells() {
    List<Integer> d =
        dims != null ? dims : quick ? List.of(2, 8, 64) : List.of(2, 5, 8, 16, 32, 64, 128);
    List<Integer> k = ks != null ? ks : quick ? List.of(10) : List.of(1, 10, 100);
    d.forEach(each -> range("--dims", each, 4096));
    k.forEach(each -> range("-k", each, Integer.MAX_VALUE));
    List<Integer> n =
        items != null
            ? items
            : quick ? List.of(10_000, 100_000) : List.of(10_000, 100_000, 1_000_000);
    return RegretCell.all(distributions, n, d, metrics, k);
  }

  private static void range(String option, int value, int most) {
    if (value < 1 || value > most) {
      throw new InputException(option, "must be from 1 to " + most + ", but it is " + value);
    }
  }

  static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
