package dev.slate.kernel.scan;

import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.parallel.WorkerGroup;
import dev.slate.kernel.query.QueryGroup;
import dev.slate.kernel.rows.Normalizer;
import dev.slate.kernel.search.AnswerSink;
import dev.slate.kernel.search.BatchSearch;
import dev.slate.kernel.search.Counters;
import dev.slate.kernel.search.QueryQueue;
import dev.slate.kernel.search.SearchContext;
import dev.slate.kernel.search.SharedSearch;
import dev.slate.kernel.select.Candidate;
import dev.slate.kernel.select.TopK;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Scores many queries at once, as the product of two matrices is computed (Goto and van de Geijn,
 * Anatomy of High-Performance Matrix Multiplication, 2008), but with the selection in the place of
 * the result: a score is stored only if its item is among the best so far.
 *
 * <pre>
 *                    panel 0     panel 1    ...           panels: 6 queries each, d x 6, from L2
 *                  +-----------+-----------+---
 *   tile 0, d x 64 | 6 x 64    | 6 x 64    | ...          tile: 64 neighbouring items (fewer in
 *                  +-----------+-----------+---           narrow vectors), d x 64, from L1
 *   tile 1         | ...
 * </pre>
 *
 * <p>A tile of items is taken from memory once, and all panels pass over it. Where a panel meets a
 * tile, the 6 x 64 sums live in registers over the whole of d: each vector of items is used by six
 * queries, and the attribute of a query by four vectors. Each lane is one item, that runs the
 * canonical chain of a query in order, so neither the tile nor the batch can change a bit. Then the
 * sums are compared with the queries' k-th best, and only a tile with an item below is looked at
 * again. As ordinals rise, an item that ties with the k-th best is out.
 *
 * <p>The queries of a batch are taken in groups whose panels fit a second-level cache. Threads
 * divide the items among them, each with a selection of its own for every query of the group.
 *
 * <p>Cost of m queries: O(m n d) at the rate of the multipliers, once m d outweighs the n d floats
 * that memory delivers.
 */
public final class TileBatch implements BatchSearch {
  /** Items that a group may want in all, unless a single query wants more: bounds the scratch. */
  private static final long MOST_WANTED = 1 << 20;

  /** Below this number of queries, half of a panel, they are searched one by one. */
  private static final int FEWEST = 3;

  private final WorkerGroup workers;
  private final BatchSearch single;
  private final boolean normalise;
  private final Worker[] members;
  private final int capacity;
  private final QueryGroup group = new QueryGroup();
  private final WorkerGroup.Work searching = this::searchPart;
  private SharedSearch[] shares = {};
  private @Nullable AnswerSink answers;
  private int first;

  /**
   * Prepares for batches.
   *
   * @param blocks the items
   * @param ordinals the ordinal of each lane of each block; null where they rise from 0 on
   * @param contexts one for each worker
   * @param workers the threads that share a batch
   */
  public TileBatch(
      Blocks blocks, int @Nullable [] ordinals, SearchContext[] contexts, WorkerGroup workers) {
    SearchContext context = contexts[0];
    this.workers = workers;
    this.single = new QueryQueue(contexts, workers);
    this.normalise = context.normalises();
    this.members = new Worker[contexts.length];
    for (int i = 0; i < members.length; i++) {
      members[i] = new Worker(new TileCursor(blocks, ordinals));
    }
    this.capacity = members[0].cursor.capacity();
    group.d = context.query.d;
    group.dot = context.query.dot;
    group.biased = context.query.biased;
  }

  @Override
  public void run(float[] queries, int count, AnswerSink answers, Counters counters) {
    if (count < FEWEST) {
      single.run(queries, count, answers, counters);
      return;
    }
    this.answers = answers;
    try {
      for (first = 0; first < count; first += group.count) {
        group.count = next(count, answers);
        fill(queries);
        for (int i = 0; i < group.count; i++) {
          shares[i].reset();
        }
        for (Worker member : members) {
          member.started = false;
        }
        workers.run(searching);
        finish(answers, counters);
      }
    } finally {
      this.answers = null;
    }
  }

  private void searchPart(int member) {
    AnswerSink to = answers;
    if (to != null) {
      members[member].run(to);
    }
  }

  /** Number of queries, from the first on, that make a group. */
  private int next(int queries, AnswerSink answers) {
    long wanted = 0;
    int count = 0;
    while (count < Math.min(capacity, queries - first)) {
      wanted += answers.k(first + count);
      if (count > 0 && wanted > MOST_WANTED) {
        break;
      }
      count++;
    }
    return count;
  }

  private void fill(float[] queries) {
    int d = group.d;
    if (shares.length < group.count) {
      grow();
    }
    System.arraycopy(queries, first * d, group.rows, 0, group.count * d);
    if (normalise) {
      for (int i = 0; i < group.count; i++) {
        Normalizer.normalise(group.rows, i * d, d);
      }
    }
  }

  private void grow() {
    int from = shares.length;
    group.rows = new float[group.count * group.d];
    shares = Arrays.copyOf(shares, group.count);
    for (Worker member : members) {
      member.best = Arrays.copyOf(member.best, group.count);
    }
    for (int i = from; i < group.count; i++) {
      shares[i] = new SharedSearch(members.length);
      for (Worker member : members) {
        member.best[i] = new TopK();
      }
    }
  }

  private void finish(AnswerSink answers, Counters counters) {
    for (Worker member : members) {
      if (member.started) {
        counters.add(member.counters);
      }
    }
    TopK[] all = members[0].best;
    for (int i = 0; i < group.count; i++) {
      for (int m = 1; m < members.length; m++) {
        if (members[m].started) {
          all[i].take(members[m].best[i]);
        }
      }
      answers.set(first + i, all[i]);
    }
  }

  /** One thread's part. */
  private final class Worker {
    private final TileCursor cursor;
    private final Counters counters = new Counters();
    private TopK[] best = {};
    private boolean started;

    Worker(TileCursor cursor) {
      this.cursor = cursor;
    }

    void run(AnswerSink to) {
      counters.reset();
      for (int i = 0; i < group.count; i++) {
        best[i].reset(to.k(first + i), Candidate.FIRST, Candidate.NONE);
      }
      started = true;
      cursor.search(group, best, shares, counters);
    }
  }
}
