package dev.slate.sim.cli;

import dev.slate.data.InputException;
import dev.slate.sim.Behavior;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.Selector;
import dev.slate.sim.Selectors;
import dev.slate.sim.Simulation;
import dev.slate.sim.audit.AuthorExposure;
import dev.slate.sim.catalog.CatalogLoader;
import dev.slate.sim.exercise.Exercise;
import dev.slate.sim.metric.MetricRecorder;
import dev.slate.sim.metric.MetricSeries;
import dev.slate.sim.plugin.PluginLoader;
import dev.slate.sim.report.Paragraph;
import dev.slate.sim.report.ResultTable;
import dev.slate.sim.report.SelectorRun;
import dev.slate.sim.report.TrajectoryRecorder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code slate sim exercise}. */
@Command(
    name = "exercise",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Sets one of four exercises; with a selector of yours checks it and shows what it does; 2"
            + " if it is not right yet.")
public final class ExerciseCommand implements Callable<Integer> {
  private static final int REPLICATIONS = 20;
  private static final int STEPS = 30;
  private static final long SEED = 7;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "N", description = "Number of the exercise, 1 to 4.")
  private int number;

  @Option(
      names = "--plugin",
      paramLabel = "FILE",
      description = "A jar or a Java source file with your selector.")
  private List<Path> plugins = new ArrayList<>();

  @Option(
      names = "--selector",
      paramLabel = "NAME",
      description = "The selector to check (default: that of the plugin).")
  private @Nullable String selector;

  @Option(names = "--answers", description = "Prints the answers to the questions.")
  private boolean answers;

  @Override
  public Integer call() throws Exception {
    return SettingErrors.asInput(this::exercise);
  }

  private int exercise() {
    if (number < 1 || number > Exercise.values().length) {
      throw new InputException("N", "there are exercises 1 to 4, but it is " + number);
    }
    Exercise exercise = Exercise.of(number);
    PrintWriter out = spec.commandLine().getOut();
    boolean right = true;
    if (plugins.isEmpty() && selector == null) {
      out.println(exercise.task());
      out.println(exercise.questions());
      if (!answers) {
        out.println("--answers prints the answers.");
      }
    } else {
      right = solved(exercise, out);
    }
    if (answers) {
      out.println(exercise.answers());
    }
    out.flush();
    return right ? 0 : 2;
  }

  private boolean solved(Exercise exercise, PrintWriter out) {
    ClassLoader loader = PluginLoader.open(plugins);
    String name = selector == null ? ofPlugin(loader) : selector;
    boolean right = true;
    for (Exercise.Finding finding : exercise.check(() -> Selectors.create(name, loader))) {
      out.println(
          Paragraph.wrapped((finding.right() ? "right   " : "WRONG   ") + finding.text(), 8));
      right &= finding.right();
    }
    out.println();
    if (right) {
      effect(exercise.rival(), name, () -> Selectors.create(name, loader), out);
      out.println();
      out.println(exercise.questions());
    }
    return right;
  }

  private static String ofPlugin(ClassLoader loader) {
    Set<String> names = new TreeSet<>(Selectors.descriptions(loader).keySet());
    names.removeAll(Selectors.descriptions(Selectors.class.getClassLoader()).keySet());
    if (names.size() != 1) {
      throw new InputException(
          "--selector", "name one of the selectors of the plugin: " + String.join(", ", names));
    }
    return names.iterator().next();
  }

  /** What the selector does, beside its rival on the same users where it has one. */
  private static void effect(
      @Nullable String rival, String name, Supplier<Selector> selector, PrintWriter out) {
    ItemCatalog catalog = CatalogLoader.open("memotion", null, SEED);
    List<MetricRecorder> own = recorders(catalog, selector);
    if (rival == null) {
      ResultTable.print(out, List.of(run(catalog, name, own, List.of())));
      return;
    }
    List<MetricRecorder> base = recorders(catalog, () -> Selectors.create(rival));
    ResultTable.print(
        out,
        List.of(
            run(catalog, rival, base, List.of()),
            run(catalog, name, own, MetricSeries.differences(own, base))));
  }

  private static SelectorRun run(
      ItemCatalog catalog,
      String name,
      List<MetricRecorder> recorders,
      List<MetricSeries> differences) {
    return new SelectorRun(
        name,
        "",
        MetricSeries.over(recorders),
        differences,
        new AuthorExposure(catalog),
        new TrajectoryRecorder(0));
  }

  private static List<MetricRecorder> recorders(ItemCatalog catalog, Supplier<Selector> selector) {
    List<MetricRecorder> recorders = new ArrayList<>();
    for (int replication = 0; replication < REPLICATIONS; replication++) {
      MetricRecorder recorder = new MetricRecorder(catalog, Behavior.NONE, STEPS);
      new Simulation(catalog, selector.get()).seed(SEED, replication).run(recorder);
      recorders.add(recorder);
    }
    return recorders;
  }
}
