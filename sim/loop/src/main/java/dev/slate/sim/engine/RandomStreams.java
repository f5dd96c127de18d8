package dev.slate.sim.engine;

import java.util.random.RandomGenerator;
import org.apache.commons.rng.core.source64.Philox4x64;

/**
 * Random streams that can be entered at any position: a counter-based generator (Salmon et al.
 * 2011, "Parallel Random Numbers: As Easy as 1, 2, 3") whose key is the run and whose counter is
 * (draw, purpose, step, user). Each (purpose, step, user) has 2^64 blocks of its own, and none
 * overlaps another.
 */
public final class RandomStreams implements RandomGenerator {
  /** What the purpose of a stream is. */
  public enum Purpose {
    /** Who a user is. */
    BIRTH(0),
    /** Her step: first the user's own draws, then the selector's. */
    STEP(1),
    /** Who made which item. */
    AUTHORS(2),
    /** What she does beyond the plain model. */
    BEHAVIOR(3),
    /** What she says about her pick. */
    FEEDBACK(4);

    private final long place;

    Purpose(long place) {
      this.place = place;
    }
  }

  private final long[] place = new long[6];
  private Philox4x64 source;

  /**
   * Creates the streams of a run.
   *
   * @param seed first half of the key
   * @param replication second half of the key
   */
  public RandomStreams(long seed, int replication) {
    place[0] = seed;
    place[1] = replication;
    source = new Philox4x64(place);
  }

  /** Enters a stream at its start. */
  public RandomStreams enter(Purpose purpose, int step, int user) {
    place[3] = purpose.place;
    place[4] = step;
    place[5] = user;
    source = new Philox4x64(place);
    return this;
  }

  @Override
  public long nextLong() {
    return source.nextLong();
  }
}
