package dev.slate.kernel.search;

import dev.slate.kernel.parallel.WorkerGroup;
import dev.slate.kernel.query.CompiledQuery;
import dev.slate.kernel.select.TopK;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Answers a batch from a queue: queries wait in the order that the engine's cursor chooses, and
 * each thread claims the next few of them.
 */
public final class QueryQueue implements BatchSearch {
  /** Queries that a thread claims at once, at most: it may have to keep candidates of each. */
  private static final int MOST_CLAIMED = 1 << 14;

  /** Answers that are touched at once. */
  private static final int TOUCHED = 16;

  private static final float[] NO_QUERIES = {};

  private final WorkerGroup workers;
  private final Worker[] members;
  private final WorkerGroup.Work searching = this::searchPart;
  private final AtomicInteger next = new AtomicInteger();
  private float[] queries = NO_QUERIES;
  private @Nullable AnswerSink answers;
  private int count;
  private int[] order = {};

  /**
   * Prepares for batches.
   *
   * @param contexts one for each worker
   * @param workers the threads that share a batch
   */
  public QueryQueue(SearchContext[] contexts, WorkerGroup workers) {
    this.workers = workers;
    this.members = new Worker[contexts.length];
    for (int i = 0; i < contexts.length; i++) {
      members[i] = new Worker(contexts[i]);
    }
  }

  @Override
  public void run(float[] queries, int count, AnswerSink answers, Counters counters) {
    if (order.length < count) {
      order = new int[count];
    }
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    SearchContext first = members[0].context;
    first.cursor.arrange(queries, count, first.normalises(), order);
    this.queries = queries;
    this.count = count;
    this.answers = answers;
    next.set(0);
    for (Worker member : members) {
      member.counters.reset();
    }
    try {
      workers.run(searching);
    } finally {
      this.queries = NO_QUERIES;
      this.answers = null;
    }
    for (Worker member : members) {
      counters.add(member.counters);
    }
  }

  private void searchPart(int member) {
    AnswerSink to = answers;
    if (to != null) {
      members[member].run(to);
    }
  }

  /** One thread's part. */
  private final class Worker implements QueryRange {
    private final SearchContext context;
    private final Counters counters = new Counters();
    private final SharedSearch alone = new SharedSearch(1);
    private @Nullable AnswerSink to;
    private int from;
    private int end;

    /** The answers of the next queries from here on were touched. */
    private int touchedFrom;

    /** Keeps reads that only bring memory closer from being left out as unused. */
    @SuppressWarnings("UnusedVariable")
    private long touched;

    Worker(SearchContext context) {
      this.context = context;
    }

    void run(AnswerSink to) {
      this.to = to;
      while (claim()) {
        context.cursor.searchAll(this, counters);
      }
      this.to = null;
    }

    private AnswerSink to() {
      AnswerSink to = this.to;
      if (to == null) {
        throw new IllegalStateException("no batch is being answered");
      }
      return to;
    }

    /**
     * Claims half of an equal share of the remaining queries, so that no thread waits long at the
     * end.
     */
    private boolean claim() {
      while (true) {
        from = next.get();
        int left = count - from;
        if (left <= 0) {
          return false;
        }
        int some = members.length == 1 ? left : left / (2 * members.length);
        end = from + Math.clamp(some, 1, MOST_CLAIMED);
        if (next.compareAndSet(from, end)) {
          touchedFrom = -TOUCHED;
          return true;
        }
      }
    }

    @Override
    public int size() {
      return end - from;
    }

    @Override
    public void start(int i) {
      int query = order[from + i];
      context.start(queries, query, to().k(query));
      alone.reset();
    }

    @Override
    public CompiledQuery query() {
      return context.query;
    }

    @Override
    public TopK best() {
      return context.best;
    }

    @Override
    public SharedSearch share() {
      return alone;
    }

    @Override
    public void finish(int i) {
      if (i < touchedFrom || i >= touchedFrom + TOUCHED) {
        touchedFrom = i;
        for (int next = from + i; next < Math.min(from + i + TOUCHED, end); next++) {
          touched |= to().touch(order[next]);
        }
      }
      to().set(order[from + i], context.best);
    }
  }
}
