package dev.slate.recommend.evaluate;

import dev.slate.recommend.evaluate.Resampling.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Several models, judged on the same users.
 *
 * @param figures the figures
 * @param users names of the users, in order
 * @param models one entry for each
 * @param pairs all pairs of models, for each figure
 */
public record ModelComparison(
    List<Figure> figures, List<String> users, List<Entry> models, List<Pair> pairs) {
  private static final long SEED = 1;

  /**
   * A model's figures.
   *
   * @param name of the model
   * @param values one array for each figure, one number for each user
   * @param means of the figures
   * @param intervals of the means, 95 %
   * @param properties of what is recommended, by name
   * @param engagement business figures, by name
   * @param fallbacks users who got what is popular
   * @param seconds of ranking and judging
   */
  public record Entry(
      String name,
      double[][] values,
      double[] means,
      Interval[] intervals,
      Map<String, Double> properties,
      Map<String, Double> engagement,
      int fallbacks,
      double seconds) {}

  /**
   * A test between two models.
   *
   * @param figure number of the figure
   * @param a number of a model
   * @param b number of another, after it
   * @param difference mean of b less mean of a
   * @param interval of the difference, 95 %
   * @param p of the paired test, corrected by Holm for the pairs of this figure
   */
  public record Pair(int figure, int a, int b, double difference, Interval interval, double p) {}

  /**
   * A model's entry, users in order of their names.
   *
   * @param name of the model, distinct
   * @param ranking its lists and figures
   * @param properties of what is recommended
   * @param engagement business figures
   * @param seconds of ranking and judging
   */
  public static Entry entry(
      String name,
      FullRanking ranking,
      Map<String, Double> properties,
      Map<String, Double> engagement,
      double seconds) {
    Scores scores = ranking.scores();
    Integer[] order = new Integer[scores.queries().size()];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> scores.queries().get(a).compareTo(scores.queries().get(b)));
    double[][] values = new double[scores.values().length][order.length];
    double[] means = new double[values.length];
    for (int figure = 0; figure < values.length; figure++) {
      for (int i = 0; i < order.length; i++) {
        values[figure][i] = scores.values()[figure][order[i]];
      }
      means[figure] = Scores.mean(values[figure]);
    }
    Interval[] intervals = Resampling.means(values, SEED);
    return new Entry(
        name, values, means, intervals, properties, engagement, ranking.fallbacks(), seconds);
  }

  /** Compares entries over the same users. */
  public static ModelComparison of(List<Figure> figures, List<String> users, List<Entry> models) {
    List<Pair> pairs = new ArrayList<>();
    for (int figure = 0; figure < figures.size(); figure++) {
      pairs.addAll(pairs(figure, models));
    }
    return new ModelComparison(figures, users.stream().sorted().toList(), models, pairs);
  }

  /** The pairs of models, compared by one figure. */
  private static List<Pair> pairs(int figure, List<Entry> models) {
    int count = models.size() * (models.size() - 1) / 2;
    double[][] differences = new double[count][];
    double[] raw = new double[count];
    int at = 0;
    for (int a = 0; a < models.size(); a++) {
      for (int b = a + 1; b < models.size(); b++) {
        double[] ofA = models.get(a).values()[figure];
        double[] ofB = models.get(b).values()[figure];
        double[] difference = new double[ofA.length];
        Arrays.setAll(difference, user -> ofB[user] - ofA[user]);
        differences[at] = difference;
        raw[at++] = Resampling.pairedTest(ofA, ofB);
      }
    }
    Interval[] intervals = Resampling.means(differences, SEED);
    double[] holm = Resampling.holm(raw);
    List<Pair> pairs = new ArrayList<>();
    for (int a = 0; a < models.size(); a++) {
      for (int b = a + 1; b < models.size(); b++) {
        int pair = pairs.size();
        double mean = Scores.mean(differences[pair]);
        pairs.add(new Pair(figure, a, b, mean, intervals[pair], holm[pair]));
      }
    }
    return pairs;
  }
}
