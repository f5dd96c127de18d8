package dev.slate.kernel.quantized;

import dev.slate.kernel.layout.Blocks;
import java.util.Arrays;

/**
 * Stops reading codes for some blocks while reading them costs more time than it saves. A block
 * whose codes are not read is scored once with all its lanes, also if several clusters share it.
 *
 * <p>The unit of gain and loss is a third of the time of scoring a block. Reading and comparing the
 * codes of a block costs about one unit. Scoring a single lane costs one as well, since its
 * attributes lie a cache line apart. So codes that leave no lane gain two units, codes that leave
 * one lane gain one, and codes that leave more than two lose one. When the losses exceed the gains
 * by {@link #PATIENCE}, the codes of the next blocks are not read; after this pause they are tried
 * again, with a tighter bound. Each pause is twice as long as the one before, until gains have made
 * up for all losses. A block with postponed lanes is judged when those lanes are looked at.
 */
final class AdaptiveFilter {
  /** Up to this many lanes of a block are scored one by one. */
  static final int SINGLES = 2;

  /** Losses minus gains at which a pause begins; chosen. */
  private static final int PATIENCE = 8;

  /** Losses that a pause forgives; chosen. */
  private static final int RELIEF = 2;

  /** Blocks of the first and of the longest pause; chosen. */
  private static final int MIN_PAUSE = 16;

  private static final int MAX_PAUSE = 128;

  private final Blocks blocks;

  /** A bit for each block that was met. */
  private final long[] met;

  /** A bit for each block that was scored with all its lanes. */
  private final long[] whole;

  private boolean never;
  private boolean alone;
  private int losses;
  private int pause;
  private int rested;

  /** Prepares for searches of some blocks. */
  AdaptiveFilter(Blocks blocks) {
    this.blocks = blocks;
    this.met = new long[(blocks.count() + Long.SIZE - 1) >> 6];
    this.whole = new long[met.length];
  }

  /**
   * Starts a search.
   *
   * @param never whether no codes are read
   * @param alone whether no other thread meets a block of this search
   */
  void start(boolean never, boolean alone) {
    this.never = never;
    this.alone = alone;
    losses = 0;
    pause = MIN_PAUSE;
    rested = 0;
    if (alone) {
      Arrays.fill(met, 0);
      Arrays.fill(whole, 0);
    }
  }

  /** Whether all lanes of a block have been scored. */
  boolean done(int block) {
    return alone && (whole[block >> 6] & 1L << block) != 0;
  }

  /** Whether to read the codes of the next block. */
  boolean reads() {
    return !never && losses < PATIENCE;
  }

  /** Takes note of a block some of whose lanes wait for a better bound. */
  void postponed(int block) {
    met[block >> 6] |= 1L << block;
  }

  /**
   * Takes note of a block whose codes were read.
   *
   * @param remaining number of its lanes that codes did not exclude
   */
  void read(int block, int remaining) {
    met[block >> 6] |= 1L << block;
    losses = Math.max(0, losses + (remaining > SINGLES ? 1 : remaining - SINGLES));
    if (losses == 0) {
      pause = MIN_PAUSE;
    }
  }

  /**
   * Takes note of a block whose codes are not read.
   *
   * @param lanes those of a cluster
   * @return the lanes to score: all of the block, if none of them was met before
   */
  long unread(int block, long lanes) {
    if (losses >= PATIENCE && ++rested >= pause) {
      losses -= RELIEF;
      rested = 0;
      pause = Math.min(2 * pause, MAX_PAUSE);
    }
    long bit = 1L << block;
    if (!alone || (met[block >> 6] & bit) != 0) {
      return lanes;
    }
    met[block >> 6] |= bit;
    whole[block >> 6] |= bit;
    return blocks.lanes(block);
  }
}
