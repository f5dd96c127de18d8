package dev.slate.data.format;

import dev.slate.data.InputException;
import dev.slate.data.ReadOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a Parquet file, or of the files of a folder, one after the other by name.
 *
 * <p>{@link ParquetLayout} says which columns are vectors. All lists must have the length of the
 * first one, and no value may be missing.
 */
final class ParquetRows implements RowStream {
  private static final int PIECE = 1 << 14;

  private final ReadOptions options;
  private final double @Nullable [] origin;
  private final List<String> ids = new ArrayList<>();
  private final ParquetFiles files;
  private final ParquetLayout layout;
  private List<ParquetNumbers> numbers = List.of();
  private List<String> names = List.of();
  private int batch;
  private int at;
  private int width;
  private int[] places;
  private boolean whole;
  private long rows;
  private @Nullable PrecisionSample precision;

  /**
   * Reads the first batch.
   *
   * @param location the file, and which of its columns
   * @param options how to read it
   * @throws InputException if there are no rows, a column does not exist or does not hold numbers,
   *     or the file is damaged
   */
  ParquetRows(FileSpec location, ReadOptions options) {
    this.options = options;
    this.origin = options.origin();
    this.files = new ParquetFiles(location);
    try {
      this.layout = ParquetLayout.of(location, files.columns(), options);
      files.begin(layout.read());
      if (!advance()) {
        throw new InputException(location.spec(), "holds no rows");
      }
      this.width = layout.isList() ? start(1) - start(0) : layout.columns().size();
      RowShape.limited(location.spec(), 1, width);
      this.places =
          layout.isList() ? ParquetLayout.places(location.spec(), width, options) : new int[width];
      this.whole = ParquetLayout.isWhole(places, width);
      if (origin != null && origin.length != dimensions()) {
        throw new InputException(
            location.spec(),
            "has " + dimensions() + " columns, but the point to subtract has " + origin.length);
      }
      boolean rounds = layout.columns().stream().anyMatch(ParquetColumn::rounds);
      this.precision = rounds && origin == null ? new PrecisionSample(dimensions()) : null;
    } catch (RuntimeException e) {
      files.close();
      throw e;
    }
  }

  /** Makes sure that there is a row in the batch; reads the next one, from the next file. */
  private boolean advance() {
    if (at < batch) {
      return true;
    }
    at = 0;
    batch = files.nextBatch();
    int width = layout.columns().size();
    numbers = batch == 0 ? List.of() : IntStream.range(0, width).mapToObj(files::numbers).toList();
    names = batch == 0 || layout.id() == null ? List.of() : files.texts(width);
    return batch > 0;
  }

  @Override
  public int dimensions() {
    return places.length;
  }

  @Override
  public String type() {
    return layout.type();
  }

  @Override
  public List<String> names() {
    return layout.names();
  }

  @Override
  public List<String> ids() {
    return ids;
  }

  @Override
  public long size() {
    return files.size();
  }

  @Override
  public int fileColumn(int column) {
    return layout.isList() ? places[column] : files.columns().indexOf(layout.columns().get(column));
  }

  @Override
  public int next(float[] dst, int most) {
    int read = 0;
    while (read < most && advance()) {
      int count = take(most - read);
      int to = read * dimensions();
      if (origin == null) {
        copy(at, count, dst, to);
      } else {
        shift(origin, count, dst, to);
      }
      requireFinite(dst, to, count);
      pass(count);
      read += count;
    }
    endSample(read < most);
    return read;
  }

  @Override
  public int nextDoubles(double[] dst, int most) {
    int read = 0;
    while (read < most && advance()) {
      int count = take(most - read);
      copy(at, count, dst, read * dimensions());
      pass(count);
      read += count;
    }
    endSample(read < most);
    return read;
  }

  /** Leaves rows of the batch behind that were copied. */
  private void pass(int count) {
    sample(count);
    if (!names.isEmpty()) {
      ids.addAll(names.subList(at, at + count));
    }
    at += count;
    rows += count;
  }

  /** How many rows of the batch to take at once; they have the right length. */
  private int take(int most) {
    int count = Math.min(most, batch - at);
    for (int row = at; layout.isList() && row < at + count; row++) {
      int length = start(row + 1) - start(row);
      if (length != width) {
        throw files.bad(row, "has a list of " + length + " values, where the first has " + width);
      }
    }
    return count;
  }

  private int start(int row) {
    return files.file().start(row);
  }

  private void copy(int row, int count, float[] dst, int to) {
    int d = dimensions();
    if (layout.isList() && whole) {
      numbers.get(0).copy(start(row), 1, count * d, dst, to, 1);
      return;
    }
    for (int column = 0; column < d; column++) {
      numbers(column).copy(index(row, column), step(), count, dst, to + column, d);
    }
  }

  private void copy(int row, int count, double[] dst, int to) {
    int d = dimensions();
    for (int column = 0; column < d; column++) {
      numbers(column).copy(index(row, column), step(), count, dst, to + column, d);
    }
  }

  /** Where the numbers of an attribute are. */
  private ParquetNumbers numbers(int column) {
    return numbers.get(layout.isList() ? 0 : column);
  }

  /** Which of them is that of a row of the batch. */
  private int index(int row, int column) {
    return layout.isList() ? start(row) + places[column] : row;
  }

  /** How far that of the next row is. */
  private int step() {
    return layout.isList() ? width : 1;
  }

  private void shift(double[] origin, int count, float[] dst, int to) {
    int d = dimensions();
    int pieceRows = Math.max(1, Math.min(count, PIECE / d));
    double[] piece = new double[pieceRows * d];
    for (int done = 0; done < count; ) {
      int some = Math.min(pieceRows, count - done);
      copy(at + done, some, piece, 0);
      for (int i = 0; i < some * d; i++) {
        dst[to + done * d + i] = (float) (piece[i] - origin[i % d]);
      }
      done += some;
    }
  }

  private void requireFinite(float[] dst, int to, int count) {
    int d = dimensions();
    int bad = options.nonFinite() ? -1 : Finite.firstBad(dst, to, count * d);
    if (bad >= 0) {
      int row = at + (bad - to) / d;
      int column = (bad - to) % d;
      String text = numbers(column).text(index(row, column));
      throw files.bad(row, NonFinite.problem(text)).atColumn(fileColumn(column));
    }
  }

  /** Looks at the first rows, for the precision that float32 takes from them. */
  private void sample(int count) {
    if (precision == null) {
      return;
    }
    int d = dimensions();
    double[] row = new double[d];
    for (int i = 0; i < count && rows + i < PrecisionSample.ROWS; i++) {
      copy(at + i, 1, row, 0);
      for (int column = 0; column < d; column++) {
        precision.add(column, row[column]);
      }
    }
  }

  private void endSample(boolean end) {
    if (precision != null && (end || rows >= PrecisionSample.ROWS)) {
      precision.tell(options.notices());
      precision = null;
    }
  }

  @Override
  public void close() {
    files.close();
  }
}
