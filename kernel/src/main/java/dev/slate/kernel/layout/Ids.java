package dev.slate.kernel.layout;

import dev.slate.kernel.file.ArrayReader;
import dev.slate.kernel.file.ArrayWriter;
import dev.slate.kernel.file.StoredArray;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The caller's id of each item, by ordinal. */
public final class Ids extends ChunkedArray {
  /**
   * Bytes of a chunk that is read when it is needed, at most: an answer needs a few ids anywhere.
   */
  private static final long CHUNK = 1 << 15;

  /** Of no items; its place in a file is a multiple of 64 bytes like that of others. */
  private static final long[] NONE = {};

  private final long[][] chunks;

  /**
   * Creates ids of zero.
   *
   * @param size number of items
   */
  public Ids(int size) {
    this(size, MAX_CHUNK_BYTES, null);
    for (int c = 0; c < chunks.length; c++) {
      chunks[c] = new long[length(c)];
    }
  }

  private Ids(int size, long chunkBytes, @Nullable StoredArray stored) {
    super(size, 1, Long.BYTES, chunkBytes, stored);
    this.chunks = new long[chunks()][];
  }

  /** The id of an item. */
  public long get(int ordinal) {
    return chunk(ordinal)[offset(ordinal)];
  }

  /** Sets the id of an item. */
  public void set(int ordinal, long id) {
    chunk(ordinal)[offset(ordinal)] = id;
  }

  private long[] chunk(int ordinal) {
    int c = chunkOf(ordinal);
    long[] chunk = chunks[c];
    return chunk != null ? chunk : (long[]) onDemand(c);
  }

  /** Copies all ids. */
  public long[] toArray() {
    long[] all = new long[count()];
    for (int i = 0; i < all.length; i = chunkEnd(i)) {
      System.arraycopy(chunk(i), offset(i), all, i, chunkEnd(i) - i);
    }
    return all;
  }

  @Override
  protected Object create(int length) {
    return new long[length];
  }

  /** Bytes of heap. */
  public long bytes() {
    return elements() * Long.BYTES;
  }

  /** Writes the ids. */
  public void write(ArrayWriter out) throws IOException {
    out.number(count());
    if (count() == 0) {
      out.part(NONE, 0, 0);
    }
    forEachChunk((i, from, elements) -> out.part(chunk(i), from, elements));
  }

  /** Reads the ids. */
  public static Ids read(ArrayReader in) throws IOException {
    int size = in.number(0, Integer.MAX_VALUE - 8);
    long bytes = (long) size * Long.BYTES;
    in.require(bytes);
    StoredArray stored = in.later(bytes);
    if (stored != null) {
      return new Ids(size, CHUNK, stored);
    }
    if (size == 0) {
      in.part(NONE, 0, 0);
    }
    Ids ids = new Ids(size);
    ids.forEachChunk((i, from, elements) -> in.part(ids.chunk(i), from, elements));
    return ids;
  }
}
