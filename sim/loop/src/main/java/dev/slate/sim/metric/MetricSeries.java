package dev.slate.sim.metric;

import java.util.ArrayList;
import java.util.Arrays;
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
  private final int[] count;
  private final double[] mean;
  private final double[] low;
  private final double[] high;

  private MetricSeries(MetricDescription metric, int runs, int[] steps) {
    this.runs = runs;
    this.metric = metric;
    this.steps = steps;
    this.count = new int[steps.length];
    this.mean = new double[steps.length];
    this.low = new double[steps.length];
    this.high = new double[steps.length];
  }

  /** Averages replications of one selector over the steps that all of them have. */
  public static List<MetricSeries> over(List<MetricRecorder> runs) {
    SortedSet<Integer> common = runs.getFirst().steps();
    runs.forEach(run -> common.retainAll(run.steps()));
    int[] steps = common.stream().mapToInt(Integer::intValue).toArray();
    List<MetricSeries> series = new ArrayList<>();
    for (int i = 0; i < runs.getFirst().metrics().size(); i++) {
      int index = i;
      series.add(
          of(
              runs.getFirst().metrics().get(i),
              steps,
              runs.stream()
                  .map(
                      run ->
                          common.stream().mapToDouble(step -> run.reading(index, step)).toArray())
                  .toArray(double[][]::new)));
    }
    return series;
  }

  /**
   * Differences of two selectors on the same users with the same random numbers, replication by
   * replication: their mean and interval after the last step that all have.
   *
   * @param runs replications of one selector
   * @param base the same replications of the other, in the same order
   * @return one point for each metric; empty where a replication is missing on either side
   */
  public static List<MetricSeries> differences(
      List<MetricRecorder> runs, List<MetricRecorder> base) {
    List<MetricSeries> differences = new ArrayList<>();
    int replications = Math.min(runs.size(), base.size());
    SortedSet<Integer> common = runs.getFirst().steps();
    runs.forEach(run -> common.retainAll(run.steps()));
    base.forEach(run -> common.retainAll(run.steps()));
    int last = common.last();
    for (int i = 0; i < runs.getFirst().metrics().size(); i++) {
      MetricDescription metric = runs.getFirst().metrics().get(i);
      double[][] points = new double[replications][1];
      for (int r = 0; r < replications; r++) {
        points[r][0] = runs.get(r).reading(i, last) - base.get(r).reading(metric.name(), last);
      }
      differences.add(of(metric, new int[] {last}, points));
    }
    return differences;
  }

  /** A replication without a number at a step is left out of that step's mean. */
  private static MetricSeries of(MetricDescription metric, int[] steps, double[][] runs) {
    MetricSeries series = new MetricSeries(metric, runs.length, steps);
    for (int step = 0; step < steps.length; step++) {
      int at = step;
      double[] values =
          Arrays.stream(runs)
              .mapToDouble(run -> run[at])
              .filter(value -> !Double.isNaN(value))
              .toArray();
      int n = values.length;
      double mean = 0;
      for (double value : values) {
        mean += value / n;
      }
      double squares = 0;
      for (double value : values) {
        squares += (value - mean) * (value - mean);
      }
      double error =
          n < 2
              ? Double.NaN
              : TDistribution.of(n - 1).inverseSurvivalProbability((1 - CONFIDENCE) / 2)
                  * Math.sqrt(squares / (n - 1.0) / n);
      series.count[step] = n;
      series.mean[step] = n == 0 ? Double.NaN : mean;
      series.low[step] = mean - error;
      series.high[step] = mean + error;
    }
    return series;
  }

  /** What was measured. */
  public MetricDescription metric() {
    return metric;
  }

  /** The steps after which it was measured, the start first; not to be changed. */
  public int[] steps() {
    return steps;
  }

  /** How many replications had a number after each of {@link #steps}. */
  public int[] count() {
    return count;
  }

  /** Number of replications. */
  public int replications() {
    return runs;
  }

  /** The mean after each of {@link #steps}; NaN where no replication has a number. */
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
