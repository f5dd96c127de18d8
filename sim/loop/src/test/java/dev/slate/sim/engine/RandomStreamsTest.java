package dev.slate.sim.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.slate.sim.engine.RandomStreams.Purpose;
import org.apache.commons.rng.core.source64.Philox4x64;
import org.junit.jupiter.api.Test;

/** A result names its seed: the streams behind it stay the same. */
class RandomStreamsTest {
  @Test
  void keyAndCounterAreRunAndPlace() {
    Purpose[] purposes = {
      Purpose.BIRTH, Purpose.STEP, Purpose.AUTHORS, Purpose.BEHAVIOR, Purpose.FEEDBACK
    };
    RandomStreams streams = new RandomStreams(-7, 3);
    Philox4x64 begin = new Philox4x64(new long[] {-7, 3, 0, 0, 0, 0});
    for (int draw = 0; draw < 9; draw++) {
      assertEquals(begin.nextLong(), streams.nextLong());
    }
    for (int purpose = 0; purpose < purposes.length; purpose++) {
      for (int step : new int[] {0, 1, 1_000_000}) {
        for (int user : new int[] {0, 5, Integer.MAX_VALUE}) {
          Philox4x64 expected = new Philox4x64(new long[] {-7, 3, 0, purpose, step, user});
          assertSame(streams, streams.enter(purposes[purpose], step, user));
          for (int draw = 0; draw < 9; draw++) {
            assertEquals(expected.nextLong(), streams.nextLong());
          }
        }
      }
    }
  }
}
