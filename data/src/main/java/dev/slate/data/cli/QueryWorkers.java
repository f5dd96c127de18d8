package dev.slate.data.cli;

import dev.slate.kernel.Index;
import dev.slate.kernel.ItemSet;
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
import org.jspecify.annotations.Nullable;

/**
 * Searches for many queries under the same conditions. Threads share the queries if there are many,
 * and each query if there are few; the answers are the same.
 */
final class QueryWorkers {
  private static final SearchStats NOTHING = new SearchStats(0, 0, 0, 0);

  private final int d;
  private final boolean plain;
  private final Worker together;
  private final List<Worker> workers = new ArrayList<>();
  private final ExecutorService executor;
  private SearchStats total = NOTHING;

  /** Prepares one searcher for each thread, and one that all of them share. */
  QueryWorkers(Index index, Conditions conditions, ExecutorService executor, int threads) {
    this.d = index.dimensions();
    this.plain = conditions.none();
    this.executor = executor;
    Searcher shared = threads == 1 ? index.searcher() : index.searcher(executor, threads);
    this.together = new Worker(shared, conditions, index);
    for (int i = 0; i < threads && threads > 1; i++) {
      workers.add(new Worker(index.searcher(), conditions, index));
    }
  }

  /**
   * Answers queries.
   *
   * @param queries row-major
   * @param slates one for each query
   * @param denied items that each query leaves out besides those of the conditions, or null
   */
  void search(float[] queries, Slate[] slates, int @Nullable [][] denied) {
    boolean many = slates.length >= 2 * workers.size();
    if (plain && denied == null && (workers.isEmpty() || many)) {
      together.searcher.searchAll(Arrays.copyOf(queries, slates.length * d), slates);
      total = total.plus(together.searcher.stats());
    } else if (workers.isEmpty() || !many) {
      total = total.plus(together.search(queries, slates, denied, new AtomicInteger()));
    } else {
      share(queries, slates, denied);
    }
  }

  private void share(float[] queries, Slate[] slates, int @Nullable [][] denied) {
    AtomicInteger next = new AtomicInteger();
    List<Callable<SearchStats>> parts = new ArrayList<>();
    for (Worker worker : workers) {
      parts.add(() -> worker.search(queries, slates, denied, next));
    }
    try {
      for (Future<SearchStats> part : executor.invokeAll(parts)) {
        total = total.plus(part.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** What all searches so far looked at. */
  SearchStats stats() {
    return total;
  }

  /** What one thread needs. */
  private static final class Worker {
    private final Searcher searcher;
    private final Query query;
    private final float[] row;
    private final @Nullable ItemSet always;
    private final int items;
    private @Nullable ItemSet denied;

    Worker(Searcher searcher, Conditions conditions, Index index) {
      this.searcher = searcher;
      this.query = conditions.query();
      this.row = new float[index.dimensions()];
      this.always = conditions.deny();
      this.items = index.size();
    }

    SearchStats search(
        float[] queries, Slate[] slates, int @Nullable [][] lists, AtomicInteger next) {
      SearchStats stats = NOTHING;
      for (int i = next.getAndIncrement(); i < slates.length; i = next.getAndIncrement()) {
        System.arraycopy(queries, i * row.length, row, 0, row.length);
        query.vector(row);
        if (lists == null) {
          searcher.search(query, slates[i]);
        } else {
          search(slates[i], lists[i]);
        }
        stats = stats.plus(searcher.stats());
      }
      return stats;
    }

    private void search(Slate slate, int[] list) {
      ItemSet set = denied();
      for (int ordinal : list) {
        set.add(ordinal);
      }
      searcher.search(query.deny(set), slate);
      for (int ordinal : list) {
        if (always == null || !always.contains(ordinal)) {
          set.remove(ordinal);
        }
      }
    }

    /** A copy of the set that all queries share. */
    private ItemSet denied() {
      if (denied == null) {
        denied = ItemSet.unbound(items);
        for (int i = 0; always != null && i < items; i++) {
          if (always.contains(i)) {
            denied.add(i);
          }
        }
      }
      return denied;
    }
  }
}
