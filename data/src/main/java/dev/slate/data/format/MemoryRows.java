package dev.slate.data.format;

import dev.slate.data.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;

/** Rows that could only be read in order, held in memory. */
public final class MemoryRows implements RowSource {
  private static final int CHUNK_FLOATS = 1 << 20;

  private final String type;
  private final List<String> names;
  private final List<String> ids;
  private final int d;
  private final int chunkRows;
  private final List<float[]> chunks;
  private final int n;

  private MemoryRows(RowStream source, int chunkRows, List<float[]> chunks, int n) {
    this.type = source.type();
    this.names = source.names();
    this.ids = List.copyOf(source.ids());
    this.d = source.dimensions();
    this.chunkRows = chunkRows;
    this.chunks = chunks;
    this.n = n;
  }

  /**
   * Reads a stream to its end. The rows may take half of the heap, so that an index of them still
   * fits.
   *
   * @param spec the file, for errors
   * @param source not closed
   * @param progress told how many rows there are, now and then
   * @return its rows
   * @throws InputException if there are none, or too many for the heap
   */
  public static MemoryRows drain(String spec, RowStream source, LongConsumer progress) {
    int d = source.dimensions();
    int chunkRows = Math.max(1, CHUNK_FLOATS / d);
    long limit = Runtime.getRuntime().maxMemory() / 2;
    List<float[]> chunks = new ArrayList<>();
    long n = 0;
    while (true) {
      boolean full = n > 0 && (n + chunkRows) * d * Float.BYTES > limit;
      if (full || n > Integer.MAX_VALUE - chunkRows) {
        throw new InputException(
            spec,
            "the first %d rows already take half of the heap (%d MB); convert the file to .npy, which is not held in memory"
                .formatted(n, limit >> 20));
      }
      float[] chunk = new float[chunkRows * d];
      int rows = source.next(chunk, chunkRows);
      n += rows;
      progress.accept(n);
      if (rows < chunkRows) {
        chunks.add(Arrays.copyOf(chunk, rows * d));
        break;
      }
      chunks.add(chunk);
    }
    if (n == 0) {
      throw new InputException(spec, "holds no rows");
    }
    return new MemoryRows(source, chunkRows, chunks, (int) n);
  }

  @Override
  public int size() {
    return n;
  }

  @Override
  public int dimensions() {
    return d;
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public List<String> ids() {
    return ids;
  }

  @Override
  public void read(int first, int count, float[] dst, int offset) {
    Objects.checkFromIndexSize(first, count, n);
    for (int row = first, to = offset; row < first + count; ) {
      int within = row % chunkRows;
      int rows = Math.min(first + count - row, chunkRows - within);
      System.arraycopy(chunks.get(row / chunkRows), within * d, dst, to, rows * d);
      row += rows;
      to += rows * d;
    }
  }
}
