package dev.slate.data.format;

import dev.hardwood.InputFile;
import dev.hardwood.metadata.ColumnMetaData;
import dev.hardwood.metadata.CompressionCodec;
import dev.hardwood.metadata.RowGroup;
import dev.hardwood.reader.ColumnReader;
import dev.hardwood.reader.LayerKind;
import dev.hardwood.reader.ParquetFileReader;
import dev.slate.data.InputException;
import dev.slate.data.format.ParquetColumn.Clock;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One Parquet file, read forward in batches of rows. The library decodes pages, on threads of its
 * own; here its columns become numbers and names.
 */
final class ParquetFile implements AutoCloseable {
  /** Values of a batch, of all columns together. */
  private static final int BATCH_VALUES = 1 << 18;

  private static final int MAX_BATCH_ROWS = 1 << 14;

  private static final Set<CompressionCodec> CODECS =
      EnumSet.of(
          CompressionCodec.UNCOMPRESSED,
          CompressionCodec.GZIP,
          CompressionCodec.SNAPPY,
          CompressionCodec.ZSTD,
          CompressionCodec.LZ4,
          CompressionCodec.LZ4_RAW);

  private final String name;
  private final ParquetFileReader reader;
  private final List<ParquetColumn> columns;
  private final List<ColumnReader> readers = new ArrayList<>();
  private List<ParquetColumn> taken = List.of();
  private int[] starts = {};
  private long first;
  private int rows;

  private ParquetFile(String name, ParquetFileReader reader, List<ParquetColumn> columns) {
    this.name = name;
    this.reader = reader;
    this.columns = columns;
  }

  /**
   * Opens a file and reads its schema.
   *
   * @param name for errors
   * @param path where it is
   * @throws InputException if it is damaged
   */
  static ParquetFile open(String name, Path path) {
    return guarded(
        name,
        () -> {
          ParquetFileReader reader = ParquetFileReader.open(new Watched(InputFile.of(path)));
          try {
            return new ParquetFile(name, reader, ParquetColumn.of(reader.getFileSchema()));
          } catch (RuntimeException e) {
            reader.close();
            throw e;
          }
        });
  }

  /** What errors call it. */
  String name() {
    return name;
  }

  List<ParquetColumn> columns() {
    return columns;
  }

  /** Number of rows, as the file says. */
  long size() {
    return reader.getFileMetaData().numRows();
  }

  /** Begins to read these columns of the file. */
  void begin(List<ParquetColumn> columns) {
    taken = columns;
    guarded(
        name,
        () -> {
          int batch = batchRows();
          for (ParquetColumn column : taken) {
            ColumnReader values = reader.buildColumnReader(column.leaf()).batchSize(batch).build();
            readers.add(values);
            int lists = column.list() ? 1 : 0;
            if (values.getLayerCount() != lists
                || (column.list() && values.getLayerKind(0) != LayerKind.REPEATED)) {
              throw new InputException(name, "column " + column + " is nested in another way");
            }
          }
          return null;
        });
  }

  /** Rows of a batch, so that those of all columns take little of the heap. */
  private int batchRows() {
    long valuesPerRow = 0;
    for (ParquetColumn column : taken) {
      long most = 1;
      for (RowGroup group : reader.getFileMetaData().rowGroups()) {
        ColumnMetaData chunk = group.columns().get(column.leaf()).metaData();
        if (!CODECS.contains(chunk.codec())) {
          throw new InputException(
              name,
              "column "
                  + column
                  + " is compressed by "
                  + chunk.codec().name().toLowerCase(Locale.ROOT)
                  + ", which Slate does not read; write it with snappy or zstd");
        }
        most = Math.max(most, chunk.numValues() / Math.max(1, group.numRows()));
      }
      valuesPerRow += most;
    }
    return Math.clamp(BATCH_VALUES / valuesPerRow, 1, MAX_BATCH_ROWS);
  }

  /**
   * Reads the next rows.
   *
   * @return how many; 0 at the end
   */
  int nextBatch() {
    first += rows;
    return guarded(
        name,
        () -> {
          rows = advance();
          if (rows == 0) {
            requireAll();
            return 0;
          }
          for (int i = 0; i < readers.size(); i++) {
            requirePresent(readers.get(i), taken.get(i));
          }
          starts = taken.getFirst().list() ? readers.getFirst().getLayerOffsets(0) : new int[] {};
          return rows;
        });
  }

  private int advance() {
    int count = -1;
    for (ColumnReader values : readers) {
      int some = values.nextBatch() ? values.getRecordCount() : 0;
      if (count >= 0 && count != some) {
        throw new InputException(name, "is damaged: its columns have different numbers of rows");
      }
      count = some;
    }
    return count;
  }

  private void requireAll() {
    if (Thread.currentThread().isInterrupted()) {
      throw new InputException(name, "was not read to its end: the thread was interrupted");
    }
    if (first != size()) {
      throw new InputException(
          name, "is damaged: it promises " + size() + " rows, but " + first + " are there");
    }
  }

