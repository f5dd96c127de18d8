package dev.slate.recommend.online;

import dev.slate.recommend.evaluate.Figure;
import dev.slate.recommend.evaluate.Resampling;
import dev.slate.recommend.evaluate.Resampling.Interval;
import dev.slate.recommend.evaluate.Scores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Models by their offline figures and by what they do online, on the same users.
 *
 * @param figures the offline figures
 * @param users how many users
 * @param models one entry for each
 * @param agreement one for each figure
 */
public record OnlineComparison(
    List<Figure> figures, int users, List<Entry> models, List<Agreement> agreement) {
  private static final long SEED = 1;

  /**
   * A model.
   *
   * @param name of the model
   * @param offline means of the figures
   * @param offlineIntervals of those, 95 %
   * @param online mean satisfaction with a slate, from 0 to 1; a slate without a pick counts as 0
   * @param onlineInterval of that, 95 %
   */
  public record Entry(
      String name,
      double[] offline,
      Interval[] offlineIntervals,
      double online,
      Interval onlineInterval) {
    /** The place of this model among all by an offline figure, 1 for the best. */
    public int offlineRank(int figure, List<Entry> all) {
      return 1 + (int) all.stream().filter(e -> e.offline[figure] > offline[figure]).count();
    }

    /** The place of this model among all online, 1 for the best. */
    public int onlineRank(List<Entry> all) {
      return 1 + (int) all.stream().filter(e -> e.online > online).count();
    }
  }

  /**
   * How far the order by a figure agrees with the order online.
   *
   * @param figure the figure
   * @param tau Kendall's tau-b, from -1 to 1
   * @param interval of it, 95 %, by bootstrap over users
   */
  public record Agreement(Figure figure, double tau, Interval interval) {}

  /**
   * Compares.
   *
   * @param figures the offline figures
   * @param names of the models
   * @param offline by figure, model and user
   * @param online by model and user, users in the same order
   */
  static OnlineComparison of(
      List<Figure> figures, List<String> names, double[][][] offline, double[][] online) {
    List<Entry> models = new ArrayList<>();
    for (int model = 0; model < names.size(); model++) {
      double[] means = new double[figures.size()];
      Interval[] intervals = new Interval[means.length];
      for (int figure = 0; figure < means.length; figure++) {
        means[figure] = Scores.mean(offline[figure][model]);
        intervals[figure] = Resampling.mean(offline[figure][model], SEED);
      }
      models.add(
          new Entry(
              names.get(model),
              means,
              intervals,
              Scores.mean(online[model]),
              Resampling.mean(online[model], SEED)));
    }
    List<Agreement> agreement = new ArrayList<>();
    double[] satisfaction = Arrays.stream(online).mapToDouble(Scores::mean).toArray();
    for (int figure = 0; figure < figures.size(); figure++) {
      double[] means = Arrays.stream(offline[figure]).mapToDouble(Scores::mean).toArray();
      agreement.add(
          new Agreement(
              figures.get(figure),
              RankCorrelation.tau(means, satisfaction),
              RankCorrelation.interval(offline[figure], online, SEED)));
    }
    return new OnlineComparison(figures, online[0].length, models, agreement);
  }
}
