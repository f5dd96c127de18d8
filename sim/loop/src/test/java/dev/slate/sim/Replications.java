package dev.slate.sim;

import dev.slate.sim.metric.MetricDescription;
import dev.slate.sim.metric.MetricRecorder;
import dev.slate.sim.metric.MetricSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs of 30 users and 30 steps on the built-in catalogue, as the commands run by default. */
final class Replications {
  static final int COUNT = 20;

  private final List<MetricRecorder> recorders = new ArrayList<>();

  private Replications() {}

  static Replications of(ItemCatalog catalog, String selector) {
    return of(catalog, selector, Behavior.NONE, run -> {});
  }

  static Replications of(
      ItemCatalog catalog, String selector, Behavior behavior, Consumer<Simulation> more) {
    return of(catalog, selector, behavior, 30, more);
  }

  static Replications of(
      ItemCatalog catalog,
      String selector,
      Behavior behavior,
      int steps,
      Consumer<Simulation> more) {
    Replications runs = new Replications();
    for (int replication = 0; replication < COUNT; replication++) {
      MetricRecorder recorder = new MetricRecorder(catalog, behavior, steps);
      Simulation run =
          new Simulation(catalog, Selectors.create(selector))
              .size(30, steps, 5)
              .seed(7, replication)
              .behavior(behavior);
      more.accept(run);
      run.run(recorder);
      runs.recorders.add(recorder);
    }
    return runs;
  }

  /** The metric after the last step. */
  Interval last(String metric) {
    MetricSeries series = MetricSeries.over(recorders).get(index(metric));
    int last = series.steps().length - 1;
    return new Interval(series.low()[last], series.mean()[last], series.high()[last]);
  }

  MetricSeries series(String metric) {
    return MetricSeries.over(recorders).get(index(metric));
  }

  /** How much more it is than in other runs of the same users. */
  Interval more(String metric, Replications than) {
    MetricSeries series = MetricSeries.differences(recorders, than.recorders).get(index(metric));
    return new Interval(series.low()[0], series.mean()[0], series.high()[0]);
  }

  private int index(String metric) {
    return recorders.getFirst().metrics().stream()
        .map(MetricDescription::name)
        .toList()
        .indexOf(metric);
  }

  /** A mean and its interval. */
  record Interval(double low, double mean, double high) {
    boolean within(double least, double most) {
      return least < low && high < most;
    }
  }
}
