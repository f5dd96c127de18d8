package dev.slate.kernel.simd;

import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.query.CompiledQuery;

/**
 * Computes the keys of vertical blocks, four strips of 16 items at a time. Each implementation
 * returns the same bits: a lane is one item and runs the canonical chain of fused multiply-adds in
 * order, so the number of lanes cannot matter. Stateless and safe from many threads.
 *
 * <p>The four strips may be those of one block, or lie far apart. One address after the other does
 * not keep a core's memory pipeline full: a hardware prefetcher follows several streams, each only
 * so far ahead, and works within a page. Four streams, each read line by line in order, come closer
 * to the rate of memory than one on every processor that was measured.
 *
 * <pre>
 *   blocks        step 0: block 0, strips 0 1 2 3 | step 1: block 1, strips 0 1 2 3 | ...
 *   streams       step 0: strip 0 of each stream  | step 1: strip 1 of each stream  | ...
 * </pre>
 */
public abstract class BlockKernel {
  /** Streams that {@link #scanStreams} reads side by side. */
  public static final int STREAMS = Blocks.STRIPS;

  /** For the implementations of this package. */
  BlockKernel() {}

  /** Items computed by one instruction; 1 for the scalar kernel. */
  public abstract int lanes();

  /**
   * Scans consecutive blocks and stops at the first that has a key below the bound.
   *
   * @param query the query
   * @param chunk holds the blocks
   * @param offset where the first block starts
   * @param blocks number of blocks
   * @param bound strict; NaN stops at the first block whatever its keys
   * @param keys receives the 64 keys of the block where the scan stopped
   * @return the block where it stopped; {@code blocks} if it did not stop
   */
  public final int scan(
      CompiledQuery query, float[] chunk, int offset, int blocks, float bound, float[] keys) {
    int strip = strip(query);
    return scan(query, chunk, offset, strip, Blocks.STRIPS * strip, blocks, bound, keys);
  }

  /**
   * Scans four streams of consecutive strips in step, and stops at the first step where a key is
   * below the bound.
   *
   * @param query the query
   * @param chunk holds the strips
   * @param offset where the first stream starts
   * @param gap floats from the start of a stream to that of the next
   * @param strips number of strips of a stream
   * @param bound strict; NaN stops at the first step whatever its keys
   * @param keys receives, for the step where the scan stopped, the 16 keys of each stream
   * @return the step where it stopped; {@code strips} if it did not stop
   */
  public final int scanStreams(
      CompiledQuery query,
      float[] chunk,
      int offset,
      int gap,
      int strips,
      float bound,
      float[] keys) {
    return scan(query, chunk, offset, gap, strip(query), strips, bound, keys);
  }

  /**
   * Scans four strips at a time: those of step i start at {@code offset + i * advance + s * gap}.
   */
  abstract int scan(
      CompiledQuery query,
      float[] chunk,
      int offset,
      int gap,
      int advance,
      int steps,
      float bound,
      float[] keys);

  /**
   * Compares 64 keys with a bound.
   *
   * @param keys holds the keys
   * @param at where they start
   * @param bound strict; NaN accepts every key
   * @return a bit for each key below the bound
   */
  public abstract long below(float[] keys, int at, float bound);

  /** Floats of a strip. */
  private static int strip(CompiledQuery query) {
    return (query.biased ? query.d + 1 : query.d) * Blocks.STRIP;
  }
}
