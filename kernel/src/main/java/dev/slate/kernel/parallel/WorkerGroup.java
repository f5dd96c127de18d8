package dev.slate.kernel.parallel;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a piece of work on the calling thread and on threads of the caller's executor.
 *
 * <p>The calling thread always takes part and never waits for a member that has not begun: such a
 * member is withdrawn. So a saturated, rejecting or single-threaded executor costs speed only, and
 * a search on the executor's own threads cannot deadlock. An Error that the executor throws is
 * passed on when all members have ended. Allocates nothing itself.
 */
public final class WorkerGroup {
  /** A piece of work that several threads do together. */
  @FunctionalInterface
  public interface Work {
    /**
     * Does a part of the work.
     *
     * @param member which of the group's threads runs, 0 for the caller
     */
    void run(int member);
  }

  private static final int IDLE = 0;
  private static final int OFFERED = 1;
  private static final int RUNNING = 2;
  private static final int DONE = 3;
  private static final int SPINS = 2_000;

  private final @Nullable Executor executor;
  private final Worker[] members;
  private volatile @Nullable Work work;
  private volatile @Nullable Thread caller;

  /**
   * Creates a group.
   *
   * @param executor where all members but the first run; null for a group of one
   * @param size number of threads, the caller included
   */
  public WorkerGroup(@Nullable Executor executor, int size) {
    this.executor = executor;
    this.members = new Worker[executor == null ? 0 : size - 1];
    for (int i = 0; i < members.length; i++) {
      members[i] = new Worker(i + 1);
    }
  }

  /** Number of threads, the caller included. */
  public int size() {
    return members.length + 1;
  }

  /** Runs the work and returns when every member that began has ended. */
  public void run(Work shared) {
    if (members.length == 0) {
      shared.run(0);
      return;
    }
    work = shared;
    caller = Thread.currentThread();
    Throwable failure = null;
    try {
      for (Worker member : members) {
        member.offer();
      }
      shared.run(0);
    } catch (RuntimeException | Error e) {
      failure = e;
    }
    for (Worker member : members) {
      Throwable other = member.join();
      failure = failure == null ? other : failure;
    }
    work = null;
    caller = null;
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
  }

  /** One thread's task for each part that it claims. */
  @FunctionalInterface
  public interface PartTask {
    /**
     * Does a part.
     *
     * @param part its number, from 0
     */
    void run(int part);
  }

  /**
   * Does each of a number of parts once, in any order: threads claim them one after the other.
   *
   * @param parts how many
   * @param task creates a thread's task, with scratch of its own
   */
  public void forEach(int parts, Supplier<PartTask> task) {
    AtomicInteger next = new AtomicInteger();
    run(
        member -> {
          int part = next.getAndIncrement();
          if (part >= parts) {
            return;
          }
          PartTask mine = task.get();
          for (; part < parts; part = next.getAndIncrement()) {
            mine.run(part);
          }
        });
  }

  private final class Worker implements Runnable {
    private final int number;
    private final AtomicInteger state = new AtomicInteger(IDLE);

    /**
     * Whether the executor has this task. One that was withdrawn stays in its queue and serves the
     * next offer, so that a pool which is stuck holds one task for each member.
     */
    private final AtomicBoolean queued = new AtomicBoolean();

    private @Nullable Throwable failure;

    Worker(int number) {
      this.number = number;
    }

    void offer() {
      failure = null;
      state.set(OFFERED);
      if (executor == null || !queued.compareAndSet(false, true)) {
        return;
      }
      try {
        executor.execute(this);
      } catch (RuntimeException e) { // RejectedExecutionException, or a broken executor
        refused();
      } catch (Error e) { // no memory for one more thread, say
        refused();
        throw e;
      }
    }

    private void refused() {
      queued.set(false);
      state.compareAndSet(OFFERED, IDLE);
    }

    @Nullable Throwable join() {
      if (state.compareAndSet(OFFERED, IDLE) || state.get() == IDLE) {
        return null;
      }
      boolean interrupted = false;
      for (int spins = 0; state.get() != DONE; spins++) {
        if (spins < SPINS) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
          interrupted |= Thread.interrupted();
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      state.set(IDLE);
      return failure;
    }

    @Override
    public void run() {
      queued.set(false);
      if (!state.compareAndSet(OFFERED, RUNNING)) {
        return;
      }
      Work shared = work;
      Thread waiting = caller;
      try {
        if (shared != null) {
          shared.run(number);
        }
      } catch (RuntimeException | Error e) {
        failure = e;
      } finally {
        state.set(DONE);
        LockSupport.unpark(waiting);
      }
    }
  }
}
