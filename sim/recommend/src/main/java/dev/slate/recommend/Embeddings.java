package dev.slate.recommend;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.CatalogBuilder;
import dev.slate.kernel.Index;
import dev.slate.kernel.IndexBuilder;
import dev.slate.kernel.ItemSet;
import dev.slate.kernel.Metric;
import dev.slate.kernel.Query;
import dev.slate.kernel.Searcher;
import dev.slate.kernel.Slate;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A model of vectors: the score of an item for a user is the dot product of their vectors, plus the
 * item's bias. The kernel finds the best items, exactly; seen items are denied.
 *
 * <p>Memory: 4 bytes for each number, twice for items (here and in the index). Immutable; safe from
 * many threads.
 */
public final class Embeddings implements Retriever {
  /** Users whose answers are held at once by {@link #retrieveAll}. */
  private static final int BATCH = 4096;

  private static final int MOST_SEEN_IN_BATCH = 1024;

  /** Users whose vectors the planner is told; as many as {@link IndexBuilder} says suffice. */
  private static final int TYPICAL = 100;

  /**
   * Largest number of multiplications for which {@link #retrieveAll} uses a plain loop; chosen. It
   * takes less time than the JVM to compile the kernel's vector code.
   */
  private static final long FEW = 1L << 28;

  /** Makes the vector of a user from a request, where a stored one will not do. */
  @FunctionalInterface
  public interface Inference {
    /**
     * Computes the vector.
     *
     * @param request the request
     * @param vector receives d numbers; holds the stored vector of the user, or zeros
     * @return whether there is evidence for a vector; where there is none nothing is retrieved
     */
    boolean vector(Request request, float[] vector);
  }

  private final String name;
  private final Interactions history;
  private final Factors factors;
  private final int d;
  private final float[] users;
  private final Index index;
  private final Inference inference;

  /**
   * Lays items out for search.
   *
   * @param name of the model
   * @param history what it was trained on
   * @param factors the vectors
   * @param inference makes vectors for requests with seeds or context, and for users without a
   *     history
   * @param workers who lays out
   * @throws IllegalArgumentException if the shapes contradict each other or a number is not finite
   */
  public Embeddings(
      String name, Interactions history, Factors factors, Inference inference, Workers workers) {
    this.name = Objects.requireNonNull(name, "name");
    this.history = Objects.requireNonNull(history, "history");
    this.factors = factors;
    this.d = factors.d();
    this.users = factors.users();
    this.inference = Objects.requireNonNull(inference, "inference");
    if (users.length != (long) history.rows() * d
        || factors.items().length != (long) history.columns() * d) {
      throw new IllegalArgumentException(
          "%d and %d numbers are not %d users and %d items of %d"
              .formatted(
                  users.length, factors.items().length, history.rows(), history.columns(), d));
    }
    IndexBuilder builder =
        Index.builder(catalog(factors))
            .metric(Metric.DOT)
            .executor(workers.executor(), workers.threads());
    float[] typical = typicalUsers();
    this.index = (typical.length == 0 ? builder : builder.expectedQueries(typical)).build();
  }

  /** Vectors of some users with a history, spread over all: what the planner expects. */
  private float[] typicalUsers() {
    int known = 0;
    for (int user = 0; user < history.rows(); user++) {
      known += history.count(user) > 0 ? 1 : 0;
    }
    int count = Math.min(known, TYPICAL);
    float[] typical = new float[count * d];
    long met = 0;
    int taken = 0;
    for (int user = 0; taken < count; user++) {
      if (history.count(user) > 0 && met++ * count / known == taken) {
        System.arraycopy(users, user * d, typical, taken++ * d, d);
      }
    }
    return typical;
  }

