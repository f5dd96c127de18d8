package dev.slate.data.cli;

import dev.slate.kernel.Catalog;
import java.util.Arrays;

/**
 * Counts distinct rows, exactly, in bounded memory.
 *
 * <p>A table holds 32 bits of the hash and the ordinal of each distinct row. Where those bits
 * agree, the two rows are read again and compared. If the table would exceed its bound, the rows
 * are read several times, and each pass counts the rows of one range of hashes.
 *
 * <p>Values are compared as numbers, except that every NaN equals every other: 0.0 and -0.0 are the
 * same.
 */
final class DistinctRows {
  private static final int PIECE_FLOATS = 1 << 16;
  private static final int REMEMBERED_FLOATS = 1 << 20;
  private static final int REMEMBERED_ROWS = 1 << 12;
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private final Catalog items;
  private final int n;
  private final int d;
  private final int maxSlots;
  private final float[] candidate;

  /** The latest rows that were read again, each in the place that its ordinal gives it. */
  private final int[] rememberedOrdinals;

  private final float[] remembered;

  /** An entry is hash bits and ordinal + 1, or 0. */
  private long[] table = {};

  /**
   * Prepares to count.
   *
   * @param items the rows
   * @param tableBytes the most that the table may take
   */
  DistinctRows(Catalog items, long tableBytes) {
    this.items = items;
    this.n = items.size();
    this.d = items.dimensions();
    long slots = Math.clamp(tableBytes / Long.BYTES, 1 << 10, 1 << 28);
    this.maxSlots = Integer.highestOneBit((int) slots);
    this.candidate = new float[d];
    int rows = Math.clamp(REMEMBERED_FLOATS / d, 1, REMEMBERED_ROWS);
    this.rememberedOrdinals = new int[rows];
    this.remembered = new float[rows * d];
  }

  /** Counts. Reads all rows once, or more often where there are many for the table. */
  long count(RowProgress progress) {
    int passes = 1;
    while ((long) n * 3 / 2 / passes > maxSlots) {
      passes *= 2;
    }
    long wanted = Math.max(1 << 10, (long) n * 3 / 2 / passes);
    table = new long[Math.min(maxSlots, Integer.highestOneBit((int) wanted) * 2)];
    Arrays.fill(rememberedOrdinals, -1);
    long distinct = 0;
    for (int pass = 0; pass < passes; pass++) {
      Arrays.fill(table, 0);
      distinct += count(pass, passes, progress);
    }
    return distinct;
  }

  private long count(int pass, int passes, RowProgress progress) {
    int pieceRows = Math.max(1, PIECE_FLOATS / d);
    float[] piece = new float[Math.min(pieceRows, n) * d];
    long distinct = 0;
    for (long start = 0; start < n; start += pieceRows) {
      int first = (int) start;
      int rows = Math.min(pieceRows, n - first);
      items.copyRows(first, rows, piece, 0);
      for (int r = 0; r < rows; r++) {
        long hash = normaliseAndHash(piece, r * d);
        // The share is told by bits that neither the place in the table nor the entry uses alone.
        if (((hash >>> 20) & (passes - 1)) == pass && isNew(hash, first + r, piece, r * d)) {
          distinct++;
        }
      }
      progress.update(((long) pass * n + start + rows) / passes);
    }
    return distinct;
  }

  private long normaliseAndHash(float[] rows, int at) {
    long hash = d;
    for (int j = at; j < at + d; j++) {
      rows[j] = rows[j] + 0f;
      hash = (hash ^ Float.floatToIntBits(rows[j])) * GOLDEN;
      hash ^= hash >>> 29;
    }
    hash *= 0xbf58476d1ce4e5b9L;
    return hash ^ (hash >>> 32);
  }

  private boolean isNew(long hash, int ordinal, float[] rows, int at) {
    int mask = table.length - 1;
    long bits = hash & 0xffffffff00000000L;
    for (int slot = (int) hash & mask; ; slot = (slot + 1) & mask) {
      long entry = table[slot];
      if (entry == 0) {
        table[slot] = bits | (ordinal + 1L);
        return true;
      }
      if ((entry & 0xffffffff00000000L) == bits && equal((int) (entry - 1), rows, at)) {
        return false;
      }
    }
  }

  private boolean equal(int ordinal, float[] rows, int at) {
    int place = ordinal % rememberedOrdinals.length;
    if (rememberedOrdinals[place] != ordinal) {
      items.copyRows(ordinal, 1, candidate, 0);
      for (int j = 0; j < d; j++) {
        remembered[place * d + j] = candidate[j] + 0f;
      }
      rememberedOrdinals[place] = ordinal;
    }
    // Arrays.equals compares as Float.equals does: NaN equals NaN, and zeros are all positive here.
    return Arrays.equals(remembered, place * d, place * d + d, rows, at, at + d);
  }
}
