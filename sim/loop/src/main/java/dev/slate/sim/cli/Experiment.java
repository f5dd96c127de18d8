package dev.slate.sim.cli;

import dev.slate.data.InputException;
import dev.slate.sim.Observer;
import dev.slate.sim.Selector;
import dev.slate.sim.World;
import dev.slate.sim.audit.Audit;
import dev.slate.sim.audit.ImpressionsByAuthor;
import dev.slate.sim.measure.Curve;
import dev.slate.sim.measure.Meter;
import dev.slate.sim.report.Film;
import dev.slate.sim.report.Page;
import dev.slate.sim.report.Run;
import dev.slate.sim.report.Summary;
import dev.slate.sim.report.Tables;
import dev.slate.sim.report.Verdict;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs selectors on the same users with the same luck, and leaves behind what was asked for. */
final class Experiment {
  /** Larger catalogues are audited by {@code slate audit} only. */
  private static final int AUDITED = 1_000_000;

  private static final double CLOSE = 0.05;

  private final RunOptions options;
  private final OutputOptions output;
  private final PrintWriter out;
  private final Interrupt interrupt = Interrupt.listen();
  private final PrintWriter err;

  Experiment(RunOptions options, OutputOptions output, PrintWriter out, PrintWriter err) {
    this.options = options;
    this.output = output;
    this.out = out;
    this.err = err;
  }

  /**
   * Runs.
   *
   * @param names the selectors
   * @param compare whether each selector's tables go into a directory of its own
   * @return the exit code
   */
  int run(List<String> names, boolean compare) {
    List<Selector> selectors = names.stream().map(options::selector).toList();
    Path images = output.images();
    World world = options.world();
    for (String name : names) {
      options.simulation(world, options.selector(name), 0);
    }
    Path directory = output.directory();
    Progress progress =
        new Progress(err, (long) names.size() * options.replications() * options.steps());
    List<Run> runs = new ArrayList<>();
    long[] impressions = new long[world.authors().size()];
    for (Selector selector : selectors) {
      Path own = compare && directory != null ? directory.resolve(selector.name()) : directory;
      progress.label(selector.name());
      runs.add(run(world, selector, own, progress, new ImpressionsByAuthor(impressions)));
      if (interrupt.asked()) {
        break;
      }
    }
    progress.end();
    Map<String, Object> settings = new LinkedHashMap<>();
    options.describe(world, settings);
    if (directory != null) {
      Summary.write(Summary.of(settings, runs), directory.resolve("summary.json"));
      Audit audit = world.size() <= AUDITED ? Audit.of(world, CLOSE, impressions) : null;
      Page.write(world, settings, runs, audit, images, directory.resolve("report.html"));
    }
    Verdict.print(out, runs);
    if (directory != null) {
      out.println("wrote " + directory);
    }
    out.flush();
    return interrupt.asked() ? Interrupt.EXIT_CODE : 0;
  }

  private Run run(
      World world,
      Selector first,
      @Nullable Path directory,
      Progress progress,
      Observer impressions) {
    Film film = new Film(options.steps());
    List<Meter> meters = new ArrayList<>();
    for (int replication = 0; replication < options.replications(); replication++) {
      Meter meter = new Meter(world, options.model().habits(), options.steps());
      if (replication == 0) {
        try (Tables tables = output.tables(directory, world, options.steps())) {
          List<Observer> observers = new ArrayList<>(List.of(meter, film, impressions, progress));
          if (tables != null) {
            observers.add(tables);
          }
          run(world, first, replication, observers);
          if (tables != null) {
            tables.commit();
          }
        }
      } else {
        run(world, options.selector(first.name()), replication, List.of(meter, progress));
      }
      meters.add(meter);
      if (interrupt.asked()) {
        break;
      }
    }
    return new Run(first.name(), first.description(), Curve.over(meters), film);
  }

  private void run(World world, Selector selector, int replication, List<Observer> observers) {
    try {
      options
          .simulation(world, selector, replication)
          .stopWhen(interrupt::asked)
          .run(observers.toArray(Observer[]::new));
    } catch (OutOfMemoryError e) {
      throw new InputException(
          "--users", "the run does not fit in memory; SLATE_JAVA_OPTS=-Xmx... enlarges it", e);
    }
  }
}