  private static Catalog catalog(Factors factors) {
    int d = factors.d();
    float[] items = factors.items();
    float[] biases = factors.biases();
    if (biases == null) {
      return Catalog.of(items, d);
    }
    CatalogBuilder builder = Catalog.builder(d);
    for (int item = 0; item < biases.length; item++) {
      builder.add(Arrays.copyOfRange(items, item * d, item * d + d)).bias(biases[item]);
    }
    return builder.build();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Interactions history() {
    return history;
  }

  /**
   * The vectors.
   *
   * @return as given
   */
  public Factors factors() {
    return factors;
  }

  /**
   * Where the kernel finds items.
   *
   * @return the index, metric DOT, ordinals of items
   */
  public Index index() {
    return index;
  }

  /**
   * Makes the vector of a request as a search does.
   *
   * @param request the request
   * @param vector receives d numbers; holds the stored vector of the user, or zeros
   * @return whether there is evidence for a vector
   */
  public boolean infer(Request request, float[] vector) {
    return inference.vector(request, vector);
  }

  @Override
  public Retrieval open() {
    return new Search();
  }

  /** {@inheritDoc} Costs d multiplications an item. */
  @Override
  public ItemScorer scorer() {
    float[] vector = new float[d];
    return (request, asked, scores) -> {
      boolean known = vectorOf(request, vector);
      for (int place = 0; place < asked.size(); place++) {
        scores[place] = known ? score(asked.item(place), vector) : 0;
      }
    };
  }

  /** The score of an item, equal to the kernel's to the bit. */
  private float score(int item, float[] vector) {
    float[] items = factors.items();
    float[] biases = factors.biases();
    float score = biases == null ? 0 : biases[item];
    int row = item * d;
    for (int j = 0; j < vector.length; j++) {
      score = Math.fma(items[row + j], vector[j], score);
    }
    return score;
  }

  private boolean vectorOf(Request request, float[] vector) {
    int user = request.user();
    if (user >= 0) {
      Objects.checkIndex(user, history.rows());
      System.arraycopy(users, user * d, vector, 0, d);
    } else {
      Arrays.fill(vector, 0);
    }
    boolean stored =
        user >= 0
            && history.count(user) > 0
            && request.seeds().length == 0
            && request.context().length == 0;
    return stored || inference.vector(request, vector);
  }

  /** One thread's searcher and scratch. */
  private final class Search implements Retrieval {
    private final Searcher searcher = index.searcher();
    private final float[] vector = new float[d];
    private final Query query = Query.of(vector);
    private final ItemSet denied = index.items();
    private Slate slate = new Slate(1);

    @Override
    public void retrieve(Request request, int k, Candidates out) {
      out.clear();
      if (!vectorOf(request, vector)) {
        return;
      }
      if (slate.k() != k) {
        slate = new Slate(k);
      }
      query.allow(request.allow()).deny(deny(request));
      searcher.search(query, slate);
      for (int i = 0; i < slate.size(); i++) {
        out.add(slate.ordinal(i), slate.score(i));
      }
      undo(request);
    }

    /** Seen items are added to the set, and taken out again after the search. */
    private @Nullable ItemSet deny(Request request) {
      if (!request.excludeSeen()) {
        return request.deny();
      }
      ItemSet asked = request.deny();
      if (asked != null) {
        denied.or(asked);
      }
      if (request.user() >= 0) {
        for (int at = history.start(request.user()); at < history.start(request.user() + 1); at++) {
          denied.add(history.column(at));
        }
      }
      for (int item : request.seeds()) {
        denied.add(item);
      }
      return denied;
    }

    private void undo(Request request) {
      if (!request.excludeSeen()) {
        return;
      }
      if (request.deny() != null) {
        denied.clear();
        return;
      }
      if (request.user() >= 0) {
        for (int at = history.start(request.user()); at < history.start(request.user() + 1); at++) {
          denied.remove(history.column(at));
        }
      }
      for (int item : request.seeds()) {
        denied.remove(item);
      }
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Small calls use a plain loop, which gives the same bits and ends before the JVM would have
   * compiled the kernel. Otherwise batches of users go to the kernel together. It returns k more
   * for each item that a user has seen, which are then dropped: the same answer as denying them.
   */
  @Override
  public void retrieveAll(int[] asked, int k, boolean excludeSeen, Workers workers, Sink sink) {
    if ((long) asked.length * history.columns() * d <= FEW) {
      scoreAll(asked, k, excludeSeen, workers, sink);
    } else {
      searchAll(asked, k, excludeSeen, workers, sink);
    }
  }

  /** {@link #retrieveAll} without the kernel. O(d) multiplications for each user and item. */
  void scoreAll(int[] asked, int k, boolean excludeSeen, Workers workers, Sink sink) {
    workers.run(
        asked.length,
        () -> {
          float[] vector = new float[d];
          Candidates out = new Candidates();
          return at -> {
            scoreItems(Request.of(asked[at]).excludeSeen(excludeSeen), vector, out);
            out.best(k);
            sink.take(at, out);
          };
        });
  }

  /** All items that the user may get, with their scores, in order of ordinals. */
  private void scoreItems(Request request, float[] vector, Candidates out) {
    out.clear();
    if (!vectorOf(request, vector)) {
      return;
    }
    int seen = history.start(request.user());
    int end = request.excludeSeen() ? history.start(request.user() + 1) : seen;
    for (int item = 0; item < history.columns(); item++) {
      if (seen < end && history.column(seen) == item) {
        seen++;
      } else {
        out.add(item, score(item, vector));
      }
    }
  }

  /** {@link #retrieveAll} by the kernel. */
  void searchAll(int[] asked, int k, boolean excludeSeen, Workers workers, Sink sink) {
    int[] order = new int[asked.length];
    int batched = 0;
    int rest = asked.length;
    for (int at = 0; at < asked.length; at++) {
      int seen = history.count(asked[at]);
      boolean alone = seen == 0 || (excludeSeen && seen > MOST_SEEN_IN_BATCH);
      order[alone ? --rest : batched++] = at;
    }
    Searcher searcher = index.searcher(workers.executor(), workers.threads());
    for (int from = 0; from < batched; from += BATCH) {
      workers.check();
      batch(asked, order, from, Math.min(batched, from + BATCH), k, excludeSeen, searcher, sink);
    }
    int[] alone = Arrays.copyOfRange(order, batched, order.length);
    int[] users = Arrays.stream(alone).map(at -> asked[at]).toArray();
    Retriever.super.retrieveAll(
        users, k, excludeSeen, workers, (at, found) -> sink.take(alone[at], found));
  }

  private void batch(
      int[] asked,
      int[] order,
      int from,
      int to,
      int k,
      boolean excludeSeen,
      Searcher searcher,
      Sink sink) {
    float[] queries = new float[(to - from) * d];
    Slate[] slates = new Slate[to - from];
    for (int i = 0; i < slates.length; i++) {
      int user = asked[order[from + i]];
      System.arraycopy(users, user * d, queries, i * d, d);
      int seen = excludeSeen ? history.count(user) : 0;
      slates[i] = new Slate(Math.min(k + seen, Math.max(1, history.columns())));
    }
    searcher.searchAll(queries, slates);
    Candidates out = new Candidates();
    for (int i = 0; i < slates.length; i++) {
      int user = asked[order[from + i]];
      Slate slate = slates[i];
      out.clear();
      for (int place = 0; place < slate.size() && out.size() < k; place++) {
        int item = slate.ordinal(place);
        if (!excludeSeen || !history.contains(user, item)) {
          out.add(item, slate.score(place));
        }
      }
      sink.take(order[from + i], out);
    }
  }
}
