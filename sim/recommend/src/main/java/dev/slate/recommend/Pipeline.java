package dev.slate.recommend;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The stages of a recommender in a service: a retriever, a ranker, and the making of a slate.
 * Immutable; safe from many threads, each with a {@link Session} of its own.
 */
public final class Pipeline {
  /**
   * How a request went.
   *
   * @param retrieveNanos nanoseconds of the retriever
   * @param rankNanos nanoseconds of the ranker
   * @param slateNanos nanoseconds of the policy and the selection of the slate
   * @param retrieved number of candidates
   * @param hidden how many of them the policy left out before the slate was full
   * @param cut how many were left over
   */
  public record Trace(
      long retrieveNanos, long rankNanos, long slateNanos, int retrieved, int hidden, int cut) {}

  private final Retriever retriever;
  private final int candidates;
  private final @Nullable Supplier<Ranker> rankers;
  private final NextSlate policy;

  /**
   * Puts stages together.
   *
   * @param retriever finds candidates
   * @param candidates how many, at least 1
   * @param rankers makes a ranker for each session, or null to keep the retriever's order
   * @param policy what feedback of the session does to the next slate
   * @throws IllegalArgumentException if candidates is below 1
   */
  public Pipeline(
      Retriever retriever, int candidates, @Nullable Supplier<Ranker> rankers, NextSlate policy) {
    if (candidates < 1) {
      throw new IllegalArgumentException(
          "candidates must be at least 1, but there are " + candidates);
    }
    this.retriever = Objects.requireNonNull(retriever, "retriever");
    this.candidates = candidates;
    this.rankers = rankers;
    this.policy = Objects.requireNonNull(policy, "policy");
  }

  /**
   * Starts serving.
   *
   * @return for one thread at a time; owns its scratch
   */
  public Session open() {
    return new Session();
  }

  /** One thread's stages. */
  public final class Session {
    private final Retrieval retrieval = retriever.open();
    private final @Nullable Ranker ranker = rankers == null ? null : rankers.get();
    private final Candidates found = new Candidates();
    private Trace trace = new Trace(0, 0, 0, 0, 0, 0);

    private Session() {}

    /**
     * Recommends.
     *
     * @param request who asks, and under which conditions
     * @param events feedback of the session so far
     * @param k length of the slate, at least 1
     * @param slate replaced by at most k items, best first
     */
    public void recommend(Request request, List<NextSlate.Event> events, int k, Candidates slate) {
      long start = System.nanoTime();
      retrieval.retrieve(request, candidates, found);
      int retrieved = found.size();
      long afterRetrieval = System.nanoTime();
      if (ranker != null) {
        ranker.rank(request, found);
      }
      long afterRanking = System.nanoTime();
      if (!events.isEmpty()) {
        pull(events);
      }
      slate.clear();
      int hidden = 0;
      for (int place = 0; place < found.size() && slate.size() < k; place++) {
        if (hides(events, found.item(place))) {
          hidden++;
        } else {
          slate.add(found.item(place), found.score(place));
        }
      }
      trace =
          new Trace(
              afterRetrieval - start,
              afterRanking - afterRetrieval,
              System.nanoTime() - afterRanking,
              retrieved,
              hidden,
              retrieved - hidden - slate.size());
    }

    /**
     * How the last request went.
     *
     * @return time and losses of each stage
     */
    public Trace trace() {
      return trace;
    }

    private boolean hides(List<NextSlate.Event> events, int item) {
      for (NextSlate.Event event : events) {
        if (event.item() == item && policy.of(event.kind()).hide()) {
          return true;
        }
      }
      return false;
    }

    /** Moves candidates by their similarity to the items of the events. */
    private void pull(List<NextSlate.Event> events) {
      if (found.size() == 0 || !(retriever instanceof Embeddings model)) {
        return;
      }
      float spread = found.score(0) - found.score(found.size() - 1);
      boolean moved = false;
      for (NextSlate.Event event : events) {
        double pull = policy.of(event.kind()).pull();
        if (pull == 0) {
          continue;
        }
        moved = true;
        for (int place = 0; place < found.size(); place++) {
          double similar = cosine(model.factors(), event.item(), found.item(place));
          found.score(place, (float) (found.score(place) + pull * spread * similar));
        }
      }
      if (moved) {
        found.sort();
      }
    }
  }

  private static double cosine(Factors factors, int a, int b) {
    int d = factors.d();
    float[] items = factors.items();
    double dot = 0;
    double ofA = 0;
    double ofB = 0;
    for (int j = 0; j < d; j++) {
      float x = items[a * d + j];
      float y = items[b * d + j];
      dot += x * y;
      ofA += x * x;
      ofB += y * y;
    }
    return dot == 0 ? 0 : dot / Math.sqrt(ofA * ofB);
  }
}
