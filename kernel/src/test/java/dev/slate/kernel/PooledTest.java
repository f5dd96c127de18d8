package dev.slate.kernel;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Tests whose searches and builds may use more threads. */
abstract class PooledTest {
  static ExecutorService executor = Executors.newSingleThreadExecutor();

  @BeforeAll
  static void start() {
    executor = Executors.newFixedThreadPool(3);
  }

  @AfterAll
  static void stop() {
    executor.shutdown();
  }
}
