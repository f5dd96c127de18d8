package dev.slate.kernel.tree;

import dev.slate.kernel.simd.TreeKernel;

/**
 * The items, a few a leaf, attribute by attribute (the biases first), in order of space.
 *
 * <pre>
 *   row 0 .. width - 1   an attribute of each lane's item
 *   row width            the ordinals, as the bits of floats: what a search reads together lies together
 * </pre>
 *
 * <p>A <i>slot</i> is a place for an item: lane i of leaf f is slot {@code lanes f + i}. A slot
 * without an item has the ordinal -1. Leaves follow each other without gaps in a chunk; a chunk is
 * one Java array that starts with a few unused floats, which bring leaf 0 to a 64-byte boundary.
 */
final class Leaves {
  private static final int LEAD = 12;

  private static final long MAX_CHUNK_FLOATS = 1L << 28;

  final int count;
  final int lanes;
  final int width;
  final int stride;

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
    this.stride = lanes * (width + 1);
    this.chunkShift = 63 - Long.numberOfLeadingZeros(MAX_CHUNK_FLOATS / stride);
    this.chunkMask = (1 << chunkShift) - 1;
    this.chunks = new float[(count + chunkMask) >>> chunkShift][];
    for (int c = 0; c < chunks.length; c++) {
      int leaves = Math.min(1 << chunkShift, count - (c << chunkShift));
      chunks[c] = new float[LEAD + leaves * stride];
    }
  }

  /** Items of a leaf: more where a box would be large beside them. */
  static int lanes(int width) {
    return width == 1 ? TreeKernel.MAX_LANES : TreeKernel.LANES;
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
    setOrdinal(leaf, slot - leaf * lanes, ordinal);
  }

  /** Where a leaf's ordinals start in its chunk, as the bits of floats. */
  int ordinals(int leaf) {
    return offset(leaf) + lanes * width;
  }

  /** The ordinal of the item in a lane of a leaf; -1 if there is none. */
  int ordinal(int leaf, int lane) {
    return Float.floatToRawIntBits(chunk(leaf)[ordinals(leaf) + lane]);
  }

  /** Whether a leaf has an item in each of its lanes; they are filled from the first on. */
  boolean full(int leaf) {
    return ordinal(leaf, lanes - 1) >= 0;
  }

  /** Sets the ordinal of a lane of a leaf. */
  void setOrdinal(int leaf, int lane, int ordinal) {
    chunk(leaf)[ordinals(leaf) + lane] = Float.intBitsToFloat(ordinal);
  }

  /** Bytes of heap. */
  long bytes() {
    long floats = 0;
    for (float[] chunk : chunks) {
      floats += chunk.length;
    }
    return floats * Float.BYTES;
  }
}
