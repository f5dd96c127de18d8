package dev.slate.bench.suite;

import dev.slate.kernel.Metric;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The definition of an answer, once more and as plainly as can be: score all, sort all. */
final class Naive {
  /**
   * An item of an answer.
   *
   * @param ordinal which
   * @param score canonical
   */
  record Hit(int ordinal, float score) {}

  private Naive() {}

  static List<Hit> search(float[][] items, Metric metric, float[] query, int k) {
    Comparator<Hit> byScore =
        (a, b) -> {
          int order = a.score() < b.score() ? -1 : a.score() > b.score() ? 1 : 0;
          return metric == Metric.EUCLIDEAN ? order : -order;
        };
    float[] q = metric == Metric.COSINE ? unit(query) : query;
    return IntStream.range(0, items.length)
        .mapToObj(
            i -> new Hit(i, score(metric, metric == Metric.COSINE ? unit(items[i]) : items[i], q)))
        .sorted(byScore.thenComparingInt(Hit::ordinal))
        .limit(k)
        .toList();
  }

  private static float score(Metric metric, float[] x, float[] q) {
    float s = 0;
    for (int j = 0; j < x.length; j++) {
      float t = x[j] - q[j];
      s = metric == Metric.EUCLIDEAN ? Math.fma(t, t, s) : Math.fma(x[j], q[j], s);
    }
    return s;
  }

  private static float[] unit(float[] row) {
    double squares = 0;
    for (float x : row) {
      squares += (double) x * x;
    }
    float[] unit = row.clone();
    for (int j = 0; j < row.length && squares > 0; j++) {
      unit[j] = (float) (row[j] / Math.sqrt(squares));
    }
    return unit;
  }
}
