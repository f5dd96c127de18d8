package dev.slate.sim.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A measure over time: its mean over replications, and the interval that holds the true mean with
 * 95 % confidence (Student 1908). With one replication the interval is unknown, NaN.
 */
public final class MetricSeries {
  private static final double CONFIDENCE = 0.95;

  private final MetricDescription metric;
  private final int runs;
  private final int[] steps;
  private final double[] mean;
  private final double[] low;
  private final double[] high;

  private MetricSeries(MetricDescription metric, int runs, int[] steps) {
    this.runs = runs;
    this.metric = metric;
    this.steps = steps;
    this.mean = new double[steps.length];
    this.low = new double[steps.length];
    this.high = new double[steps.length];
  }

  /** Averages runs of the same measures, over the steps that all of them have. */
  public static List<MetricSeries> over(List<MetricRecorder> runs) {
    SortedSet<Integer> common = runs.getFirst().steps();
    runs.forEach(run -> common.retainAll(run.steps()));
    int[] steps = common.stream().mapToInt(Integer::intValue).toArray();
    List<MetricSeries> curves = new ArrayList<>();
    for (int i = 0; i < runs.getFirst().metrics().size(); i++) {
      int index = i;
      curves.add(
          of(
              runs.getFirst().metrics().get(i),
              steps,
              runs.stream()
                  .map(
                      run ->
                          common.stream().mapToDouble(step -> run.reading(index, step)).toArray())
                  .toArray(double[][]::new)));
    }
    return curves;
  }

  private static MetricSeries of(MetricDescription metric, int[] steps, double[][] runs) {
    MetricSeries curve = new MetricSeries(metric, runs.length, steps);
    double quantile =
        runs.length < 2
            ? Double.NaN
            : TDistribution.of(runs.length - 1).inverseSurvivalProbability((1 - CONFIDENCE) / 2);
    for (int step = 0; step < steps.length; step++) {
      double mean = 0;
      for (double[] run : runs) {
        mean += run[step] / runs.length;
      }
      double squares = 0;
      for (double[] run : runs) {
        squares += (run[step] - mean) * (run[step] - mean);
      }
      double error = quantile * Math.sqrt(squares / (runs.length - 1.0) / runs.length);
      curve.mean[step] = mean;
      curve.low[step] = mean - error;
      curve.high[step] = mean + error;
    }
    return curve;
  }

  /** What was measured. */
  public MetricDescription metric() {
    return metric;
  }

  /** The steps after which it was measured, the start first; not to be changed. */
  public int[] steps() {
    return steps;
  }

  /** The mean after each of {@link #steps}. */
  public double[] mean() {
    return mean;
  }

  /** The lower ends of the intervals. */
  public double[] low() {
    return low;
  }

  /** The upper ends of the intervals. */
  public double[] high() {
    return high;
  }

  /** Whether there are replications enough for intervals. */
  public boolean known() {
    return runs > 1;
  }

  /** The mean after the last of them. */
  public double last() {
    return mean[mean.length - 1];
  }
}
