package dev.slate.data.format;

import dev.slate.data.InputException;
import io.jhdf.btree.BTreeV1;
import io.jhdf.dataset.DatasetBase;
import io.jhdf.dataset.chunked.Chunk;
import io.jhdf.dataset.chunked.DatasetInfo;
import io.jhdf.dataset.chunked.indexing.BTreeIndex;
import io.jhdf.dataset.chunked.indexing.ExtensibleArrayIndex;
import io.jhdf.dataset.chunked.indexing.FixedArrayIndex;
import io.jhdf.dataset.chunked.indexing.ImplicitChunkIndex;
import io.jhdf.dataset.chunked.indexing.SingleChunkIndex;
import io.jhdf.object.message.DataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessageV4;
import io.jhdf.storage.HdfBackingStorage;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The chunks of a data set: where each lies, and how it is unpacked.
 *
 * <p>The library reads the index of the chunks, but places them by the present size of the data
 * set. The format counts by the largest size: chunk number i of a fixed array, or of chunks laid
 * out in a row, is that of row-major order over {@code maxshape}. In an extensible array, the
 * dimension without a limit comes first.
 */
final class Hdf5Chunks {
  /** Beyond this, blocks of an extensible array are split into pages, which the library skips. */
  private static final int MAX_EXTENSIBLE = 1 << 16;

  private static final long UNDEFINED = -1;
  private static final long UNLIMITED = -1;

  private final String spec;
  private final HdfBackingStorage storage;
  private final long[] dims;
  private final long[] most;
  private final int[] chunk;
  private final int chunkBytes;
  private final Hdf5Filters filters;
  private final Map<Long, Chunk> chunks = new HashMap<>();

  /**
   * Reads the index.
   *
   * @throws InputException if a chunk is missing, or the index or a filter is of a kind that Slate
   *     does not read
   */
  Hdf5Chunks(String spec, DatasetBase dataset, HdfBackingStorage storage, int elementBytes) {
    this.spec = spec;
    this.storage = storage;
    this.dims = dataset.getDimensionsAsLong();
    this.most = dataset.getMaxSize();
    DataLayoutMessage layout = dataset.getHeader().getMessageOfType(DataLayoutMessage.class);
    this.chunk = chunkShape(layout);
    if (chunk.length != dims.length
        || most.length != dims.length
        || Arrays.stream(chunk).anyMatch(side -> side < 1)) {
      throw new InputException(spec, "has chunks of " + shape() + " values");
    }
    this.chunkBytes =
        Math.toIntExact(
            Arrays.stream(chunk).asLongStream().reduce(elementBytes, Math::multiplyExact));
    this.filters = Hdf5Filters.of(spec, dataset.getHeader());
    if (layout instanceof ChunkedDataLayoutMessageV4 && filters.keepLength() && hasEdges()) {
      // Whether chunks at the edge are shuffled is a flag of the layout that the library drops.
      throw new InputException(
          spec, "is shuffled without compression; repack it (h5repack -f GZIP=1)");
    }
    add(index(layout));
    requireAll();
  }

  private static int[] chunkShape(DataLayoutMessage layout) {
    return switch (layout) {
      case ChunkedDataLayoutMessage old -> old.getChunkDimensions();
      case ChunkedDataLayoutMessageV4 message -> {
        int[] withElement = message.getChunkDimensions();
        yield Arrays.copyOf(withElement, Math.max(0, withElement.length - 1));
      }
      default -> new int[0];
    };
  }

  /** Rows and columns of a chunk. */
  int[] shapeInRows() {
    return new int[] {chunk[0], chunk.length == 1 ? 1 : chunk[1]};
  }

  private String shape() {
    return Arrays.toString(chunk).replace(", ", " x ");
  }

  private boolean hasEdges() {
    return IntStream.range(0, dims.length).anyMatch(i -> dims[i] % chunk[i] != 0);
  }

  private Collection<Chunk> index(DataLayoutMessage layout) {
    if (layout instanceof ChunkedDataLayoutMessage old) {
      return old.getBTreeAddress() == UNDEFINED
          ? List.of()
          : BTreeV1.createDataBTree(storage, old.getBTreeAddress(), dims.length).getChunks();
    }
    ChunkedDataLayoutMessageV4 message = (ChunkedDataLayoutMessageV4) layout;
    long address = message.getAddress();
    if (address == UNDEFINED) {
      return List.of();
    }
    return switch (message.getIndexingType()) {
      case ChunkedDataLayoutMessageV4.SINGLE_CHUNK_INDEX ->
          new SingleChunkIndex(message, info(dims, chunk)).getAllChunks();
      case ChunkedDataLayoutMessageV4.IMPLICIT_INDEX -> {
        requireRoom(address);
        yield new ImplicitChunkIndex(address, info(most, chunk)).getAllChunks();
      }
      case ChunkedDataLayoutMessageV4.FIXED_ARRAY_INDEX ->
          new FixedArrayIndex(storage, address, info(most, chunk)).getAllChunks();
      case ChunkedDataLayoutMessageV4.EXTENSIBLE_ARRAY_INDEX -> extensible(address);
      case ChunkedDataLayoutMessageV4.B_TREE_V2_INDEX ->
          new BTreeIndex(storage, address, info(dims, chunk)).getAllChunks();
      default ->
          throw new InputException(
              spec,
              "has a chunk index of type " + message.getIndexingType() + "; repack it (h5repack)");
    };
  }

