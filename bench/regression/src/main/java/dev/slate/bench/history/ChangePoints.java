package dev.slate.bench.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.Variance;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Finds the change points of a series by E-divisive, confirmed by permutations.
 *
 * <p>Windows slide over the series by half their length. In each, the split of the largest {@link
 * Divergence} over all segments is taken while a t-test between its neighbours is weakly
 * significant. That t-test knows nothing of the search that chose the split, and nothing of values
 * that are rounded or flip between two levels, so it only proposes. Then, over the whole series,
 * the least credible point is taken away, and its neighbours tested anew by {@link Permutations},
 * until all that are left are significant and large enough. Windows keep an old change from hiding
 * a new one; the weak first pass keeps the search from stopping too early.
 *
 * <p>A point needs {@value #LEAST_VALUES} values around it, up to its neighbours, and {@value
 * #LEAST_SIDE} on either side: fewer cannot tell a change from what the series does anyway.
 *
 * <p>Sources: Matteson and James 2014 (E-divisive and its permutations); Daly, Brown, Ingo, O'Leary
 * and Bradford, "The use of change point detection to identify software performance regressions in
 * a continuous integration system", ICPE 2020; Fleming, Kolaczkowski, Kumar, Das, McCarthy,
 * Pattabhiraman and Ingo, "Hunter: using change point detection to hunt for performance
 * regressions", ICPE 2023 (the windows and the weak points). Deterministic; O(n w) for n values and
 * windows of w, and a few thousand passes over each proposed segment.
 */
final class ChangePoints {
  /** Values up to the neighbours, on both sides together. */
  static final int LEAST_VALUES = 10;

  /** Values on either side: a single one is an outlier. */
  static final int LEAST_SIDE = 3;

  private static final double WEAK_P = 0.01;
  private static final double WEAKER = 10;

  private final int window;
  private final double maxP;
  private final double minMagnitude;

  /**
   * Sets the rules.
   *
   * @param window values in a window, at least 4
   * @param maxP the chance of a point where nothing changed, above 0
   * @param minMagnitude the change that it must be, as a share
   */
  ChangePoints(int window, double maxP, double minMagnitude) {
    this.window = window;
    this.maxP = maxP;
    this.minMagnitude = minMagnitude;
  }

  /**
   * Finds them.
   *
   * @param values in order of time, all finite
   * @return by index
   */
  List<ChangePoint> of(double[] values) {
    return values.length < LEAST_VALUES ? List.of() : merged(values, weak(values));
  }

  private NavigableSet<Integer> weak(double[] values) {
    NavigableSet<Integer> found = new TreeSet<>();
    for (int start = 0; start < values.length; ) {
      int end = Math.min(start + window, values.length);
      NavigableSet<Integer> inside = split(Arrays.copyOfRange(values, start, end));
      for (int index : inside) {
        found.add(start + index);
      }
      int half = start + window / 2;
      start = inside.isEmpty() ? half : Math.max(half, start + inside.last());
    }
    return found;
  }

  private NavigableSet<Integer> split(double[] values) {
    Divergence divergence = new Divergence(values);
    NavigableSet<Integer> found = new TreeSet<>();
    while (true) {
      List<Divergence.Split> candidates = new ArrayList<>();
      int start = 0;
      for (int end : ends(found, values.length)) {
        if (end - start >= 2) {
          candidates.add(divergence.best(start, end));
        }
        start = end;
      }
      if (candidates.isEmpty()) {
        return found;
      }
      Divergence.Split best =
          candidates.stream()
              .max(Comparator.comparingDouble(Divergence.Split::divergence))
              .orElseThrow();
      if (weakP(values, found, best.index()) >= Math.max(WEAK_P, WEAKER * maxP)) {
        return found;
      }
      found.add(best.index());
    }
  }

  private static double weakP(double[] values, NavigableSet<Integer> others, int index) {
    Segment around = Segment.of(values, others, index);
    return studentP(around.before(), around.after());
  }

  private List<ChangePoint> merged(double[] values, NavigableSet<Integer> weak) {
    NavigableSet<Integer> left = new TreeSet<>(weak);
    while (true) {
      List<ChangePoint> points =
          left.stream().map(index -> at(values, left, index)).collect(Collectors.toList());
      if (points.isEmpty()) {
        return points;
      }
      ChangePoint worst =
          points.stream().max(Comparator.comparingDouble(ChangePoint::p)).orElseThrow();
      if (worst.p() < maxP) {
        worst =
            points.stream().min(Comparator.comparingDouble(ChangePoint::magnitude)).orElseThrow();
        if (worst.magnitude() > minMagnitude) {
          return points;
        }
      }
      left.remove(worst.index());
    }
  }

  private static List<Integer> ends(NavigableSet<Integer> found, int length) {
    List<Integer> ends = new ArrayList<>(found);
    ends.add(length);
    return ends;
  }

  /** The point at an index, between the nearest of the others. */
  private ChangePoint at(double[] values, NavigableSet<Integer> others, int index) {
    Segment around = Segment.of(values, others, index);
    double[] before = around.before();
    double[] after = around.after();
    boolean tooFew =
        before.length + after.length < LEAST_VALUES
            || Math.min(before.length, after.length) < LEAST_SIDE;
    double p = tooFew ? 1 : new Permutations(maxP).pValue(around.values(), before.length);
    return new ChangePoint(index, Mean.of(before).getAsDouble(), Mean.of(after).getAsDouble(), p);
  }

  /** The values up to the neighbours of a point. */
  private record Segment(double[] values, int split) {
    static Segment of(double[] values, NavigableSet<Integer> others, int index) {
      Integer lower = others.lower(index);
      Integer end = others.higher(index);
      int start = lower == null ? 0 : lower;
      return new Segment(
          Arrays.copyOfRange(values, start, end == null ? values.length : end), index - start);
    }

    double[] before() {
      return Arrays.copyOf(values, split);
    }

    double[] after() {
      return Arrays.copyOfRange(values, split, values.length);
    }
  }

  /** Student's two-sided t-test with pooled variance, which one value on a side does for, too. */
  static double studentP(double[] a, double[] b) {
    int freedom = a.length + b.length - 2;
    double difference = Mean.of(a).getAsDouble() - Mean.of(b).getAsDouble();
    if (freedom < 1 || difference == 0) {
      return 1;
    }
    double squares = squares(a) + squares(b);
    double error = Math.sqrt(squares / freedom * (1.0 / a.length + 1.0 / b.length));
    return error == 0
        ? 0
        : 2 * TDistribution.of(freedom).survivalProbability(Math.abs(difference) / error);
  }

  private static double squares(double[] values) {
    return values.length < 2 ? 0 : Variance.of(values).getAsDouble() * (values.length - 1);
  }
}
