package dev.slate.recommend.model;

import dev.slate.recommend.Candidates;
import dev.slate.recommend.Interactions;
import dev.slate.recommend.ModelKind;
import dev.slate.recommend.Retriever;
import dev.slate.recommend.Settings;
import dev.slate.recommend.Training;

/**
 * Sessions like the current one (Jannach and Ludewig 2017, vector multiplication): the user's last
 * items, the most recent counting most, are compared with the histories that share one with them;
 * the nearest ones add their items, more where the latest shared item is a recent one.
 */
public final class SessionNeighbours implements ModelKind {
  @Override
  public String name() {
    return "session-knn";
  }

  @Override
  public String description() {
    return "what histories have that share the user's most recent items";
  }

  @Override
  public Retriever train(Training training) {
    Settings settings = training.settings();
    int last = settings.count("last", 20, 1);
    int neighbours = settings.count("neighbours", 100, 1);
    Sequences sequences = new Sequences(training);
    Interactions users = training.interactions();
    Interactions items = users.transpose();
    return new SparseModel("session-knn", users) {
      @Override
      RequestScorer newScorer() {
        ScoreBoard products = new ScoreBoard(users.rows());
        Candidates near = new Candidates();
        float[] latest = new float[users.rows()];
        return (request, board) -> {
          int[] recent = sequences.recent(request, last);
          products.clear();
          for (int place = 0; place < recent.length; place++) {
            float weight = (recent.length - place) / (float) recent.length;
            for (int at = items.start(recent[place]); at < items.start(recent[place] + 1); at++) {
              int user = items.column(at);
              if (products.score(user) == 0) {
                latest[user] = weight;
              }
              products.add(user, weight);
            }
          }
          near.clear();
          for (int i = 0; i < products.size(); i++) {
            int user = products.item(i);
            if (user != request.user()) {
              near.add(
                  user,
                  (float)
                      (products.score(user)
                          / Math.sqrt((double) recent.length * users.count(user))));
            }
          }
          near.best(neighbours);
          for (int i = 0; i < near.size(); i++) {
            int user = near.item(i);
            for (int at = users.start(user); at < users.start(user + 1); at++) {
              board.add(users.column(at), near.score(i) * latest[user]);
            }
          }
        };
      }
    };
  }
}
