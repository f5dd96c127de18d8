package dev.slate.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slate.bench.roofline.Roofline;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether the memory stream takes turns with an operation follows from its warm time. */
class WarmUpTest {
  private static final int STREAMED = 64 << 20;

  /** A fast operation beside a stream would find its caches empty each time. */
  @ParameterizedTest
  @CsvSource({"30, 0, false", "30, 30, true"})
  void theStreamRunsBesideWhatIsSlowWhenWarm(long coldMillis, long warmMillis, boolean turns) {
    Roofline roofline = Roofline.start(STREAMED, 1, false);
    int[] calls = {0};
    Runnable operation =
        () -> LockSupport.parkNanos(1_000_000L * (calls[0]++ < 5 ? coldMillis : warmMillis));
    new WarmUp(Duration.ofMillis(300), Duration.ofSeconds(2)).run(operation, true);
    assertEquals(turns, roofline.interleaved());
  }
}
