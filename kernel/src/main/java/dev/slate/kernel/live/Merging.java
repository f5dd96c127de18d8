package dev.slate.kernel.live;

import dev.slate.kernel.observe.CompactionEvent;
import dev.slate.kernel.observe.Observer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Decides which parts of a store are merged, when, and by which thread.
 *
 * <p><b>Which parts.</b> Four frozen tails are merged, with every segment that is not larger than
 * what is merged already, from the smallest on: so the sizes of segments at least double, there are
 * O(log n) of them, and an item is laid out anew O(log n) times (the logarithmic method, Bentley
 * and Saxe 1980). A segment of which a quarter has died is merged too. Two compactions may run at
 * once, so that a long one does not keep tails waiting.
 *
 * <p><b>Who merges.</b> The caller's executor. The thread that writes merges itself, without the
 * lock, if there is no executor, if it refuses a task, or if it runs tasks on the thread that
 * offers them. Where {@link #MOST_FROZEN} tails wait, a write takes over a compaction that has not
 * begun, or waits for one that has. So the numbers of tails and of tasks are bounded, and an
 * executor that is stuck costs speed only.
 */
final class Merging {
  /** Frozen tails that are merged together. */
  private static final int FAN = 4;

  /** Frozen tails from which on writes wait. */
  private static final int MOST_FROZEN = 12;

  /** Compactions at once. */
  private static final int MOST_RUNNING = 2;

  /** One item in this many of a segment may have died before it is merged. */
  private static final int DEAD = 4;

  private final LiveStore store;
  private final @Nullable Executor executor;
  private final Observer observer;
  private final ReentrantLock lock;
  private final Condition ended;

  // All guarded by the lock.
  private final List<Compaction> running = new ArrayList<>();
  private long compactions;

  /** Tasks that the executor has and has not begun. */
  private int offered;

  /** Whether a thread waits until nothing runs, and no compaction may begin. */
  private boolean emptying;

  /** The compaction of all parts that runs; null if none does. */
  private @Nullable Compaction everything;

  /** After a compaction that failed, the next one waits for this number of frozen tails. */
  private int patience;

  private volatile boolean closed;

  /** Whether a write failed halfway: then nothing may change that searches see. */
  private volatile boolean stopped;

  /**
   * Merges parts of a store.
   *
   * @param store the parts
   * @param lock under which the store is written to
   * @param executor where parts are merged; null for the thread that writes
   * @param observer is told of compactions
   */
  Merging(LiveStore store, ReentrantLock lock, @Nullable Executor executor, Observer observer) {
    this.store = store;
    this.lock = lock;
    this.ended = lock.newCondition();
    this.executor = executor;
    this.observer = observer;
  }

  /** Number of compactions that have ended. Under the lock. */
  long compactions() {
    return compactions;
  }

  boolean closed() {
    return closed;
  }

  /**
   * Fails if the index is closed.
   *
   * @throws IllegalStateException if it is
   */
  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the live index is closed");
    }
  }

  /**
   * Fails if the index takes no writes.
   *
   * @throws IllegalStateException if it is closed or {@link #stop stopped}
   */
  void requireWritable() {
    requireOpen();
    if (stopped) {
      throw new IllegalStateException(
          "a write failed halfway: the live index takes no more writes, close it");
    }
  }

  /** Keeps searches at the latest view, after a write that failed halfway. Under the lock. */
  void stop() {
    stopped = true;
    ended.signalAll();
  }

  /** Whether nobody wants the result of a compaction. */
  private boolean unwanted() {
    return closed || stopped;
  }

  /**
   * Waits, or merges, until a tail may be frozen. Under the lock, which it may let go meanwhile.
   *
   * @throws IllegalStateException if the index is closed, or takes no writes any more
   */
  void makeRoom() {
    requireWritable();
    while (store.frozen().length >= MOST_FROZEN) {
      Compaction taken = taken();
      if (taken != null) {
        takeOver(taken);
      } else {
        ended.awaitUninterruptibly();
      }
      requireWritable();
    }
  }

  /**
   * Begins a compaction for a thread that needs room for tails. It merges tails if that is
   * possible; it merges segments alone only where two compactions of these keep tails from being
   * merged. Null if the thread has to wait for a compaction that runs.
   */
  private @Nullable Compaction taken() {
    for (Compaction each : running) {
      if (!each.tails.isEmpty() && each.begin()) {
        return each;
      }
    }
    if (running.stream().anyMatch(c -> !c.tails.isEmpty())) {
      return null;
    }
    patience = 0;
    Compaction next = next();
    if (next != null) {
      begin(next);
      return next;
    }
    return running.stream().filter(Compaction::begin).findFirst().orElse(null);
  }

  /**
   * Offers the compactions that are due to the executor. Under the lock.
   *
   * @return those that it refuses, for {@link #mergeAll} after the lock
   */
  List<Compaction> schedule() {
    List<Compaction> refused = new ArrayList<>(0);
    try {
      for (Compaction next = next(); next != null; next = next()) {
        running.add(next);
        if (!offer() && next.begin()) {
          refused.add(next);
        }
      }
    } catch (RuntimeException | Error e) {
      refused.forEach(this::release); // nobody would merge them
      throw e;
    }
    return refused;
  }

  /** Lets the parts of a compaction be merged by another one. Under the lock. */
  private void release(Compaction compaction) {
    compaction.occupy(false);
    running.remove(compaction);
    everything = compaction == everything ? null : everything;
    ended.signalAll();
  }

  /** Merges on the calling thread, without the lock. */
  void mergeAll(List<Compaction> compactions) {
    for (int i = 0; i < compactions.size(); i++) {
      try {
        merge(compactions.get(i));
      } catch (RuntimeException | Error e) {
        mergeAll(compactions.subList(i + 1, compactions.size()));
        throw e;
      }
    }
  }

  /**
   * Merges all parts into one, on the calling thread. Without the lock. One thread does so at a
   * time; while it waits for compactions that run no further one begins, as under steady writes
   * there would always be one.
   */
  void mergeEverything() {
    Compaction all;
    lock.lock();
    try {
      requireWritable();
      while (emptying || everything != null) {
        ended.awaitUninterruptibly();
        requireWritable();
      }
      all = takeAll();
    } finally {
      lock.unlock();
    }
    merge(all);
  }

  /** A compaction of all parts, begun. Under the lock, which it may let go meanwhile. */
  private Compaction takeAll() {
    emptying = true;
    try {
      withdraw();
      while (!running.isEmpty()) {
        ended.awaitUninterruptibly();
      }
      requireWritable();
      store.freeze();
      store.publish();
      Compaction all =
          new Compaction(List.of(store.segments()), List.of(store.frozen()), store.version());
      begin(all);
      everything = all;
      return all;
    } finally {
      emptying = false;
      ended.signalAll(); // of those who wait for room
    }
  }

  /** Begins no compaction any more, and waits until those that run have ended. Under the lock. */
  void close() {
    closed = true;
    withdraw();
    while (!running.isEmpty()) {
      ended.awaitUninterruptibly();
    }
    ended.signalAll();
  }

  private void begin(Compaction compaction) {
    compaction.begin();
    running.add(compaction);
  }

  private void takeOver(Compaction compaction) {
    lock.unlock();
    try {
      merge(compaction);
    } finally {
      lock.lock();
    }
  }

  /** Whether the executor has a task, begun or not, for each compaction. */
  private boolean offer() {
    if (executor == null) {
      return false;
    }
    if (offered >= MOST_RUNNING) {
      return true;
    }
    Task task = new Task();
    try {
      executor.execute(task);
      return true;
    } catch (RuntimeException | Error e) {
      // The executor refuses, is broken, runs tasks at once, or has no memory for one more thread.
      task.discount();
      return false;
    }
  }

  /** The executor's task: merges as long as something is due. Created under the lock. */
  private final class Task implements Runnable {
    private boolean counted = true;

    Task() {
      offered++;
    }

    /** No longer counts as offered. Under the lock. */
    void discount() {
      offered -= counted ? 1 : 0;
      counted = false;
    }

    @Override
    public void run() {
      if (lock.isHeldByCurrentThread()) { // of the writer, who merges once it has let go of it
        throw new RejectedExecutionException("the executor runs tasks on the thread that writes");
      }
      lock.lock();
      try {
        discount();
      } finally {
        lock.unlock();
      }
      for (Compaction next = claim(); next != null; next = claim()) {
        merge(next);
      }
    }
  }

  private @Nullable Compaction claim() {
    lock.lock();
    try {
      for (Compaction each : running) {
        if (each.begin()) {
          return each;
        }
      }
      Compaction next = next();
      if (next != null) {
        begin(next);
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** Takes back the compactions that have not begun. */
  private void withdraw() {
    for (Compaction each : List.copyOf(running)) {
      if (each.begin()) {
        release(each);
      }
    }
  }

  /** The next compaction; null if none is due or may begin. */
  private @Nullable Compaction next() {
    if (unwanted()
        || emptying
        || running.size() >= MOST_RUNNING
        || store.frozen().length < patience) {
      return null;
    }
    List<Tail> tails = new ArrayList<>();
    long total = 0;
    for (Tail tail : store.frozen()) {
      if (!tail.busy) {
        tails.add(tail);
        total += tail.live();
      }
    }
    boolean due = tails.size() >= FAN;
    List<Segment> idle = new ArrayList<>();
    for (Segment segment : store.segments()) {
      if (!segment.busy) {
        idle.add(segment);
        due |= dying(segment);
      }
    }
    if (!due) {
      return null;
    }
    idle.sort(Comparator.comparingInt(Segment::live));
    List<Segment> chosen = new ArrayList<>();
    for (Segment segment : idle) {
      if (segment.live() <= total || dying(segment)) {
        chosen.add(segment);
        total += segment.live();
      }
    }
    return new Compaction(chosen, tails, store.version());
  }

  private static boolean dying(Segment segment) {
    return (long) DEAD * segment.deaths.size() > segment.size();
  }

  private void merge(Compaction compaction) {
    long start = System.nanoTime();
    CompactionEvent event = Observer.beginCompaction();
    boolean merged = false;
    boolean replaced = false;
    int items = 0;
    try {
      compaction.merge(store.dimensions, store.biased, store.builder(), this::unwanted);
      merged = true;
    } catch (CancellationException e) {
      // nobody wants the result
    } finally {
      lock.lock();
      try {
        if (merged && !unwanted()) {
          Segment made = compaction.finish();
          items = made == null ? 0 : made.size();
          store.replace(compaction, made);
          compactions++;
          replaced = true;
        }
      } finally {
        patience = replaced || closed ? 0 : store.frozen().length + FAN;
        release(compaction);
        lock.unlock();
      }
    }
    if (replaced) {
      int parts = compaction.segments.size() + compaction.tails.size();
      observer.compacted(event, start, parts, items);
    }
  }
}
