package dev.slate.recommend.model;

import dev.slate.recommend.Candidates;
import dev.slate.recommend.Interactions;
import dev.slate.recommend.ModelKind;
import dev.slate.recommend.Retriever;
import dev.slate.recommend.Settings;
import dev.slate.recommend.Training;

/**
 * Items like those of the user's history (Sarwar et al. 2001; Deshpande and Karypis 2004): each
 * item of the history adds its similarity to the scores of its nearest neighbours. The similarity
 * is the cosine of the columns of the matrix, with the shrinkage added to the denominator, so that
 * pairs with little evidence count less.
 */
public final class ItemNeighbours implements ModelKind {
  @Override
  public String name() {
    return "item-knn";
  }

  @Override
  public String description() {
    return "items whose users are those of the items that the user has (cosine, shrinkage)";
  }

  @Override
  public Retriever train(Training training) {
    Settings settings = training.settings();
    int neighbours = settings.count("neighbours", 100, 1);
    double shrinkage = settings.number("shrinkage", 10, 0, 1e9);
    Interactions users = training.interactions();
    Interactions items = users.transpose();
    double[] norms = norms(items);
    int n = items.rows();
    int[][] near = new int[n][];
    float[][] similarity = new float[n][];
    training
        .workers()
        .run(
            n,
            () -> {
              ScoreBoard products = new ScoreBoard(n);
              Candidates order = new Candidates();
              return item -> {
                products.clear();
                for (int at = items.start(item); at < items.start(item + 1); at++) {
                  int user = items.column(at);
                  float weight = items.weight(at);
                  for (int to = users.start(user); to < users.start(user + 1); to++) {
                    products.add(users.column(to), weight * users.weight(to));
                  }
                }
                order.clear();
                for (int i = 0; i < products.size(); i++) {
                  int other = products.item(i);
                  if (other != item) {
                    order.add(
                        other,
                        (float) (products.score(other) / (norms[item] * norms[other] + shrinkage)));
                  }
                }
                order.best(neighbours);
                near[item] = new int[order.size()];
                similarity[item] = new float[order.size()];
                for (int i = 0; i < order.size(); i++) {
                  near[item][i] = order.item(i);
                  similarity[item][i] = order.score(i);
                }
              };
            });
    return new SparseModel("item-knn", users) {
      @Override
      RequestScorer newScorer() {
        return (request, board) ->
            evidence(
                request,
                (item, weight) -> {
                  for (int i = 0; i < near[item].length; i++) {
                    board.add(near[item][i], weight * similarity[item][i]);
                  }
                });
      }
    };
  }

  /** Euclidean lengths of rows. */
  static double[] norms(Interactions rows) {
    double[] norms = new double[rows.rows()];
    for (int row = 0; row < norms.length; row++) {
      for (int at = rows.start(row); at < rows.start(row + 1); at++) {
        norms[row] += (double) rows.weight(at) * rows.weight(at);
      }
      norms[row] = Math.sqrt(norms[row]);
    }
    return norms;
  }
}
