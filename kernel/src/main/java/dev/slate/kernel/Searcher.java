package dev.slate.kernel;

import dev.slate.kernel.layout.Normaliser;
import dev.slate.kernel.search.Counters;
import dev.slate.kernel.search.Cursor;
import dev.slate.kernel.search.Probe;
import dev.slate.kernel.search.Request;
import dev.slate.kernel.search.Share;
import dev.slate.kernel.search.Team;
import dev.slate.kernel.select.Candidate;
import dev.slate.kernel.select.TopK;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Searches one index. Owns all scratch, so that searches allocate nothing once warm. For one
 * calling thread at a time; create one for each thread.
 */
public final class Searcher {
  private static final float[] NO_QUERIES = {};
  private static final Slate[] NO_SLATES = {};

  /**
   * Times that a thread claims queries of a batch, at least, so that none waits long at the end.
   */
  private static final int CLAIMS = 16;

  private static final int MOST_CLAIMED = 16;

  private final Index index;
  private final Team team;
  private final Share share;
  private final Seat[] seats;
  private final Counters counters = new Counters();
  private final Team.Work searching = this::searchPart;
  private final Team.Work batching = this::searchBatch;
  private final AtomicInteger nextQuery = new AtomicInteger();
  private float[] batchQueries = NO_QUERIES;
  private Slate[] batchSlates = NO_SLATES;
  private int claimed;
  private int[] order = {};
  private @Nullable BatchSearch together;
  private boolean alone;

