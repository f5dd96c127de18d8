package dev.slate.kernel.layout;

import dev.slate.kernel.file.StoredArray;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Entries of one size in as few Java arrays as hold them: a <i>chunk</i> has a power of two of
 * entries, at most 1 GiB, so that a shift and a mask find an entry. A chunk starts with unused
 * elements, which bring entry 0 to a 64-byte boundary where the array's header takes 16 bytes and
 * the array itself is aligned, as a large one under G1 is.
 *
 * <p>Some chunks may not be read from their file yet. Such chunks are small, and each is read when
 * it is first needed. One thread reads it, checks it, and then publishes it (release) to the others
 * (acquire). Subclasses hold null in the place of a chunk that is not read yet, so that searches of
 * an index in memory only check for null.
 */
public abstract class ChunkedArray {
  /**
   * Bytes of a chunk that is read when it is needed, at most; chosen. It holds some hundred
   * neighbouring leaves. A tenth of its pages belong to the next chunk too, and are read twice. It
   * is too small for a garbage collector to give it a region of its own.
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

  /** Where the entries are until a search needs them; null if they were there from the start. */
  private final @Nullable StoredArray stored;

  /** The chunks that were read from there, and null in the places of others. */
  private final Object[] arrived;

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
    this.arrived = new Object[stored == null ? 0 : chunks()];
    if (stored != null) {
      stored.announce(arrived.length, this::arriveAll);
    }
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
   * A chunk of a file that is read on demand: read now, unless it was read before.
   *
   * @param chunk which
   * @throws java.io.UncheckedIOException if it cannot be read, or is damaged
   */
  protected final Object onDemand(int chunk) {
    Object found = CHUNK.getAcquire(arrived, chunk);
    return found != null ? found : arrive(chunk);
  }

  private Object arrive(int chunk) {
    if (stored == null) {
      throw new IllegalStateException("chunk " + chunk + " is missing");
    }
    synchronized (stored) {
      Object found = arrived[chunk];
      if (found == null) {
        found = create(length(chunk));
        long start = (long) (chunk << shift) * stride * elementBytes;
        stored.read(start, found, lead, length(chunk) - lead);
        CHUNK.setRelease(arrived, chunk, found);
      }
      return found;
    }
  }

  /** Creates the array of a chunk. */
  protected abstract Object create(int length);

  private void arriveAll() {
    for (int c = 0; c < arrived.length; c++) {
      onDemand(c);
    }
  }

  /**
   * Takes the chunks in turn.
   *
   * @param action called with the entries of each
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
