package dev.slate.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/** The end of the warm-up, on a clock that only searches move. */
class WarmUpTest {
  private static final long MILLI = 1_000_000;

  private long now;
  private long allocated;
  private long searches;

  private double warm(long timeMillis, long limitMillis, LongUnaryOperator nanos) {
    return warm(timeMillis, limitMillis, nanos, count -> 0, () -> true);
  }

  private double warm(
      long timeMillis,
      long limitMillis,
      LongUnaryOperator nanos,
      LongUnaryOperator bytes,
      BooleanSupplier idle) {
    WarmUp warmUp = new WarmUp(Duration.ofMillis(timeMillis), Duration.ofMillis(limitMillis));
    Runnable search =
        () -> {
          searches++;
          now += nanos.applyAsLong(searches);
          allocated += bytes.applyAsLong(searches);
        };
    return warmUp.warmNanos(search, () -> now, () -> allocated, idle);
  }

  /** Whether the stream takes turns with a search follows from its warm time, not the cold one. */
  @Test
  void itsTimeIsThatOfWarmSearches() {
    assertEquals(MILLI, warm(300, 2_000, count -> count < 6 ? 30 * MILLI : MILLI), 1);
    assertTrue(now >= 300 * MILLI && now < 500 * MILLI, now + " ns");
  }

  @Test
  void manySearchesAreEnoughBeforeTheTime() {
    warm(10_000, 20_000, count -> MILLI / 100);
    assertTrue(searches >= WarmUp.SEARCHES && searches < 2 * WarmUp.SEARCHES, searches + "");
  }

  @Test
  void whatAllocatesIsNotWarm() {
    warm(100, 5_000, count -> MILLI, count -> count < 1_000 ? 16 : 0, () -> true);
    assertTrue(searches > 1_000 && searches < 1_200, searches + "");
  }

  @Test
  void aCompilerAtWorkIsWaitedForWithinTheLimit() {
    warm(100, 5_000, count -> MILLI, count -> 0, () -> searches > 2_000);
    assertTrue(searches > 2_000 && searches < 2_200, searches + "");
    warm(100, 700, count -> MILLI, count -> 0, () -> false);
    assertTrue(now >= 700 * MILLI, "the limit");
  }
}
