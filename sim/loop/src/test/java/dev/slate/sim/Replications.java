package dev.slate.sim;

import dev.slate.sim.metric.MetricDescription;
import dev.slate.sim.metric.MetricRecorder;
import dev.slate.sim.metric.MetricSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Runs of 30 users and 30 steps on the built-in catalogue, as the commands run by default. */
final class Replications {
  static final int COUNT = 20;

  /** The 97.5th percentile of Student's law with 19 degrees of freedom. */
  private static final double T_19 = 2.093;

  private static final Map<String, Replications> PLAIN = new ConcurrentHashMap<>();

  private final List<MetricRecorder> recorders = new ArrayList<>();

  private Replications() {}

  /** The plain model. Such runs are made once for all tests. */
  static Replications of(ItemCatalog catalog, String selector) {
    return PLAIN.computeIfAbsent(
        selector + " on " + catalog.title(),
        name -> of(catalog, selector, Behavior.NONE, run -> {}));
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

  /** How much it has grown from the start to the last step. */
  Interval change(String metric) {
    double[] changes =
        recorders.stream()
            .mapToDouble(
                recorder -> {
                  double[] readings = recorder.readings(index(metric));
                  return readings[readings.length - 1] - readings[0];
                })
            .toArray();
    double mean = Arrays.stream(changes).average().orElseThrow();
    double squares = Arrays.stream(changes).map(c -> (c - mean) * (c - mean)).sum();
    double error = T_19 * Math.sqrt(squares / (COUNT - 1.0) / COUNT);
    return new Interval(mean - error, mean, mean + error);
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
