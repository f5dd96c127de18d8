package dev.slate.kernel;

import dev.slate.kernel.search.Counters;
import dev.slate.kernel.search.Share;
import dev.slate.kernel.search.Team;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Searches one index. Owns all scratch, so that searches allocate nothing once warm. For one
 * calling thread at a time; create one for each thread.
 */
public final class Searcher {
  private final Index index;
  private final Team team;
  private final Share share;
  private final Seat[] seats;
  private final Counters counters = new Counters();
  private final Team.Work searching = this::searchPart;
  private @Nullable BatchSearch batch;

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
   * Finds the best items for each query of a batch, faster than one by one: {@code tile} scores
   * hundreds of queries from registers, and {@code tree} lets those near each other share what they
   * read. Keeps scratch: a dozen bytes for each query of the largest batch, and the candidates of
   * the queries that a thread works on together, 16,384 at most.
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
    Query.checkFinite(queries, d);
    for (Slate slate : out) {
      Objects.requireNonNull(slate, "out holds null");
    }
    counters.reset();
    if (batch == null) {
      batch = BatchGroups.of(index, team);
    }
    if (batch == null) {
      batch = new BatchQueue(index, team, seats);
    }
    batch.run(queries, out, counters);
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
}
