package dev.slate.recommend.rank;

import dev.slate.recommend.Candidates;
import dev.slate.recommend.Features;
import dev.slate.recommend.Interactions;
import dev.slate.recommend.ItemScorer;
import dev.slate.recommend.Request;
import dev.slate.recommend.Retriever;
import dev.slate.recommend.Training;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The features of a candidate that a ranker sees: the retriever's score and rank, the scores of
 * other models, popularity, length of the history, features of the user and of the item, and the
 * request's context. Scores are also given as ranks among the candidates.
 */
final class CandidateFeatures {
  private final List<Retriever> models;
  private final Interactions history;
  private final float[] popularity;
  private final @Nullable Features ofUsers;
  private final @Nullable Features ofItems;
  private final int context;
  private final List<String> names = new ArrayList<>();

  CandidateFeatures(List<Retriever> models, Training training, int context) {
    this.models = models;
    this.history = training.interactions();
    this.ofUsers = training.userFeatures();
    this.ofItems = training.itemFeatures();
    this.context = context;
    this.popularity = new float[history.columns()];
    for (int entry = 0; entry < history.size(); entry++) {
      popularity[history.column(entry)]++;
    }
    names.add("place");
    for (int i = 0; i < models.size(); i++) {
      names.add(models.get(i).name() + " score");
      names.add(models.get(i).name() + " place");
    }
    names.add("log popularity");
    names.add("log history");
    if (ofUsers != null) {
      ofUsers.names().forEach(name -> names.add("user " + name));
    }
    if (ofItems != null) {
      ofItems.names().forEach(name -> names.add("item " + name));
    }
    for (int c = 0; c < context; c++) {
      names.add("context " + c);
    }
  }

  List<String> names() {
    return names;
  }

  /** One thread's scratch. */
  Writer open() {
    return new Writer();
  }

  /** Writes rows of features. For one thread. */
  final class Writer {
    private final List<ItemScorer> scorers = models.stream().map(Retriever::scorer).toList();
    private final Candidates order = new Candidates();
    private float[] scores = new float[0];

    /** Writes one row for each candidate, from the start of the array. */
    void write(Request request, Candidates candidates, float[] rows) {
      int n = candidates.size();
      int width = names.size();
      if (scores.length < n) {
        scores = new float[n];
      }
      int column = 0;
      for (int i = 0; i < n; i++) {
        rows[i * width] = i;
      }
      column++;
      for (ItemScorer scorer : scorers) {
        scorer.score(request, candidates, scores);
        order.clear();
        for (int i = 0; i < n; i++) {
          rows[i * width + column] = scores[i];
          order.add(i, scores[i]);
        }
        order.sort();
        for (int place = 0; place < n; place++) {
          rows[order.item(place) * width + column + 1] = place;
        }
        column += 2;
      }
      for (int i = 0; i < n; i++) {
        rest(request, candidates.item(i), rows, i * width + column);
      }
    }

    private void rest(Request request, int item, float[] rows, int from) {
      int user = request.user();
      int at = from;
      rows[at++] = (float) Math.log1p(popularity[item]);
      int known = (user < 0 ? 0 : history.count(user)) + request.seeds().length;
      rows[at++] = (float) Math.log1p(known);
      if (ofUsers != null) {
        for (int j = 0; j < ofUsers.width(); j++) {
          rows[at++] = user < 0 ? 0 : ofUsers.get(user, j);
        }
      }
      if (ofItems != null) {
        for (int j = 0; j < ofItems.width(); j++) {
          rows[at++] = ofItems.get(item, j);
        }
      }
      for (int c = 0; c < context; c++) {
        rows[at++] = c < request.context().length ? request.context()[c] : 0;
      }
    }
  }
}
