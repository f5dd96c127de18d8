package dev.slate.recommend;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Threads of the caller that share independent pieces of work. Any thread may take any piece, so no
 * piece may depend on another; then the result does not depend on the number of threads. Safe from
 * many threads.
 */
public final class Workers {
  /** The calling thread alone. */
  public static final Workers ALONE = new Workers(Runnable::run, 1);

  private final Executor executor;
  private final int threads;
  private final BooleanSupplier stop;

  /**
   * Creates workers.
   *
   * @param executor where all but the calling thread run; may be busy, at the cost of speed only
   * @param threads how many take part, the caller included
   * @throws IllegalArgumentException if threads is below 1
   */
  public Workers(Executor executor, int threads) {
    this(executor, threads, () -> false);
  }

  private Workers(Executor executor, int threads, BooleanSupplier stop) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, but it is " + threads);
    }
    this.executor = Objects.requireNonNull(executor, "executor");
    this.threads = threads;
    this.stop = stop;
  }

  /**
   * Lets long work be ended: between two pieces workers ask whether to stop, and {@link #run} then
   * throws.
   *
   * @param asked whether to stop; called from any thread
   * @return the same workers, who ask
   */
  public Workers stopWhen(BooleanSupplier asked) {
    return new Workers(executor, threads, asked);
  }

  /**
   * Ends the work where it is asked to stop.
   *
   * @throws CancellationException if the work is asked to stop
   */
  public void check() {
    if (stop.getAsBoolean()) {
      throw new CancellationException("asked to stop");
    }
  }

  /**
   * How many threads take part.
   *
   * @return at least 1
   */
  public int threads() {
    return threads;
  }

  /**
   * Where the other threads run.
   *
   * @return the caller's executor
   */
  public Executor executor() {
    return executor;
  }

  /**
   * Carries out pieces of work and waits for the last.
   *
   * @param pieces how many, numbered from 0
   * @param worker called once by each thread that takes part; the result does a piece, and owns the
   *     thread's scratch
   * @throws CancellationException if the work is asked to stop
   */
  public void run(int pieces, Supplier<IntConsumer> worker) {
    AtomicInteger next = new AtomicInteger();
    AtomicBoolean failed = new AtomicBoolean();
    Runnable loop =
        () -> {
          IntConsumer work = null;
          for (int piece = next.getAndIncrement();
              piece < pieces && !failed.get();
              piece = next.getAndIncrement()) {
            boolean done = false;
            try {
              check();
              work = work == null ? worker.get() : work;
              work.accept(piece);
              done = true;
            } finally {
              if (!done) {
                failed.set(true);
              }
            }
          }
        };
    List<Helper> helpers = new ArrayList<>();
    for (int i = 1; i < Math.min(threads, pieces); i++) {
      Helper helper = new Helper(loop);
      helpers.add(helper);
      try {
        executor.execute(helper);
      } catch (RejectedExecutionException e) {
        break; // The others do its share.
      }
    }
    try {
      loop.run();
    } finally {
      helpers.forEach(Helper::join);
    }
    helpers.forEach(Helper::rethrow);
  }

  /** A turn of the loop on another thread, which may come too late to be of use. */
  private static final class Helper implements Runnable {
    private final Runnable loop;
    private final AtomicBoolean taken = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Throwable failure;

    Helper(Runnable loop) {
      this.loop = loop;
    }

    @Override
    public void run() {
      if (!taken.compareAndSet(false, true)) {
        return;
      }
      try {
        loop.run();
      } catch (RuntimeException | Error e) {
        failure = e;
      } finally {
        ended.countDown();
      }
    }

    /** Waits for the end, unless it has not begun: then it never will. */
    void join() {
      if (taken.compareAndSet(false, true)) {
        return;
      }
      boolean interrupted = false;
      while (true) {
        try {
          ended.await();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    void rethrow() {
      Throwable seen = failure;
      if (seen instanceof RuntimeException e) {
        throw e;
      }
      if (seen instanceof Error e) {
        throw e;
      }
    }
  }
}
