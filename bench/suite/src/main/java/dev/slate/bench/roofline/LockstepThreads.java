package dev.slate.bench.roofline;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that start a piece of work at the same moment; its time is that of the slowest. Start and
 * end are awaited by spinning, so that no thread has to wake up within the time. Allocates nothing
 * once it exists. For one calling thread at a time.
 */
class LockstepThreads {
  /** What each thread does. */
  @FunctionalInterface
  interface Work {
    /**
     * Does one thread's part.
     *
     * @param member 0..size-1
     * @return something that depends on the work, so that it cannot be left out
     */
    float run(int member);
  }

  private static final int SPINS = 10_000;
  private static final long PAUSE_NANOS = 10_000;

  private final Thread[] others;
  private final AtomicInteger ready = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private volatile Work work = member -> 0;
  private volatile int called;
  private volatile int started;

  /** Written so that the compiler cannot leave out the work. */
  @SuppressWarnings("unused")
  private volatile float sink;

  LockstepThreads(int size) {
    others = new Thread[size - 1];
    for (int i = 0; i < others.length; i++) {
      int member = i + 1;
      others[i] =
          Thread.ofPlatform().daemon().name("lockstep-" + member).start(() -> serve(member));
    }
  }

  int size() {
    return others.length + 1;
  }

  /**
   * Runs the work on every thread, the caller's among them.
   *
   * @return nanoseconds from the common start to the last end
   */
  long time(Work shared) {
    work = shared;
    ready.set(0);
    done.set(0);
    int round = called + 1;
    called = round;
    for (Thread other : others) {
      LockSupport.unpark(other);
    }
    await(ready);
    long start = System.nanoTime();
    started = round;
    sink = shared.run(0);
    await(done);
    return System.nanoTime() - start;
  }

  private void await(AtomicInteger count) {
    for (int spin = 0; count.get() < others.length; spin++) {
      pause(spin);
    }
  }

  private void serve(int member) {
    for (int round = 1; ; round++) {
      while (called < round) {
        LockSupport.park(this);
      }
      ready.incrementAndGet();
      for (int spin = 0; started < round; spin++) {
        pause(spin);
      }
      sink = work.run(member);
      done.incrementAndGet();
    }
  }

  private static void pause(int spin) {
    if (spin < SPINS) {
      Thread.onSpinWait();
    } else {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
