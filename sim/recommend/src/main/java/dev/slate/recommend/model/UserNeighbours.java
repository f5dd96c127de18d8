package dev.slate.recommend.model;

import dev.slate.recommend.Candidates;
import dev.slate.recommend.Interactions;
import dev.slate.recommend.ModelKind;
import dev.slate.recommend.Retriever;
import dev.slate.recommend.Settings;
import dev.slate.recommend.Training;

/**
 * The items of users with the same taste (Resnick et al. 1994, for implicit feedback): each of the
 * nearest users by cosine, with shrinkage, adds its similarity to the scores of its items.
 */
public final class UserNeighbours implements ModelKind {
  @Override
  public String name() {
    return "user-knn";
  }

  @Override
  public String description() {
    return "what the users most like the user have (cosine, shrinkage)";
  }

  @Override
  public Retriever train(Training training) {
    Settings settings = training.settings();
    int neighbours = settings.count("neighbours", 50, 1);
    double shrinkage = settings.number("shrinkage", 10, 0, 1e9);
    Interactions users = training.interactions();
    Interactions items = users.transpose();
    double[] norms = ItemNeighbours.norms(users);
    return new SparseModel("user-knn", users) {
      @Override
      RequestScorer newScorer() {
        ScoreBoard products = new ScoreBoard(users.rows());
        Candidates near = new Candidates();
        double[] length = new double[1];
        return (request, board) -> {
          products.clear();
          length[0] = 0;
          evidence(
              request,
              (item, weight) -> {
                length[0] += (double) weight * weight;
                for (int at = items.start(item); at < items.start(item + 1); at++) {
                  products.add(items.column(at), weight * items.weight(at));
                }
              });
          near.clear();
          double norm = Math.sqrt(length[0]);
          for (int i = 0; i < products.size(); i++) {
            int user = products.item(i);
            if (user != request.user()) {
              near.add(user, (float) (products.score(user) / (norm * norms[user] + shrinkage)));
            }
          }
          near.best(neighbours);
          for (int i = 0; i < near.size(); i++) {
            int user = near.item(i);
            for (int at = users.start(user); at < users.start(user + 1); at++) {
              board.add(users.column(at), near.score(i) * users.weight(at));
            }
          }
        };
      }
    };
  }
}