  private DatasetInfo info(long[] size, int[] chunk) {
    return new DatasetInfo(chunkBytes, size, chunk);
  }

  /** Chunks that lie in a row are all there, so that their number cannot lie beyond the file. */
  private void requireRoom(long address) {
    long count = 1;
    for (int i = 0; i < most.length; i++) {
      count = Math.multiplyExact(count, Math.ceilDiv(most[i], (long) chunk[i]));
    }
    if (Math.multiplyExact(count, (long) chunkBytes) > storage.size() - address) {
      throw new InputException(spec, "is cut off: %d chunks are not there".formatted(count));
    }
  }

  /**
   * An extensible array. The library stops at its first hole, after which it would count wrongly,
   * so there must be none.
   */
  private Collection<Chunk> extensible(long address) {
    OptionalInt unlimited =
        IntStream.range(0, most.length).filter(i -> most[i] == UNLIMITED).findFirst();
    if (unlimited.isEmpty()) {
      throw new InputException(spec, "has an extensible array of chunks, but no unlimited side");
    }
    boolean swapped = unlimited.getAsInt() == 1;
    long expected = 1;
    for (int i = 0; i < dims.length; i++) {
      expected *= Math.ceilDiv(most[i] == UNLIMITED ? dims[i] : most[i], (long) chunk[i]);
    }
    if (expected > MAX_EXTENSIBLE) {
      throw new InputException(
          spec,
          "has %d chunks in an extensible array; repack it (h5repack) into at most %d"
              .formatted(expected, MAX_EXTENSIBLE));
    }
    Collection<Chunk> found =
        swapped
            ? new ExtensibleArrayIndex(
                    storage,
                    address,
                    info(new long[] {most[1], most[0]}, new int[] {chunk[1], chunk[0]}))
                .getAllChunks()
            : new ExtensibleArrayIndex(storage, address, info(most, chunk)).getAllChunks();
    if (found.size() != expected) {
      throw new InputException(
          spec,
          "has an extensible array of %d chunks, of which %d were written; repack it (h5repack)"
              .formatted(expected, found.size()));
    }
    return swapped ? found.stream().map(Hdf5Chunks::swap).toList() : found;
  }

  private static Chunk swap(Chunk chunk) {
    long[] at = chunk.getChunkOffset();
    return new io.jhdf.dataset.chunked.indexing.ChunkImpl(
        chunk.getAddress(), chunk.getSize(), new long[] {at[1], at[0]}, chunk.getFilterMask());
  }

  private void add(Collection<Chunk> all) {
    for (Chunk found : all) {
      long[] at = found.getChunkOffset();
      boolean inside = true;
      for (int i = 0; i < at.length; i++) {
        if (at[i] < 0 || at[i] % chunk[i] != 0) {
          throw new InputException(spec, "is damaged: a chunk begins at " + Arrays.toString(at));
        }
        inside &= at[i] < dims[i];
      }
      if (inside && found.getAddress() != UNDEFINED && chunks.put(keyAt(at), found) != null) {
        throw new InputException(spec, "is damaged: two chunks begin at " + Arrays.toString(at));
      }
    }
  }

  /** The number of a chunk: those below it, and those beside it. */
  private static long key(long down, long across) {
    return (down << Integer.SIZE) | across;
  }

  private long keyAt(long... at) {
    return key(at[0] / chunk[0], at.length == 1 ? 0 : at[1] / chunk[1]);
  }

  private void requireAll() {
    long down = Math.ceilDiv(dims[0], (long) chunk[0]);
    long across = dims.length == 1 ? 1 : Math.ceilDiv(dims[1], (long) chunk[1]);
    if (chunks.size() == down * across) {
      return;
    }
    for (long i = 0; i < down; i++) {
      for (long j = 0; j < across; j++) {
        if (!chunks.containsKey(key(i, j))) {
          throw new InputException(spec, "a chunk was never written").atRow(i * chunk[0]);
        }
      }
    }
  }

  /**
   * Unpacks one chunk.
   *
   * @param row its first row
   * @param column its first column
   * @return its values, those beyond the edge of the data set too
   */
  byte[] unpack(int row, int column) {
    Chunk packed = chunks.get(dims.length == 1 ? keyAt(row) : keyAt(row, column));
    if (packed == null) {
      throw new InputException(spec, "a chunk was never written").atRow(row);
    }
    byte[] bytes = new byte[packed.getSize()];
    storage.map(packed.getAddress(), bytes.length).get(bytes);
    byte[] values;
    try {
      values = filters.undo(bytes, packed.getFilterMask());
    } catch (RuntimeException e) {
      throw new InputException(spec, "a chunk does not unpack (" + Hdf5Files.reason(e) + ")", e)
          .atRow(row);
    }
    if (values.length != chunkBytes) {
      throw new InputException(
              spec,
              "a chunk unpacks to %d bytes instead of %d".formatted(values.length, chunkBytes))
          .atRow(row);
    }
    return values;
  }
}
