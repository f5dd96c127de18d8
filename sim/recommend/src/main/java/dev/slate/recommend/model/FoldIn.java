package dev.slate.recommend.model;

import dev.slate.recommend.Factors;
import dev.slate.recommend.Features;
import dev.slate.recommend.Interactions;
import dev.slate.recommend.Request;
import dev.slate.recommend.Training;
import org.jspecify.annotations.Nullable;

/**
 * Vectors for users and items that were not in the training. A user with seeds gets the
 * least-squares vector of history and seeds, given the vectors of the items. A user or an item
 * without any evidence gets the vector that its features predict, if there are features.
 */
final class FoldIn {
  private final Training training;
  private final Factors factors;
  private final double alpha;
  private final double lambda;
  private final double[] gram;
  private final @Nullable FeatureMap ofUsers;
  private final @Nullable FeatureMap ofItems;

  FoldIn(Training training, Factors factors, double alpha, double lambda, double[] gram) {
    this.training = training;
    this.factors = factors;
    this.alpha = alpha;
    this.lambda = lambda;
    this.gram = gram;
    Features user = training.userFeatures();
    Features item = training.itemFeatures();
    Interactions history = training.interactions();
    this.ofUsers =
        user == null ? null : new FeatureMap(user, history, factors.users(), factors.d());
    this.ofItems =
        item == null
            ? null
            : new FeatureMap(item, history.transpose(), factors.items(), factors.d());
  }

  /** The factors, with predicted ones for items that nobody has met. */
  Factors withNewItems() {
    FeatureMap map = ofItems;
    Features features = training.itemFeatures();
    if (map == null || features == null) {
      return factors;
    }
    float[] items = factors.items().clone();
    boolean[] met = new boolean[features.rows()];
    Interactions history = training.interactions();
    for (int entry = 0; entry < history.size(); entry++) {
      met[history.column(entry)] = true;
    }
    for (int item = 0; item < met.length; item++) {
      if (!met[item] && features.known()[item]) {
        map.predict(item, items, item * factors.d());
      }
    }
    return new Factors(factors.d(), factors.users(), items, factors.biases());
  }

  /** See {@link dev.slate.recommend.Embeddings.Inference}. */
  boolean vector(Request request, float[] vector) {
    Interactions history = training.interactions();
    int user = request.user();
    int known = user < 0 ? 0 : history.count(user);
    if (known + request.seeds().length > 0) {
      if (request.seeds().length > 0) {
        solve(request, vector);
      }
      return true;
    }
    Features features = training.userFeatures();
    if (ofUsers != null && features != null && user >= 0 && features.known()[user]) {
      ofUsers.predict(user, vector, 0);
      return true;
    }
    return false;
  }

  private void solve(Request request, float[] vector) {
    int d = factors.d();
    Interactions history = training.interactions();
    NormalEquations equations = new NormalEquations(d, lambda, gram);
    equations.start();
    int user = request.user();
    if (user >= 0) {
      for (int at = history.start(user); at < history.start(user + 1); at++) {
        equations.add(factors.items(), history.column(at) * d, alpha * history.weight(at));
      }
    }
    for (int seed : request.seeds()) {
      if (user < 0 || !history.contains(user, seed)) {
        equations.add(factors.items(), seed * d, alpha);
      }
    }
    equations.solve(vector, 0);
  }
}
