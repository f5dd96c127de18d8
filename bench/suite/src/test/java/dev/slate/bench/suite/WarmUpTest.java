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

  private long now = 1_000_000 * MILLI;
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
    long took = now - 1_000_000 * MILLI;
    assertTrue(took >= 300 * MILLI && took < 500 * MILLI, took + " ns");
  }

  @Test
  void manySearchesAreEnoughBeforeTheTime() {
    warm(10_000, 20_000, count -> MILLI / 100);
    assertTrue(searches >= WarmUp.SEARCHES && searches < 2 * WarmUp.SEARCHES, searches + "");
  }

  /** Rounds of 30 ms until the time is over, and three that find nothing to do. */
  @Test
  void threeQuietRoundsFollowTheTime() {
    warm(300, 2_000, count -> MILLI);
    assertEquals(300 + 2 * 30, searches, "the tenth round ends with the time");
    searches = 0;
    warm(10_000, 20_000, count -> 15_000);
    assertEquals(20_000 + 2 * 2_000, searches, "the tenth round ends with 20,000 searches");
    searches = 0;
    long[] asked = new long[1];
    warm(30, 2_000, count -> MILLI, count -> 0, () -> ++asked[0] != 3);
    assertEquals(6 * 30, searches, "one that is not quiet begins the count anew");
  }

  @Test
  void itSaysHowLongItTook() {
    warm(300, 2_000, count -> MILLI);
    assertEquals(new Facts.Fact(360, "ms"), Facts.all().get("warmup"));
    assertEquals(new Facts.Fact(360, "ops"), Facts.all().get("warmupSearches"));
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
    searches = 0;
    warm(100, 690, count -> MILLI, count -> 0, () -> false);
    assertEquals(690, searches, "until the limit");
  }
}
