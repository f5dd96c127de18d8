package dev.slate.recommend;

import dev.slate.kernel.ItemSet;

/**
 * Finds the items that suit a user best, out of all. Immutable once trained; safe from many
 * threads, each with a {@link Retrieval} of its own.
 */
public interface Retriever {
  /**
   * The name of the model.
   *
   * @return such as {@code als}
   */
  String name();

  /**
   * What the model learned from: users as rows, items as columns.
   *
   * @return the history that {@link Request#excludeSeen} leaves out
   */
  Interactions history();

  /**
   * Starts retrieving.
   *
   * @return for one thread at a time; owns its scratch
   */
  Retrieval open();

  /**
   * Starts scoring given items. Costs a retrieval for each request unless overridden.
   *
   * @return for one thread at a time; owns its scratch
   */
  default ItemScorer scorer() {
    Retrieval retrieval = open();
    int n = history().columns();
    ItemSet allowed = ItemSet.unbound(n);
    Candidates found = new Candidates();
    float[] all = new float[n];
    return (request, items, scores) -> {
      allowed.clear();
      for (int place = 0; place < items.size(); place++) {
        allowed.add(items.item(place));
        all[items.item(place)] = 0;
      }
      retrieval.retrieve(
          request.allow(allowed).deny(null).excludeSeen(false), Math.max(1, items.size()), found);
      for (int place = 0; place < found.size(); place++) {
        all[found.item(place)] = found.score(place);
      }
      for (int place = 0; place < items.size(); place++) {
        scores[place] = all[items.item(place)];
      }
    };
  }

  /**
   * The stages in which a service would serve this model.
   *
   * @param candidates how many are retrieved, at least 1; unused by a model that says it itself
   * @param policy what feedback of the session does to the next slate
   * @return the model as the retriever, with its ranker if it has one
   * @throws IllegalArgumentException if candidates is below 1
   */
  default Pipeline pipeline(int candidates, NextSlate policy) {
    return new Pipeline(this, candidates, null, policy);
  }

  /**
   * Finds items for many users. The same answers as one by one.
   *
   * @param users ordinals
   * @param k how many items for each, at least 1
   * @param excludeSeen whether items of a user's history are left out
   * @param workers who carries it out
   * @param sink takes each answer, from any of the workers' threads
   */
  default void retrieveAll(int[] users, int k, boolean excludeSeen, Workers workers, Sink sink) {
    workers.run(
        users.length,
        () -> {
          Retrieval retrieval = open();
          Candidates out = new Candidates();
          return at -> {
            retrieval.retrieve(Request.of(users[at]).excludeSeen(excludeSeen), k, out);
            sink.take(at, out);
          };
        });
  }

  /** Takes the answers of {@link #retrieveAll}. Called from many threads at once. */
  @FunctionalInterface
  interface Sink {
    /**
     * Takes an answer.
     *
     * @param at index of the user among those asked for; each comes once, in any order
     * @param items the answer, to be copied: it is reused
     */
    void take(int at, Candidates items);
  }
}
