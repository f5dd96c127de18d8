package dev.slate.kernel.quantized;

import dev.slate.kernel.layout.Blocks;
import java.util.Arrays;

/**
 * Switches codes off while reading them costs more time than they save; a block that lies in two
 * cells is then scored once, with all its lanes.
 *
 * <p>Reading and comparing a block's codes costs about a third of scoring the block, and so does
 * scoring a single lane, whose attributes lie a cache line apart. So codes that leave no lane gain
 * two thirds of a block, those that leave one a third, and those that leave more than two lose a
 * third. Once losses outnumber gains, some blocks are scored without codes; then codes are tried
 * again, since the bound is tighter by now. Pauses get longer while codes go on to lose, so that
 * the blocks that find this out are few. Where lanes wait for a better bound, the block is judged
 * when they are looked at.
 */
final class AdaptiveFilter {
  /** Up to this many lanes of a block are scored one by one. */
  static final int SINGLES = 2;

  /** Losses, above gains, before codes rest. */
  private static final int PATIENCE = 8;

  /** Losses that are forgotten in a pause. */
  private static final int RELIEF = 2;

  /** Number of blocks that are scored without codes: at first, and at most. */
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
   * @param never whether codes are not tried: more items are wanted than they could exclude
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

  /** Whether the next block's codes should be read. */
  boolean codes() {
    return !never && losses < PATIENCE;
  }

  /** Takes note of a block some of whose lanes wait for a better bound. */
  void postponed(int block) {
    met[block >> 6] |= 1L << block;
  }

  /** Takes note of the number of lanes of a block that codes did not exclude. */
  void thinned(int block, int left) {
    met[block >> 6] |= 1L << block;
    losses = Math.max(0, losses + (left > SINGLES ? 1 : left - SINGLES));
    if (losses == 0) {
      pause = MIN_PAUSE;
    }
  }

  /**
   * Takes note of a block that is scored without codes.
   *
   * @param lanes those of a cell
   * @return those to score: all, if none was met before
   */
  long scored(int block, long lanes) {
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
