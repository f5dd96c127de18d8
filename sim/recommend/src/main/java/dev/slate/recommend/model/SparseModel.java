package dev.slate.recommend.model;

import dev.slate.recommend.Interactions;
import dev.slate.recommend.ItemScorer;
import dev.slate.recommend.Request;
import dev.slate.recommend.Retrieval;
import dev.slate.recommend.Retriever;
import java.util.Objects;

/** A model that gives few items a score each. */
abstract class SparseModel implements Retriever {
  private final String name;
  private final Interactions history;

  SparseModel(String name, Interactions history) {
    this.name = name;
    this.history = history;
  }

  /** Scores items for one request after another, on one thread. */
  interface RequestScorer {
    void score(Request request, ScoreBoard board);
  }

  /** A scorer with scratch of its own. */
  abstract RequestScorer newScorer();

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Interactions history() {
    return history;
  }

  @Override
  public final Retrieval open() {
    RequestScorer scorer = newScorer();
    ScoreBoard board = new ScoreBoard(history.columns());
    return (request, k, out) -> {
      check(request);
      board.clear();
      scorer.score(request, board);
      board.select(request, history, k, out);
    };
  }

  @Override
  public final ItemScorer scorer() {
    RequestScorer scorer = newScorer();
    ScoreBoard board = new ScoreBoard(history.columns());
    return (request, items, scores) -> {
      check(request);
      board.clear();
      scorer.score(request, board);
      for (int place = 0; place < items.size(); place++) {
        scores[place] = board.score(items.item(place));
      }
    };
  }

  private void check(Request request) {
    if (request.user() >= 0) {
      Objects.checkIndex(request.user(), history.rows());
    }
    for (int seed : request.seeds()) {
      Objects.checkIndex(seed, history.columns());
    }
  }

  /** Hands over the user's items and their weights, then the seeds with weight 1. */
  final void evidence(Request request, Evidence each) {
    int user = request.user();
    if (user >= 0) {
      for (int at = history.start(user); at < history.start(user + 1); at++) {
        each.take(history.column(at), history.weight(at));
      }
    }
    for (int seed : request.seeds()) {
      if (user < 0 || !history.contains(user, seed)) {
        each.take(seed, 1);
      }
    }
  }

  /** Takes an item that speaks for the user's taste. */
  interface Evidence {
    void take(int item, float weight);
  }
}
