package dev.slate.kernel.layout;

import dev.slate.kernel.file.StoredArray;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;

/**
 * Entries of one size in as few Java arrays as hold them: a <i>chunk</i> has a power of two of
 * entries, at most 1 GiB, so that a shift and a mask find an entry. A chunk starts with unused
 * elements, which bring entry 0 to a 64-byte boundary where the array's header takes 16 bytes and
 * the array itself is aligned, as a large one under G1 is.
 *
 * <p>The entries may also be in a file still, in small chunks each of which is read when it is
 * needed first: by one thread, which publishes it (release) to those that look for it (acquire) only
 * when it is there and its checksums hold. From then on it is an array like others.
 */
public abstract class ChunkedArray {
  /**
   * Bytes of a chunk that is read when it is needed, at most: some hundred neighbouring leaves. A
   * tenth of it are pages that it shares with the next chunk, and that are read twice. Small beside
   * what collectors lay out apart, in regions of its own.
   */
  public static final long ON_DEMAND = 1L << 18;

  /** Bytes of a chunk, at most. */
  public static final long MAX_CHUNK_BYTES = 1L << 30;

  private static final VarHandle CHUNK = MethodHandles.arrayElementVarHandle(Object[].class);
  private static final int LINE_BYTES = 64;
  private static final int HEADER_BYTES = 16;

  private final int count;
  private final int stride;
  private final int shift;
  private final int mask;
  private final int lead;
  private final int elementBytes;

  /** Where the entries are as long as no search needs them; null if they are in the chunks. */
  protected final @Nullable StoredArray stored;

  /**
   * Computes where entries go.
   *
   * @param count number of entries
   * @param stride elements of an entry
   * @param elementBytes bytes of an element
   */
  protected ChunkedArray(int count, int stride, int elementBytes) {
    this(count, stride, elementBytes, MAX_CHUNK_BYTES, null);
  }

  /**
   * Computes where entries go.
   *
   * @param count number of entries
   * @param stride elements of an entry
   * @param elementBytes bytes of an element
   * @param chunkBytes bytes of a chunk, at most, or of an entry
   * @param stored where they are read when they are needed; null if they are there
   */
  protected ChunkedArray(
      int count, int stride, int elementBytes, long chunkBytes, @Nullable StoredArray stored) {
    this.count = count;
    this.stride = stride;
    this.elementBytes = elementBytes;
    this.stored = stored;
    long most = chunkBytes / elementBytes / stride;
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
   * The chunk, which is read if it was not needed before.
   *
   * @param chunks those that were read, and null in the places of others
   * @param chunk which
   * @throws java.io.UncheckedIOException if it cannot be read, or is damaged
   */
  protected final Object arrived(Object[] chunks, int chunk) {
    Object found = CHUNK.getAcquire(chunks, chunk);
    return found != null ? found : arrive(chunks, chunk);
  }

  private Object arrive(Object[] chunks, int chunk) {
    if (stored == null) {
      throw new IllegalStateException("chunk " + chunk + " is missing");
    }
    synchronized (stored) {
      Object found = chunks[chunk];
      if (found == null) {
        Class<?> element = chunks.getClass().componentType().componentType();
        found = Array.newInstance(element, length(chunk));
        stored.read((long) (chunk << shift) * stride * elementBytes, segment(found), lead * elementBytes);
        CHUNK.setRelease(chunks, chunk, found);
      }
      return found;
    }
  }

  private static MemorySegment segment(Object chunk) {
    if (chunk instanceof float[] floats) {
      return MemorySegment.ofArray(floats);
    }
    return chunk instanceof byte[] bytes
        ? MemorySegment.ofArray(bytes)
        : MemorySegment.ofArray((long[]) chunk);
  }

  /** Announces chunks, all of which are still in the file. */
  protected final void announce(StoredArray stored, Object[] chunks) {
    stored.announce(
        chunks.length,
        () -> {
          for (int c = 0; c < chunks.length; c++) {
            arrived(chunks, c);
          }
        });
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
