package dev.slate.kernel.tree;

import dev.slate.kernel.simd.TreeKernel;
import java.util.Arrays;

/**
 * The items, a few a leaf, attribute by attribute (the biases first), and their ordinals, in order
 * of space.
 *
 * <p>A <i>slot</i> is a place for an item: lane i of leaf f is slot {@code lanes f + i}. A slot
 * without an item has the ordinal -1. Leaves follow each other without gaps in a chunk; a chunk is
 * one Java array that starts with a few unused floats, which bring leaf 0 to a 64-byte boundary.
 */
final class Leaves {
  private static final int MIN_LANES = 32;
  private static final int LEAD = 12;
  private static final long MAX_CHUNK_FLOATS = 1L << 28;

  final int count;
  final int lanes;
  final int width;
  final int stride;
  final int[] ordinals;

  private final int chunkShift;
  private final int chunkMask;
  private final float[][] chunks;

  /**
   * Creates empty leaves.
   *
   * @param count number of leaves
   * @param width floats of an item
   */
  Leaves(int count, int width) {
    this.count = count;
    this.width = width;
    this.lanes = lanes(width);
    this.stride = lanes * width;
    this.chunkShift = 63 - Long.numberOfLeadingZeros(MAX_CHUNK_FLOATS / stride);
    this.chunkMask = (1 << chunkShift) - 1;
    this.chunks = new float[(count + chunkMask) >>> chunkShift][];
    for (int c = 0; c < chunks.length; c++) {
      int leaves = Math.min(1 << chunkShift, count - (c << chunkShift));
      chunks[c] = new float[LEAD + leaves * stride];
    }
    this.ordinals = new int[Math.multiplyExact(count, lanes)];
    Arrays.fill(ordinals, -1);
  }

  /** Items of a leaf: 32, and more where that would make the boxes large beside the items. */
  static int lanes(int width) {
    return Math.max(MIN_LANES, Integer.highestOneBit(TreeKernel.MAX_LANES / width));
  }

  /** The array that holds a leaf. */
  float[] chunk(int leaf) {
    return chunks[leaf >>> chunkShift];
  }

  /** Where a leaf starts in its chunk. */
  int offset(int leaf) {
    return LEAD + (leaf & chunkMask) * stride;
  }

  /** Keeps a row, attribute after attribute, until its leaf is packed. */
  void put(int slot, int ordinal, float[] rows, int at) {
    int leaf = slot / lanes;
    float[] chunk = chunk(leaf);
    int to = offset(leaf) + (slot - leaf * lanes) * width;
    for (int j = 0; j < width; j++) {
      chunk[to + j] = rows[at + j];
    }
    ordinals[slot] = ordinal;
  }

  /** Bytes of heap. */
  long bytes() {
    long floats = 0;
    for (float[] chunk : chunks) {
      floats += chunk.length;
    }
    return floats * Float.BYTES + (long) ordinals.length * Integer.BYTES;
  }
}
