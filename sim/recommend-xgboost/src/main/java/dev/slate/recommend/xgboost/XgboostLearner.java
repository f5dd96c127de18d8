package dev.slate.recommend.xgboost;

import dev.slate.data.InputException;
import dev.slate.recommend.RankLearner;
import dev.slate.recommend.Settings;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Gradient-boosted trees (Chen and Guestrin 2016): logistic loss (pointwise), RankNet's on pairs
 * (pairwise, Burges et al. 2005), or LambdaMART's, pairs weighted by what their exchange does to
 * NDCG (listwise, Burges 2010). Trees see interactions of features, which a weighted sum does not.
 *
 * <p>One thread unless {@code threads} says otherwise: the same seed gives the same trees. The
 * trees live in native memory until the scorer is collected.
 */
public final class XgboostLearner implements RankLearner {
  private static final int[] ALL_ROUNDS = {0, 0};

  /** Creates the learner. */
  public XgboostLearner() {}

  @Override
  public String name() {
    return "xgboost";
  }

  /**
   * {@inheritDoc}
   *
   * @throws InputException if a setting is out of range, or the native library does not load here
   */
  @Override
  public Scorer learn(Lists lists, Objective objective, Settings settings, long seed) {
    int rounds = settings.count("rounds", 100, 1);
    Map<String, Object> parameters = parameters(objective, settings, seed);
    try {
      Booster trees = train(lists, parameters, rounds);
      int width = lists.names().size();
      return (rows, count, scores) -> score(trees, rows, count, width, scores);
    } catch (XGBoostError e) {
      throw new IllegalStateException("XGBoost: " + e.getMessage(), e);
    } catch (LinkageError e) {
      throw new InputException(
          "xgboost",
          "its native code does not load here (on Linux it needs libgomp1): " + e.getMessage(),
          e);
    }
  }

  private static Map<String, Object> parameters(Objective objective, Settings settings, long seed) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put(
        "objective",
        switch (objective) {
          case POINTWISE -> "binary:logistic";
          case PAIRWISE -> "rank:pairwise";
          case LISTWISE -> "rank:ndcg";
        });
    parameters.put("max_depth", settings.count("depth", 3, 1));
    parameters.put("eta", settings.number("rate", 0.05, 1e-6, 1));
    parameters.put("min_child_weight", settings.number("leaf", 20, 0, 1e9));
    parameters.put("subsample", settings.number("sample", 0.5, 1e-3, 1));
    parameters.put("nthread", settings.count("threads", 1, 1));
    parameters.put("tree_method", "hist");
    parameters.put("seed", (int) (seed & Integer.MAX_VALUE));
    parameters.put("verbosity", 0);
    return parameters;
  }

  private static Booster train(Lists lists, Map<String, Object> parameters, int rounds)
      throws XGBoostError {
    float[] labels = new float[lists.relevant().length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = lists.relevant()[i] ? 1 : 0;
    }
    int width = lists.names().size();
    DMatrix matrix = new DMatrix(lists.rows(), labels.length, width, Float.NaN);
    try {
      matrix.setLabel(labels);
      matrix.setGroup(Arrays.stream(lists.sizes()).filter(size -> size > 0).toArray());
      return XGBoost.train(matrix, parameters, rounds, Map.of(), null, null);
    } finally {
      matrix.dispose();
    }
  }

  /** Scores without a copy of the rows on the native side, which many threads may do at once. */
  private static void score(Booster trees, float[] rows, int count, int width, float[] scores) {
    if (count == 0) {
      return;
    }
    try {
      float[][] margins =
          trees.inplace_predict(
              rows, count, width, Float.NaN, ALL_ROUNDS, Booster.PredictionType.kMargin, null);
      for (int i = 0; i < count; i++) {
        scores[i] = margins[i][0];
      }
    } catch (XGBoostError e) {
      throw new IllegalStateException("XGBoost: " + e.getMessage(), e);
    }
  }
}
