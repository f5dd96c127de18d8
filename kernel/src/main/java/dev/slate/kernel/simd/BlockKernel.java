package dev.slate.kernel.simd;

import dev.slate.kernel.query.CompiledQuery;

/**
 * Computes the keys of vertical blocks. Each implementation returns the same bits: a lane is one
 * item and runs the canonical chain of fused multiply-adds in order, so the number of lanes cannot
 * matter. Stateless and safe from many threads.
 */
public abstract class BlockKernel {
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
   * @param stride floats of a block
   * @param blocks how many to scan
   * @param bound strict; NaN stops at the first block whatever its keys
   * @param keys receives the 64 keys of the block where the scan stopped
   * @return how many blocks lie before the one where it stopped; {@code blocks} if it did not stop
   */
  public abstract int scan(
      CompiledQuery query,
      float[] chunk,
      int offset,
      int stride,
      int blocks,
      float bound,
      float[] keys);

  /**
   * How many blocks {@link #scanStreams} computes side by side for a query; 1 where it has no gain.
   *
   * @param query the query
   */
  public int streams(CompiledQuery query) {
    return 1;
  }

  /**
   * Scans {@link #streams} runs of consecutive blocks in step, the i-th block of each together, and
   * stops at the first step where a key is below the bound.
   *
   * @param query the query
   * @param chunk holds the blocks
   * @param offset where the first run starts
   * @param stride floats of a block
   * @param gap blocks from the start of a run to that of the next; 0 makes all runs the same one
   * @param count blocks of a run
   * @param from the step to begin with
   * @param bound strict; NaN stops at the first step whatever its keys
   * @param keys receives the 64 keys of each block of the step where the scan stopped
   * @return the step where it stopped; {@code count} if it did not stop
   */
  public int scanStreams(
      CompiledQuery query,
      float[] chunk,
      int offset,
      int stride,
      int gap,
      int count,
      int from,
      float bound,
      float[] keys) {
    int start = offset + from * stride;
    return from + scan(query, chunk, start, stride, count - from, bound, keys);
  }

  /**
   * Compares 64 keys with a bound.
   *
   * @param keys holds the keys
   * @param at where they start
   * @param bound strict; NaN accepts every key
   * @return a bit for each key below the bound
   */
  public abstract long below(float[] keys, int at, float bound);
}
