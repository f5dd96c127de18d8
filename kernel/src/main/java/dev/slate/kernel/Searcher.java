package dev.slate.kernel;

import dev.slate.kernel.parallel.WorkerGroup;
import dev.slate.kernel.query.OutOfTime;
import dev.slate.kernel.search.AnswerSink;
import dev.slate.kernel.search.BatchSearch;
import dev.slate.kernel.search.Counters;
import dev.slate.kernel.search.RowSearch;
import dev.slate.kernel.search.SearchContext;
import dev.slate.kernel.search.SharedSearch;
import dev.slate.kernel.select.TopK;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Searches one index. Owns all scratch, so that searches allocate nothing once warm. Used by one
 * thread at a time: a second one gets an {@link IllegalStateException}. Create a searcher for each
 * thread; on virtual threads a searcher and a {@link Slate} for each request, which costs little
 * beside a search.
 *
 * <p>Time of a search, for n items of d attributes: O(n d) for {@link Strategy#SCAN}. The other
 * strategies prune, and take O(n d) in the worst case; {@link #stats} tells how much the last
 * search looked at. Memory, for each thread that takes part: O(k + d), and for {@link
 * Strategy#QUANTIZED} about {@code n / 16} bytes more.
 *
 * {@snippet :
 * Searcher searcher = index.searcher();
 * Slate slate = new Slate(10);
 * searcher.search(query, slate);
 * int best = slate.ordinal(0);
 * float score = slate.score(0);
 * }
 */
public final class Searcher {
  /** Chosen: above the processors of any machine, and low enough for the scratch of each thread. */
  private static final int MOST_THREADS = 1_024;

  private static final VarHandle BUSY;

  static {
    try {
      BUSY = MethodHandles.lookup().findVarHandle(Searcher.class, "busy", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Index index;
  private final WorkerGroup workers;
  private final SharedSearch share;
  private final SearchContext[] contexts;
  private final Counters counters = new Counters();
  private final WorkerGroup.Work searching = this::searchPart;
  private final Query plain = Query.of(new float[0]);
  private @Nullable Batch batch;
  private final RowSearch single;

  /** 1 while a thread searches: with shared scratch two searches would both answer wrongly. */
  @SuppressWarnings("UnusedVariable") // used through BUSY
  private int busy;

  Searcher(Index index, @Nullable Executor executor, int threads) {
    checkThreads(threads);
    this.index = index;
    this.workers = new WorkerGroup(executor, threads);
    this.share = new SharedSearch(workers.size());
    this.single = new RowSearch(index.rows, counters);
    this.contexts = new SearchContext[workers.size()];
    for (int i = 0; i < contexts.length; i++) {
      contexts[i] = new SearchContext(index.engine, index.metric(), index.biased);
    }
  }

  static void checkThreads(int threads) {
    if (threads < 1 || threads > MOST_THREADS) {
      throw new IllegalArgumentException(
          "threads must be from 1 to " + MOST_THREADS + ", but it is " + threads);
    }
  }

  /**
   * Finds the best items for a query.
   *
   * @param query d finite attributes
   * @param out receives the k best
   * @throws IllegalArgumentException if the query has another length or an attribute is not finite,
   *     naming its column
   * @throws IllegalStateException if another thread searches with this searcher, or the index is
   *     closed, and a part of its file that this needs was not loaded before
   * @throws java.io.UncheckedIOException if the index was opened {@link Opening#ON_DEMAND}, and
   *     what this search needs cannot be read or is damaged in the file, which the message names
   * @throws NullPointerException if an argument is null
   */
  public void search(float[] query, Slate out) {
    begin();
    try {
      long begun = index.observer.beginSearch();
      find(plain.vector(query), out);
      ended(begun);
    } finally {
      end();
    }
  }

  /**
   * Finds the best items for a query with conditions.
   *
   * @param query the query
   * @param out receives the k best that meet the conditions
   * @throws IllegalArgumentException if the vector or the weights have another length or are not
   *     finite, naming the column; if a weight is negative, or there are weights and the metric is
   *     not EUCLIDEAN; if a set ranges over another number of items or is bound to another index;
   *     or if there is a limit for groups without groups, or with those of another index
   * @throws IllegalStateException if another thread searches with this searcher, or the index is
   *     closed, and a part of its file that this needs was not loaded before
   * @throws java.io.UncheckedIOException if the index was opened {@link Opening#ON_DEMAND}, and
   *     what this search needs cannot be read or is damaged in the file, which the message names
   * @throws NullPointerException if an argument is null
   */
  public void search(Query query, Slate out) {
    begin();
    try {
      long begun = index.observer.beginSearch();
      find(query, out);
      ended(begun);
    } finally {
      end();
    }
  }

  private void ended(long begun) {
    if (index.observer.isSlow(begun)) {
      index.observer.slowSearch(begun, stats());
    }
  }

  private void begin() {
    if (!BUSY.compareAndSet(this, 0, 1)) {
      throw new IllegalStateException(
          "a searcher is for one thread at a time: make one for each, index.searcher()");
    }
  }

  private void end() {
    BUSY.setRelease(this, 0);
  }

  private void find(Query query, Slate out) {
    Objects.requireNonNull(out, "out");
    SearchContext first = contexts[0];
    QueryCompiler.compile(query, index, out.wanted(index.size()), first);
    counters.reset();
    if (index.size() == 0) {
      out.clear(index.metric());
      return;
    }
    boolean complete;
    if (query.allowIds != null) {
      complete = only(query.allowIds, first);
    } else if (single.suits(admitted(query), first.query.k)) {
      complete = single.searchAdmitted(first);
    } else {
      complete = searchLayout();
    }
    out.set(first.best, index.metric(), index.ids, complete);
  }

  /**
   * Searches by the index's strategy, on all threads.
   *
   * @return false if the time was up before the end
   */
  private boolean searchLayout() {
    SearchContext first = contexts[0];
    share.reset();
    for (SearchContext context : contexts) {
      context.started = false;
    }
    boolean complete = true;
    try {
      workers.run(searching);
    } catch (OutOfTime e) {
      complete = false;
    }
    counters.add(first.counters);
    for (int i = 1; i < contexts.length; i++) {
      if (contexts[i].started) {
        first.best.take(contexts[i].best);
        counters.add(contexts[i].counters);
      }
    }
    return complete;
  }

  /** Number of items that the sets of a query admit, at most. */
  private int admitted(Query query) {
    int allowed = query.allow == null ? index.size() : query.allow.size();
    int denied = query.deny == null ? 0 : query.deny.size();
    return Math.min(allowed, index.size() - denied);
  }

  /**
   * Scores the items of some ids, one by one.
   *
   * @return false if the time was up before the last of them
   */
  private boolean only(long[] ids, SearchContext context) {
    for (long id : ids) {
      if (context.query.outOfTime()) {
        return false;
      }
      int ordinal = index.ordinal(id);
      if (ordinal >= 0 && context.query.passes(ordinal) && !context.best.holds(ordinal)) {
        single.score(ordinal, context);
      }
    }
    return true;
  }

  private void searchPart(int worker) {
    contexts[worker].search(contexts[0].query, share);
  }

  /**
   * Finds the best items for each query of a batch, faster than one by one: {@link Strategy#SCAN}
   * scores hundreds of queries while an item is in registers, and {@link Strategy#TREE} visits the
   * same nodes for queries that are near each other. Memory that it keeps: about 12 bytes for each
   * query of the largest batch, and for each thread the candidates of the queries that it works on
   * together, at most 16,384.
   *
   * @param queries m x d finite attributes, row-major
   * @param out m slates, no two the same object; each receives the k best for its query, and their
   *     k may differ
   * @throws IllegalArgumentException if the queries are not m rows of d, an attribute is not finite
   *     (naming row and column), or a slate is there twice
   * @throws IllegalStateException if another thread searches with this searcher, or the index is
   *     closed, and a part of its file that this needs was not loaded before
   * @throws java.io.UncheckedIOException if the index was opened {@link Opening#ON_DEMAND}, and
   *     what this search needs cannot be read or is damaged in the file, which the message names
   * @throws NullPointerException if an argument is null
   */
  public void searchAll(float[] queries, Slate[] out) {
    int d = index.dimensions();
    if (queries.length != (long) out.length * d) {
      throw new IllegalArgumentException(
          out.length
              + " queries of d = "
              + d
              + " need "
              + (long) out.length * d
              + " floats, but there are "
              + queries.length);
    }
    QueryCompiler.checkFinite(queries, d);
    begin();
    try {
      if (batch == null) {
        batch = new Batch(index, index.engine.batch(contexts, workers));
      }
      batch.run(queries, out, counters);
    } finally {
      end();
    }
  }

  /**
   * Counts what the last search, or the last batch, looked at.
   *
   * @return the counters
   */
  public SearchStats stats() {
    return SearchStats.of(counters);
  }

  /** Hands the answers of a batch to slates. */
  private static final class Batch implements AnswerSink {
    private static final Slate[] NONE = {};

    private final Index index;
    private final BatchSearch search;
    private Slate[] slates = NONE;

    Batch(Index index, BatchSearch search) {
      this.index = index;
      this.search = search;
    }

    void run(float[] queries, Slate[] out, Counters counters) {
      checkDistinct(out);
      counters.reset();
      if (index.size() == 0) {
        for (Slate slate : out) {
          slate.clear(index.metric());
        }
        return;
      }
      slates = out;
      try {
        search.run(queries, out.length, this, counters);
      } finally {
        slates = NONE;
      }
    }

    /**
     * Writes into each slate its index in the batch; in a slate that repeats, the last one wins.
     */
    private static void checkDistinct(Slate[] out) {
      for (int i = 0; i < out.length; i++) {
        Objects.requireNonNull(out[i], "out holds null").batchIndex = i;
      }
      for (int i = 0; i < out.length; i++) {
        if (out[i].batchIndex != i) {
          throw new IllegalArgumentException(
              "out holds one slate twice, at " + i + " and " + out[i].batchIndex);
        }
      }
    }

    @Override
    public int k(int query) {
      return slates[query].wanted(index.size());
    }

    @Override
    public void set(int query, TopK best) {
      slates[query].set(best, index.metric(), index.ids, true);
    }

    @Override
    public long touch(int query) {
      return slates[query].touch();
    }
  }
}
