package dev.slate.kernel.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class WorkerGroupTest {
  /** As where a pool has no memory for one more thread. */
  @Test
  void nobodyIsLeftRunningWhenTheExecutorThrowsAnError() {
    try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
      AtomicBoolean failing = new AtomicBoolean();
      AtomicBoolean thrown = new AtomicBoolean();
      AtomicInteger asked = new AtomicInteger();
      int throwing = 0;
      AtomicInteger begun = new AtomicInteger();
      AtomicInteger running = new AtomicInteger();
      WorkerGroup team =
          new WorkerGroup(
              work -> {
                if (failing.get() && asked.incrementAndGet() == 2) {
                  thrown.set(true);
                  while (begun.get() == 0) {
                    Thread.onSpinWait();
                  }
                  throw new OutOfMemoryError("a test");
                }
                pool.execute(work);
              },
              3);
      for (int round = 0; round < 100; round++) {
        failing.set(round % 2 == 0);
        thrown.set(false);
        asked.set(0);
        begun.set(0);
        AtomicIntegerArray done = new AtomicIntegerArray(3);
        WorkerGroup.Work work =
            member -> {
              running.incrementAndGet();
              begun.incrementAndGet();
              LockSupport.parkNanos(500_000);
              done.incrementAndGet(member);
              running.decrementAndGet();
            };
        boolean caught = false;
        try {
          team.run(work);
          assertEquals(1, done.get(0));
        } catch (OutOfMemoryError e) {
          caught = true;
        }
        assertEquals(thrown.get(), caught, "round " + round);
        throwing += caught ? 1 : 0;
        assertEquals(0, running.get(), "members that still run after round " + round);
        assertFalse(done.get(0) > 1 || done.get(1) > 1 || done.get(2) > 1);
      }
      // a task that still waits in the pool is not offered again, so some rounds ask once
      assertTrue(throwing > 0);
    }
  }
}
