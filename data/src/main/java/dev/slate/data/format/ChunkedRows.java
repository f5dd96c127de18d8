package dev.slate.data.format;

import dev.slate.data.InputException;
import io.jhdf.HdfFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Rows of a chunked HDF5 data set.
 *
 * <p>A <i>band</i> is a set of rows that are in the same chunks. Bands are unpacked whole, and the
 * latest ones are kept: a few threads that each read forward unpack every chunk once. Any number of
 * threads may read, one at a time.
 */
final class ChunkedRows implements RowSource {
  private static final long MAX_BAND_BYTES = 1L << 29;
  private static final long KEPT_BYTES = 1L << 27;

  private final FileSpec location;
  private final HdfFile file;
  private final Hdf5Chunks chunks;
  private final Element element;
  private final RowShape shape;
  private final int[] chunk;
  private final int bandRows;
  private final int keptBands;
  private final Map<Integer, byte[]> bands = new LinkedHashMap<>(16, 0.75f, true);

  ChunkedRows(FileSpec location, HdfFile file, Hdf5Chunks chunks, Element element, RowShape shape) {
    this.location = location;
    this.file = file;
    this.chunks = chunks;
    this.element = element;
    this.shape = shape;
    this.chunk = chunks.shapeInRows();
    this.bandRows = Math.min(chunk[0], shape.rows());
    long bandBytes = (long) bandRows * shape.columns() * element.bytes();
    this.keptBands = Math.clamp(KEPT_BYTES / Math.max(1, bandBytes), 1, 64);
    if (bandBytes > MAX_BAND_BYTES
        || (long) chunk[0] * chunk[1] * element.bytes() > MAX_BAND_BYTES) {
      throw new InputException(
          location.spec(),
          "has chunks of "
              + chunk[0]
              + " x "
              + chunk[1]
              + " values; rechunk it (h5repack) to at most "
              + (MAX_BAND_BYTES >> 20)
              + " MB a band");
    }
  }

  @Override
  public int size() {
    return shape.rows();
  }

  @Override
  public int dimensions() {
    return shape.columns();
  }

  @Override
  public String type() {
    return element + " in chunks of " + chunk[0] + " x " + chunk[1];
  }

  @Override
  public void read(int first, int count, float[] dst, int offset) {
    Objects.checkFromIndexSize(offset, (long) count * shape.columns(), dst.length);
    forEachPiece(
        first,
        count,
        (bytes, done, rows) ->
            element.decode(bytes, rows * shape.columns(), dst, offset + done * shape.columns()));
  }

  @Override
  public void readIntegers(int first, int count, long[] dst, int offset) {
    Objects.checkFromIndexSize(offset, (long) count * shape.columns(), dst.length);
    forEachPiece(
        first,
        count,
        (bytes, done, rows) ->
            element.decode(bytes, rows * shape.columns(), dst, offset + done * shape.columns()));
  }

  @Override
  public void readDoubles(int first, int count, double[] dst, int offset) {
    Objects.checkFromIndexSize(offset, (long) count * shape.columns(), dst.length);
    forEachPiece(
        first,
        count,
        (bytes, done, rows) ->
            element.decode(bytes, rows * shape.columns(), dst, offset + done * shape.columns()));
  }

  @Override
  public boolean rounds() {
    return element.rounds();
  }

  @Override
  public String cell(int row, int column) {
    StringBuilder text = new StringBuilder();
    forEachPiece(
        row,
        1,
        (bytes, done, rows) ->
            text.append(element.text(bytes, bytes.position() + column * element.bytes())));
    return text.toString();
  }

  private interface Piece {
    void take(ByteBuffer bytes, int done, int rows);
  }

  private void forEachPiece(int first, int count, Piece piece) {
    Objects.checkFromIndexSize(first, count, shape.rows());
    int rowBytes = shape.columns() * element.bytes();
    for (int done = 0; done < count; ) {
      int row = first + done;
      int start = row - row % bandRows;
      int rows = Math.min(count - done, start + bandRows - row);
      ByteBuffer bytes = ByteBuffer.wrap(band(start)).order(ByteOrder.LITTLE_ENDIAN);
      piece.take(bytes.position((row - start) * rowBytes), done, rows);
      done += rows;
    }
  }

  /** The bytes of a band, row-major. They do not change once they are returned. */
  private synchronized byte[] band(int start) {
    byte[] known = bands.get(start);
    if (known != null) {
      return known;
    }
    if (bands.size() >= keptBands) {
      bands.remove(bands.keySet().iterator().next());
    }
    byte[] band = Hdf5Files.guarded(location, () -> unpack(start));
    bands.put(start, band);
    return band;
  }

  private byte[] unpack(int start) {
    int rows = Math.min(bandRows, shape.rows() - start);
    int size = element.bytes();
    int rowBytes = shape.columns() * size;
    byte[] bytes = new byte[rows * rowBytes];
    for (int column = 0; column < shape.columns(); column += chunk[1]) {
      byte[] packed = chunks.unpack(start, column);
      int length = Math.min(chunk[1], shape.columns() - column) * size;
      for (int r = 0; r < rows; r++) {
        System.arraycopy(packed, r * chunk[1] * size, bytes, r * rowBytes + column * size, length);
      }
    }
    return bytes;
  }

  @Override
  public void close() {
    file.close();
  }
}
