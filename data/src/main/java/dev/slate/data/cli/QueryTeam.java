package dev.slate.data.cli;

import dev.slate.kernel.Index;
import dev.slate.kernel.Query;
import dev.slate.kernel.SearchStats;
import dev.slate.kernel.Searcher;
import dev.slate.kernel.Slate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Searches for many queries under the same conditions. Threads share the queries where there are
 * many, and each query where there are few; the answer is the same.
 */
final class QueryTeam {
  private static final SearchStats NOTHING = new SearchStats(0, 0, 0, 0);

  private final int d;
  private final boolean plain;
  private final Searcher together;
  private final Query query;
  private final float[] row;
  private final List<Worker> workers = new ArrayList<>();
  private final ExecutorService executor;
  private SearchStats total = NOTHING;

  /** Prepares one searcher for each thread, and one that all of them share. */
  QueryTeam(Index index, Conditions conditions, ExecutorService executor, int threads) {
    this.d = index.dimensions();
    this.plain = conditions.none();
    this.executor = executor;
    this.together = threads == 1 ? index.searcher() : index.searcher(executor, threads);
    this.query = conditions.query();
    this.row = new float[d];
    for (int i = 0; i < threads && threads > 1; i++) {
      workers.add(new Worker(index.searcher(), conditions.query(), new float[d]));
    }
  }

  /**
   * Answers queries.
   *
   * @param queries row-major
   * @param slates one for each query
   */
  void search(float[] queries, Slate[] slates) {
    if (workers.isEmpty() ? plain : plain && slates.length >= 2 * workers.size()) {
      together.searchAll(Arrays.copyOf(queries, slates.length * d), slates);
      add(together.stats());
    } else if (workers.isEmpty() || slates.length < 2 * workers.size()) {
      for (int i = 0; i < slates.length; i++) {
        System.arraycopy(queries, i * d, row, 0, d);
        together.search(query.vector(row), slates[i]);
        add(together.stats());
      }
    } else {
      share(queries, slates);
    }
  }

  private void share(float[] queries, Slate[] slates) {
    AtomicInteger next = new AtomicInteger();
    List<Callable<SearchStats>> parts = new ArrayList<>();
    for (Worker worker : workers) {
      parts.add(() -> worker.search(queries, slates, next));
    }
    try {
      for (Future<SearchStats> part : executor.invokeAll(parts)) {
        add(part.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private void add(SearchStats stats) {
    total = total.plus(stats);
  }

  /** What all searches so far looked at. */
  SearchStats stats() {
    return total;
  }

  /** What one thread needs. */
  private record Worker(Searcher searcher, Query query, float[] row) {
    SearchStats search(float[] queries, Slate[] slates, AtomicInteger next) {
      SearchStats stats = NOTHING;
      for (int i = next.getAndIncrement(); i < slates.length; i = next.getAndIncrement()) {
        System.arraycopy(queries, i * row.length, row, 0, row.length);
        searcher.search(query.vector(row), slates[i]);
        stats = stats.plus(searcher.stats());
      }
      return stats;
    }
  }
}
