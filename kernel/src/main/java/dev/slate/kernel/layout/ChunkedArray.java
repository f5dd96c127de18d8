package dev.slate.kernel.layout;

import java.io.IOException;

/**
 * Entries of one size in as few Java arrays as hold them: a <i>chunk</i> has a power of two of
 * entries, at most 1 GiB, so that a shift and a mask find an entry. A chunk starts with unused
 * elements, which bring entry 0 to a 64-byte boundary where the array's header takes 16 bytes and
 * the array itself is aligned, as a large one under G1 is.
 */
public abstract class ChunkedArray {
  private static final long MAX_CHUNK_BYTES = 1L << 30;
  private static final int LINE_BYTES = 64;
  private static final int HEADER_BYTES = 16;

  private final int count;
  private final int stride;
  private final int shift;
  private final int mask;
  private final int lead;

  /**
   * Computes where entries go.
   *
   * @param count number of entries
   * @param stride elements of an entry
   * @param elementBytes bytes of an element
   */
  protected ChunkedArray(int count, int stride, int elementBytes) {
    this.count = count;
    this.stride = stride;
    long most = MAX_CHUNK_BYTES / elementBytes / stride;
    this.shift = Math.max(0, 63 - Long.numberOfLeadingZeros(most));
    this.mask = (1 << shift) - 1;
    this.lead = (LINE_BYTES - HEADER_BYTES) / elementBytes;
  }

  /** Number of entries. */
  public final int count() {
    return count;
  }

  /** Elements of an entry. */
  public final int stride() {
    return stride;
  }

  /** Number of chunks. */
  protected final int chunks() {
    return (int) (((long) count + mask) >>> shift);
  }

  /** Elements of a chunk. */
  protected final int length(int chunk) {
    return lead + Math.min(1 << shift, count - (chunk << shift)) * stride;
  }

  /** The chunk that holds an entry. */
  protected final int chunkOf(int entry) {
    return entry >>> shift;
  }

  /** Where an entry starts in its chunk. */
  public final int offset(int entry) {
    return lead + (entry & mask) * stride;
  }

  /** The first entry behind this entry's chunk, at most {@link #count()}. */
  public final int chunkEnd(int entry) {
    return (int) Math.min(count, ((long) chunkOf(entry) + 1) << shift);
  }

  /**
   * Takes the chunks in turn.
   *
   * @param action what is done with the entries of each
   */
  protected final void forEachChunk(ChunkAction action) throws IOException {
    for (int entry = 0; entry < count; entry = chunkEnd(entry)) {
      action.accept(entry, offset(entry), (chunkEnd(entry) - entry) * stride);
    }
  }

  /** What is done with a chunk. */
  @FunctionalInterface
  protected interface ChunkAction {
    /**
     * Reads or writes its elements.
     *
     * @param entry its first entry
     * @param from where that entry starts in the chunk
     * @param elements of all its entries
     */
    void accept(int entry, int from, int elements) throws IOException;
  }

  /**
   * Bytes of the chunks of some entries, at most.
   *
   * @param count number of entries
   * @param stride elements of an entry
   * @param elementBytes bytes of an element
   */
  protected static long bytes(long count, long stride, int elementBytes) {
    long most = Long.highestOneBit(MAX_CHUNK_BYTES / elementBytes / stride);
    return count * stride * elementBytes + (count / Math.max(1, most) + 1) * LINE_BYTES;
  }

  /** Elements of all chunks. */
  protected final long elements() {
    return (long) lead * chunks() + (long) count * stride;
  }
}
