package dev.slate.kernel.tree;

import dev.slate.kernel.file.ArrayReader;
import dev.slate.kernel.file.ArrayWriter;
import dev.slate.kernel.file.StoredArray;
import dev.slate.kernel.layout.ChunkedArray;
import dev.slate.kernel.simd.TreeKernel;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The items, a few a leaf, attribute by attribute (the biases first), in order of space.
 *
 * <pre>
 *   row 0 .. width - 1   an attribute of each lane's item
 *   row width            the ordinals, as the bits of floats, beside the attributes they are read with
 * </pre>
 *
 * <p>A <i>slot</i> is a place for an item: lane i of leaf f is slot {@code lanes f + i}. A slot
 * without an item has the ordinal -1.
 */
final class Leaves extends ChunkedArray {
  final int lanes;
  final int width;

  private final float[][] chunks;

  /**
   * Creates empty leaves.
   *
   * @param count number of leaves
   * @param width floats of an item
   */
  Leaves(int count, int width) {
    this(count, width, MAX_CHUNK_BYTES, null);
    for (int c = 0; c < chunks.length; c++) {
      chunks[c] = new float[length(c)];
    }
  }

  private Leaves(int count, int width, long chunkBytes, @Nullable StoredArray stored) {
    super(count, lanes(width) * (width + 1), Float.BYTES, chunkBytes, stored);
    this.width = width;
    this.lanes = lanes(width);
    this.chunks = new float[chunks()][];
  }

  /** Items of a leaf: more at one attribute, where a box takes much memory beside its items. */
  static int lanes(int width) {
    return width == 1 ? TreeKernel.MAX_LANES : TreeKernel.LANES;
  }

  /** The array that holds a leaf. */
  float[] chunk(int leaf) {
    int c = chunkOf(leaf);
    float[] chunk = chunks[c];
    return chunk != null ? chunk : (float[]) onDemand(c);
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

  @Override
  protected Object create(int length) {
    return new float[length];
  }

  /** Bytes of heap. */
  long bytes() {
    return elements() * Float.BYTES;
  }

  /** Bytes of heap of a number of leaves, at most. */
  static long bytes(long count, int width) {
    return bytes(count, (long) lanes(width) * (width + 1), Float.BYTES);
  }

  void write(ArrayWriter out) throws IOException {
    out.number(count());
    out.number(width);
    forEachChunk((f, from, elements) -> out.part(chunk(f), from, elements));
  }

  static Leaves read(ArrayReader in) throws IOException {
    int count = in.number(0, Integer.MAX_VALUE);
    int width = in.number(1, 1 << 17);
    long bytes = (long) count * lanes(width) * (width + 1) * Float.BYTES;
    in.require(bytes);
    StoredArray stored = in.later(bytes);
    if (stored != null) {
      return new Leaves(count, width, ON_DEMAND, stored);
    }
    Leaves leaves = new Leaves(count, width);
    leaves.forEachChunk((f, from, elements) -> in.part(leaves.chunk(f), from, elements));
    return leaves;
  }
}