  private void requirePresent(ColumnReader values, ParquetColumn column) {
    boolean list = column.list();
    if (list && values.getLayerValidity(0).hasNulls()) {
      int row = values.getLayerValidity(0).nextNull(0, rows);
      throw new InputException(name, "has no list in column " + column.name()).atRow(first + row);
    }
    if (values.getLeafValidity().hasNulls()) {
      int value = values.getLeafValidity().nextNull(0, values.getValueCount());
      int row = list ? rowOf(values.getLayerOffsets(0), value) : value;
      int at = list ? value - values.getLayerOffsets(0)[row] : columns.indexOf(column);
      throw new InputException(name, "a value is missing in column " + column.name())
          .atRow(first + row)
          .atColumn(at);
    }
  }

  private static int rowOf(int[] starts, int value) {
    int row = 0;
    while (starts[row + 1] <= value) {
      row++;
    }
    return row;
  }

  /** Number of the first row of the batch. */
  long firstRow() {
    return first;
  }

  /** Where the list of a row of the batch starts, and that of the row after it. */
  int start(int row) {
    return starts[row];
  }

  /** The batch's numbers, or times, of a column that is read: the first is 0. */
  ParquetNumbers numbers(int place) {
    ColumnReader values = readers.get(place);
    ParquetColumn column = taken.get(place);
    return guarded(
        name,
        () -> column.clock() == null ? numbers(values, column) : times(values, column.clock()));
  }

  private static ParquetNumbers numbers(ColumnReader values, ParquetColumn column) {
    return switch (column.element()) {
      case FLOAT32 -> new ParquetNumbers.Floats(values.getFloats());
      case FLOAT64 -> new ParquetNumbers.Doubles(values.getDoubles());
      case FLOAT16 -> ParquetNumbers.ofHalves(values.getBinaryValues(), values.getValueCount());
      case INT64 -> new ParquetNumbers.Longs(values.getLongs());
      case UINT32 -> ParquetNumbers.ofUnsigned(values.getInts());
      case INT8, UINT8, INT16, UINT16, INT32 -> ParquetNumbers.ofInts(values.getInts());
      case null -> throw new IllegalArgumentException(column + " does not hold numbers");
    };
  }

  private static ParquetNumbers times(ColumnReader values, Clock clock) {
    return switch (clock) {
      case JULIAN -> ParquetNumbers.ofJulian(values.getBinaryValues(), values.getValueCount());
      case DAYS ->
          ParquetNumbers.ofTimes(Arrays.stream(values.getInts()).asLongStream().toArray(), clock);
      case MILLISECONDS, MICROSECONDS, NANOSECONDS ->
          ParquetNumbers.ofTimes(values.getLongs(), clock);
    };
  }

  /** The batch's texts of a column that is read, or its numbers as texts. */
  List<String> texts(int place) {
    ColumnReader values = readers.get(place);
    List<String> texts = new ArrayList<>(rows);
    if (!taken.get(place).isText()) {
      ParquetNumbers numbers = numbers(place);
      for (int row = 0; row < rows; row++) {
        texts.add(numbers.text(row).replaceFirst("\\.0$", ""));
      }
      return texts;
    }
    return guarded(
        name,
        () -> {
          byte[][] bytes = values.getBinaries();
          for (int row = 0; row < rows; row++) {
            texts.add(text(bytes[row], row));
          }
          return texts;
        });
  }

  private String text(byte[] bytes, int row) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new InputException(name, "holds a name that is not UTF-8", e).atRow(first + row);
    }
  }

  @Override
  public void close() {
    for (ColumnReader values : readers) {
      values.close();
    }
    try {
      reader.close();
    } catch (IOException e) {
      throw new InputException(name, "cannot be closed: " + e.getMessage(), e);
    }
  }

  /**
   * A file whose reader asks for something. Where a page claims to be longer than its column, the
   * library asks for no bytes at the end of it, without end.
   */
  private static final class Watched implements InputFile {
    private static final int MANY = 1_000;

    private final InputFile file;
    private final AtomicInteger empty = new AtomicInteger();

    Watched(InputFile file) {
      this.file = file;
    }

    @Override
    public void open() throws IOException {
      file.open();
    }

    @Override
    public ByteBuffer readRange(long offset, int length) throws IOException {
      if (length > 0) {
        empty.set(0);
      } else if (empty.incrementAndGet() > MANY) {
        throw new EOFException("a page is longer than its column");
      }
      return file.readRange(offset, length);
    }

    @Override
    public long length() throws IOException {
      return file.length();
    }

    @Override
    public String name() {
      return file.name();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  private interface Reading<T extends @Nullable Object> {
    T run() throws IOException;
  }

  /**
   * Runs the library on bytes that may be anything. What it throws on a damaged file is of many
   * kinds, some of them errors that a lying length provokes, or a mapped file that shrinks; all
   * mean that the file is bad.
   */
  private static <T extends @Nullable Object> T guarded(String name, Reading<T> reading) {
    try {
      return reading.run();
    } catch (InputException e) {
      throw e;
    } catch (IOException
        | RuntimeException
        | StackOverflowError
        | OutOfMemoryError
        | InternalError e) {
      throw new InputException(
          name, "is damaged or not Parquet as Slate reads it (" + Hdf5Files.reason(e) + ")", e);
    }
  }
}
