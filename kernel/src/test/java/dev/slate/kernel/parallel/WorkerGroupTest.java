package dev.slate.kernel.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class WorkerGroupTest {
  /** As where a pool has no memory for one more thread. */
  @Test
  void nobodyIsLeftRunningWhenTheExecutorThrowsAnError() {
    try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
      AtomicInteger asked = new AtomicInteger();
      AtomicInteger begun = new AtomicInteger();
      AtomicInteger running = new AtomicInteger();
      WorkerGroup team =
          new WorkerGroup(
              work -> {
                if (asked.incrementAndGet() % 4 == 2) {
                  while (begun.get() == 0) {
                    Thread.onSpinWait();
                  }
                  throw new OutOfMemoryError("a test");
                }
                pool.execute(work);
              },
              3);
      for (int round = 0; round < 100; round++) {
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
        if (round % 2 == 0) {
          assertThrows(OutOfMemoryError.class, () -> team.run(work));
        } else {
          team.run(work);
          assertEquals(1, done.get(0));
        }
        assertEquals(0, running.get(), "members that still run after round " + round);
        assertFalse(done.get(0) > 1 || done.get(1) > 1 || done.get(2) > 1);
      }
    }
  }
}
