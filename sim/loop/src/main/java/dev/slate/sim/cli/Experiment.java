package dev.slate.sim.cli;

import dev.slate.data.InputException;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.Selector;
import dev.slate.sim.StepObserver;
import dev.slate.sim.audit.Audit;
import dev.slate.sim.audit.AuthorExposure;
import dev.slate.sim.metric.MetricRecorder;
import dev.slate.sim.metric.MetricSeries;
import dev.slate.sim.report.Paragraph;
import dev.slate.sim.report.ReportPage;
import dev.slate.sim.report.ResultTable;
import dev.slate.sim.report.SelectorRun;
import dev.slate.sim.report.SummaryFile;
import dev.slate.sim.report.TableFiles;
import dev.slate.sim.report.TrajectoryRecorder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs selectors on the same users with the same random numbers, and writes the results. */
final class Experiment {
  /** Larger catalogues are audited by {@code slate audit} only. */
  private static final int AUDITED = 1_000_000;

  private static final double CLOSE = 0.05;

  private final RunOptions options;
  private final OutputOptions output;
  private final PrintWriter out;
  private final StopSignal interrupt;
  private final PrintWriter err;

  Experiment(RunOptions options, OutputOptions output, PrintWriter out, PrintWriter err) {
    this.options = options;
    this.output = output;
    this.out = out;
    this.err = err;
    this.interrupt = StopSignal.listen(err);
  }

  /**
   * Runs.
   *
   * @param names the selectors
   * @param compare whether each selector's tables go into a directory of its own
   * @return the exit code
   */
  int run(List<String> names, boolean compare) {
    try {
      return carryOut(names, compare);
    } finally {
      output.close();
    }
  }

  private int carryOut(List<String> names, boolean compare) {
    options.requireReaders(names);
    List<Selector> selectors = names.stream().map(options::selector).toList();
    Path images = output.images();
    ItemCatalog catalog = options.catalog();
    for (String name : names) {
      options.simulation(catalog, options.selector(name), 0);
    }
    Path directory = output.directory();
    StepProgress progress =
        new StepProgress(err, (long) names.size() * options.replications() * options.steps());
    List<SelectorRun> runs = new ArrayList<>();
    List<MetricRecorder> base = List.of();
    AuthorExposure exposure = new AuthorExposure(catalog);
    for (Selector selector : selectors) {
      Path own = compare && directory != null ? directory.resolve(selector.name()) : directory;
      progress.label(selector.name());
      AuthorExposure shown = new AuthorExposure(catalog);
      TrajectoryRecorder trajectories = new TrajectoryRecorder(options.steps());
      List<MetricRecorder> recorders =
          replications(catalog, selector, own, progress, shown, trajectories);
      runs.add(
          new SelectorRun(
              selector.name(),
              selector.description(),
              MetricSeries.over(recorders),
              runs.isEmpty() ? List.of() : MetricSeries.differences(recorders, base),
              shown,
              trajectories));
      base = runs.size() == 1 ? recorders : base;
      exposure.add(shown);
      if (interrupt.asked()) {
        break;
      }
    }
    progress.end();
    Map<String, Object> settings = new LinkedHashMap<>();
    options.describe(catalog, settings);
    List<String> notes = options.notes();
    if (directory != null) {
      SummaryFile.write(
          SummaryFile.of(catalog, settings, notes, runs), directory.resolve(OutputOptions.SUMMARY));
      Audit audit = catalog.size() <= AUDITED ? Audit.of(catalog, CLOSE, exposure) : null;
      ReportPage.write(
          catalog,
          settings,
          notes,
          runs,
          audit,
          images,
          options.start()::name,
          directory.resolve(OutputOptions.REPORT));
    }
    ResultTable.print(out, runs);
    ResultTable.printAuthors(out, catalog, runs);
    notes.forEach(note -> out.println("\n" + Paragraph.wrapped(note, 0)));
    if (directory != null) {
      out.println("\nwrote " + directory);
    }
    out.flush();
    return interrupt.asked() ? StopSignal.EXIT_CODE : 0;
  }

  /** Runs one selector; a later replication that is cut short does not count. */
  private List<MetricRecorder> replications(
      ItemCatalog catalog,
      Selector first,
      @Nullable Path directory,
      StepProgress progress,
      AuthorExposure shown,
      TrajectoryRecorder trajectories) {
    List<MetricRecorder> recorders = new ArrayList<>();
    for (int replication = 0; replication < options.replications(); replication++) {
      MetricRecorder recorder =
          new MetricRecorder(catalog, options.model().behavior(), options.steps());
      if (replication == 0) {
        try (TableFiles tables =
            output.tables(directory, catalog, options.steps(), options.start())) {
          List<StepObserver> observers =
              new ArrayList<>(List.of(recorder, trajectories, shown, progress));
          if (tables != null) {
            observers.add(tables);
          }
          run(catalog, first, replication, observers);
          if (tables != null) {
            tables.commit();
          }
        }
      } else {
        run(
            catalog,
            options.selector(first.name()),
            replication,
            List.of(recorder, shown, progress));
      }
      if (replication == 0 || recorder.steps().last() == options.steps()) {
        recorders.add(recorder);
      }
      if (interrupt.asked()) {
        break;
      }
    }
    return recorders;
  }

  private void run(
      ItemCatalog catalog, Selector selector, int replication, List<StepObserver> observers) {
    try {
      options
          .simulation(catalog, selector, replication)
          .stopWhen(interrupt::asked)
          .run(observers.toArray(StepObserver[]::new));
    } catch (OutOfMemoryError e) {
      throw new InputException(
          "--users", "the run does not fit in memory; SLATE_JAVA_OPTS=-Xmx... enlarges it", e);
    }
  }
}
