package dev.slate.bench.dataset;

import dev.slate.kernel.Metric;

/** The definition of a score, one item at a time: what everything is checked against. */
public final class CanonicalScore {
  private CanonicalScore() {}

  /**
   * Scores one item. O(d).
   *
   * @param metric how; COSINE takes rows that are normalised already
   * @param rows row-major floats
   * @param at where the item's attributes begin
   * @param query d attributes
   * @return the score
   */
  public static float of(Metric metric, float[] rows, int at, float[] query) {
    float s = 0f;
    if (metric == Metric.EUCLIDEAN) {
      for (int j = 0; j < query.length; j++) {
        float t = rows[at + j] - query[j];
        s = Math.fma(t, t, s);
      }
    } else {
      for (int j = 0; j < query.length; j++) {
        s = Math.fma(rows[at + j], query[j], s);
      }
    }
    return s;
  }

  /**
   * Brings rows to length one, as COSINE wants them; a zero row stays.
   *
   * @param rows row-major floats, changed in place
   * @param d attributes of a row
   */
  public static void normalise(float[] rows, int d) {
    for (int at = 0; at < rows.length; at += d) {
      double squares = 0;
      for (int j = 0; j < d; j++) {
        squares += (double) rows[at + j] * rows[at + j];
      }
      if (squares > 0) {
        double length = Math.sqrt(squares);
        for (int j = 0; j < d; j++) {
          rows[at + j] = (float) (rows[at + j] / length);
        }
      }
    }
  }
}