  Searcher(Index index, @Nullable Executor executor, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, but it is " + threads);
    }
    this.index = index;
    this.team = new Team(executor, threads);
    this.share = new Share(team.size());
    this.seats = new Seat[team.size()];
    for (int i = 0; i < seats.length; i++) {
      seats[i] = new Seat(index);
    }
  }

  /**
   * Finds the best items for a query.
   *
   * @param query d finite attributes
   * @param out receives the k best
   * @throws IllegalArgumentException if the query has another length or an attribute is not finite,
   *     naming its column
   * @throws NullPointerException if an argument is null
   */
  public void search(float[] query, Slate out) {
    Query plain = seats[0].plain;
    search(plain.vector(query), out);
  }

  /**
   * Finds the best items for a query with conditions.
   *
   * @param query the query
   * @param out receives the k best that meet the conditions
   * @throws IllegalArgumentException if the vector or the weights have another length or are not
   *     finite, naming the column; if a weight is negative or the metric is not EUCLIDEAN; or if a
   *     filter ranges over another number of items
   * @throws NullPointerException if an argument is null
   */
  public void search(Query query, Slate out) {
    Objects.requireNonNull(out, "out");
    seats[0].prepare(query, out);
    share.reset();
    counters.reset();
    for (Seat seat : seats) {
      seat.started = false;
    }
    if (index.size() == 0) {
      seats[0].finish(out);
      return;
    }
    team.run(searching);
    Seat first = seats[0];
    counters.add(first.counters);
    for (int i = 1; i < seats.length; i++) {
      if (seats[i].started) {
        first.best.take(seats[i].best);
        counters.add(seats[i].counters);
      }
    }
    first.finish(out);
  }

  /**
   * Finds the best items for each query of a batch.
   *
   * @param queries m x d finite attributes, row-major
   * @param out m slates, no two the same object; each receives the k best for its query, and their
   *     k may differ
   * @throws IllegalArgumentException if the queries are not m rows of d, or an attribute is not
   *     finite, naming row and column
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
    for (int i = 0; i < queries.length; i++) {
      if (!Float.isFinite(queries[i])) {
        throw new IllegalArgumentException(
            "query is " + queries[i] + ", row " + i / d + ", column " + i % d);
      }
    }
    for (Slate slate : out) {
      Objects.requireNonNull(slate, "out holds null");
    }
    counters.reset();
    if (together == null && !alone) {
      together = BatchSearch.of(index, team);
      alone = together == null;
    }
    if (together != null) {
      together.run(queries, out, counters);
    } else {
      searchOneByOne(queries, out);
    }
  }

  private void searchOneByOne(float[] queries, Slate[] out) {
    if (order.length < out.length) {
      order = new int[out.length];
    }
    for (int i = 0; i < out.length; i++) {
      order[i] = i;
    }
    seats[0].cursor.arrange(queries, out.length, order);
    batchQueries = queries;
    batchSlates = out;
    claimed = Math.clamp(out.length / (CLAIMS * seats.length), 1, MOST_CLAIMED);
    nextQuery.set(0);
    for (Seat seat : seats) {
      seat.total.reset();
    }
    team.run(batching);
    for (Seat seat : seats) {
      counters.add(seat.total);
    }
    batchQueries = NO_QUERIES;
    batchSlates = NO_SLATES;
  }

  /**
   * What the last search, or the last batch, looked at.
   *
   * @return the certificate
   */
  public SearchStats stats() {
    return new SearchStats(
        counters.itemsScored, counters.blocksVisited, counters.blocksPruned, counters.bytesRead);
  }

  private void searchPart(int member) {
    seats[member].run(seats[0].request, share);
  }

  private void searchBatch(int member) {
    Seat seat = seats[member];
    int d = index.dimensions();
    int count = batchSlates.length;
    for (int from = claim(); from >= 0 && from < count; from = claim()) {
      int to = Math.min(count, from + claimed);
      for (int next = from; next < to; next++) {
        seat.touched |= batchSlates[order[next]].touch();
      }
      for (int next = from; next < to; next++) {
        int i = order[next];
        System.arraycopy(batchQueries, i * d, seat.row, 0, d);
        seat.prepare(seat.plain.vector(seat.row), batchSlates[i]);
        if (index.size() > 0) {
          seat.alone.reset();
          seat.run(seat.request, seat.alone);
          seat.total.add(seat.counters);
        }
        seat.finish(batchSlates[i]);
      }
    }
  }

  /** Claims the next few queries of a batch. */
  private int claim() {
    return nextQuery.getAndAdd(claimed);
  }

  /** What one thread needs. */
  private static final class Seat {
    private final Index index;
    private final Cursor cursor;
    private final Request request = new Request();
    private final TopK best = new TopK();
    private final Counters counters = new Counters();
    private final Counters total = new Counters();
    private final Share alone = new Share(1);
    private final Query plain = Query.of(new float[0]);
    private final float[] row;
    private final float[] normalised;
    private boolean started;

    /** Keeps reads that only bring memory closer from being left out as unused. */
    @SuppressWarnings("UnusedVariable")
    private long touched;

    Seat(Index index) {
      this.index = index;
      this.cursor = index.engine.cursor();
      this.row = new float[index.dimensions()];
      this.normalised = new float[index.metric() == Metric.COSINE ? index.dimensions() : 0];
    }

    void prepare(Query query, Slate out) {
      Metric metric = index.metric();
      int d = index.dimensions();
      float[] q = checked(query.vector, "query", d);
      if (metric == Metric.COSINE) {
        System.arraycopy(q, 0, normalised, 0, d);
        Normaliser.normalise(normalised, 0, d);
        q = normalised;
      }
      Probe probe = request.probe;
      probe.q = q;
      probe.w = query.weights == null ? null : weights(query.weights, d);
      probe.d = d;
      probe.dot = metric.largerIsBetter();
      probe.biased = index.biased;
      request.k = Math.max(1, Math.min(out.k(), index.size()));
      request.allow = query.allow == null ? null : words(query.allow, "allow");
      request.deny = query.deny == null ? null : words(query.deny, "deny");
      boolean negate = metric.largerIsBetter();
      request.limit =
          query.bounded ? Candidate.last(negate ? -query.radius : query.radius) : Candidate.NONE;
      request.after =
          query.paged
              ? Candidate.place(negate ? -query.afterScore : query.afterScore, query.afterOrdinal)
              : Candidate.FIRST;
      request.start(best);
    }

    void run(Request shared, Share share) {
      counters.reset();
      if (shared != request) {
        shared.start(best);
      }
      started = true;
      cursor.search(shared, best, share, counters);
    }

    void finish(Slate out) {
      out.set(best, index.metric(), index.ids);
    }

    private float[] weights(float[] weights, int d) {
      if (index.metric() != Metric.EUCLIDEAN) {
        throw new IllegalArgumentException(
            "weights go with EUCLIDEAN only, but the metric is " + index.metric());
      }
      checked(weights, "weight", d);
      for (int j = 0; j < d; j++) {
        if (weights[j] < 0) {
          throw new IllegalArgumentException(
              "weight must not be negative, but it is " + weights[j] + ", column " + j);
        }
      }
      return weights;
    }

    private long[] words(ItemSet set, String name) {
      if (set.universe() != index.size()) {
        throw new IllegalArgumentException(
            name + " ranges over " + set.universe() + " items, but the index has " + index.size());
      }
      return set.words();
    }

    private static float[] checked(float[] values, String name, int d) {
      if (values.length != d) {
        throw new IllegalArgumentException(
            name + " has " + values.length + " attributes, but the index has d = " + d);
      }
      for (int j = 0; j < d; j++) {
        if (!Float.isFinite(values[j])) {
          throw new IllegalArgumentException(name + " is " + values[j] + ", column " + j);
        }
      }
      return values;
    }
  }
}
