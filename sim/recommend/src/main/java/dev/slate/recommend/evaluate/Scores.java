package dev.slate.recommend.evaluate;

import java.util.Arrays;
import java.util.List;

/**
 * Figures of each query.
 *
 * @param figures the columns
 * @param queries names of the queries that count
 * @param values one array for each figure, one number for each query
 */
public record Scores(List<Figure> figures, List<String> queries, double[][] values) {
  /** The mean over queries of the figure of that number; 0 where there is no query. */
  public double mean(int figure) {
    return mean(values[figure]);
  }

  /** The mean; 0 of nothing. */
  public static double mean(double[] values) {
    return values.length == 0 ? 0 : Arrays.stream(values).sum() / values.length;
  }
}
