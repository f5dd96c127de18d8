package dev.slate.data;

import dev.slate.data.format.Ending;
import dev.slate.data.format.FileSpec;
import dev.slate.data.format.Formats;
import dev.slate.data.format.MemoryRows;
import dev.slate.data.format.RowSource;
import dev.slate.data.format.RowStream;
import dev.slate.data.format.SourceStream;
import dev.slate.data.format.TextRows;
import dev.slate.kernel.Catalog;
import java.io.InputStream;
import java.util.List;
import java.util.SequencedMap;

/**
 * Reads and writes files of vectors. What a file holds is told by the end of its name:
 *
 * <ul>
 *   <li>{@code .npy}: numpy, versions 1 to 3, C or Fortran order, little-endian, one or two
 *       dimensions (one gives a single column); float16, float32, float64 and integers up to int64
 *   <li>{@code .npz:NAME}: one array of an archive of such files
 *   <li>{@code .fvecs}, {@code .bvecs}, {@code .ivecs}: rows of an int32 length and float32, uint8
 *       or int32 values
 *   <li>{@code .fbin}, {@code .u8bin}, {@code .i8bin}, {@code .ibin}: two counts, then float32,
 *       uint8, int8 or int32 values
 *   <li>{@code .csv}, {@code .tsv}: text; the first line is a header as {@link Header} says
 *   <li>{@code .txt}, {@code .vec}: text with blanks between, where the first column may name the
 *       rows, as GloVe and word2vec write it
 *   <li>{@code .hdf5:DATASET} or {@code .h5:DATASET}: a contiguous or chunked data set
 *   <li>{@code .parquet:COLUMN}: a column of lists of numbers, all of one length; without the
 *       column the only such one or, where there is none, columns of numbers; or a folder of such
 *       files
 *   <li>each but npz, HDF5 and Parquet also with {@code .gz} at the end
 * </ul>
 *
 * <p>Some names are no files: {@code memotion} is the built-in {@link MemeCatalog}, {@code
 * memotion:FILE} one loaded from a label file, and {@code gaussian:1m:5:7} the items of a {@link
 * VectorGenerator} with n = 1,000,000, d = 5 and seed 7 ({@code gaussian:100:5:7:queries} its
 * queries).
 *
 * <p>Values become the nearest float32; one beyond its range, a NaN or an infinity is bad input.
 */
public final class Vectors {
  private Vectors() {}

  /**
   * Opens all columns of a file.
   *
   * @param spec its name
   * @return its rows
   * @throws InputException if there is no such file, or it does not have the format of its name
   */
  public static VectorFile open(String spec) {
    return open(spec, ReadOptions.DEFAULT);
  }

  /**
   * Opens a file. Binary files are checked against their header and read later; text and Parquet
   * are read now.
   *
   * @param spec its name
   * @param options how to read it
   * @return its rows
   * @throws InputException if there is no such file, or it does not have the format of its name
   */
  public static VectorFile open(String spec, ReadOptions options) {
    RowSource builtin = Builtin.rows(spec);
    RowSource rows =
        builtin == null
            ? Formats.open(FileSpec.ofInput(spec), options)
            : Formats.choose(spec, builtin, options);
    return new VectorFile(spec, rows, options.nonFinite());
  }

  /**
   * Reads comma-separated text from a stream, such as standard input, into memory.
   *
   * @param spec what to call it in errors
   * @param in the text, read to its end and closed
   * @param options how to read it
   * @return its rows
   * @throws InputException if the text cannot be read
   */
  public static VectorFile open(String spec, InputStream in, ReadOptions options) {
    try (TextRows rows = new TextRows(spec, in, Ending.CSV, options)) {
      MemoryRows drained = MemoryRows.drain(spec, rows, options.progress());
      return new VectorFile(spec, drained, options.nonFinite());
    }
  }

  /**
   * Gives items a bias each, from a file of one column and as many rows.
   *
   * @param items any catalogue
   * @param spec name of the file
   * @return the same items, with the bias
   * @throws InputException if the file cannot be read or has another shape
   */
  public static Catalog withBias(Catalog items, String spec) {
    try (VectorFile file = open(spec)) {
      if (file.dimensions() != 1 || file.size() != items.size()) {
        throw new InputException(
            spec,
            "has %d rows of %d, but a bias for each item takes %d rows of 1"
                .formatted(file.size(), file.dimensions(), items.size()));
      }
      float[] biases = new float[file.size()];
      file.copyRows(0, biases.length, biases, 0);
      return new BiasedCatalog(items, biases);
    }
  }

  /**
   * Opens a file for reading once, in order.
   *
   * @param spec its name
   * @param options how to read it
   * @return its rows
   * @throws InputException if there is no such file, or it does not have the format of its name
   */
  public static VectorStream stream(String spec, ReadOptions options) {
    RowSource builtin = Builtin.rows(spec);
    RowStream rows =
        builtin == null
            ? Formats.stream(FileSpec.ofInput(spec), options)
            : new SourceStream(Formats.choose(spec, builtin, options));
    return new VectorStream(spec, rows, options.nonFinite());
  }

  /**
   * Reads comma-separated text from a stream, such as standard input.
   *
   * @param spec what to call it in errors
   * @param in the text; closed with the result
   * @param options how to read it
   * @return its rows
   * @throws InputException if the first line cannot be read
   */
  public static VectorStream stream(String spec, InputStream in, ReadOptions options) {
    return new VectorStream(spec, new TextRows(spec, in, Ending.CSV, options), options.nonFinite());
  }

  /**
   * Halfway between the least and the greatest value of each column, in double: the point to
   * subtract ({@link ReadOptions#withOrigin}) where values are large and lie close together. Reads
   * the file once.
   *
   * @param spec its name
   * @param options how to read it
   * @return a value for each column that is taken
   * @throws InputException if the file cannot be read, or a value is not finite
   */
  public static double[] midpoints(String spec, ReadOptions options) {
    try (VectorStream rows = stream(spec, options.withOrigin(null))) {
      return rows.midpoints();
    }
  }

  /**
   * Starts a file of vectors. Values are written as float32, or as the integers that {@code .bvecs}
   * and {@code .ivecs} hold; text is written so that it is read back to the bit.
   *
   * @param spec its name
   * @param d numbers in a row, at least 1
   * @param names of the columns, for the header of a text file; empty for none
   * @return a writer
   * @throws IllegalArgumentException if d is below 1
   * @throws InputException if the ending is unknown or the file cannot be written
   */
  public static VectorWriter create(String spec, int d, List<String> names) {
    if (d < 1) {
      throw new IllegalArgumentException("d must be at least 1, but it is " + d);
    }
    return Formats.write(FileSpec.ofOutput(spec), d, names);
  }

  /**
   * Starts a text of vectors with columns of text before the numbers: names of the rows, authors.
   *
   * @param spec its name
   * @param d numbers in a row, at least 1
   * @param names of the columns of numbers, for the header; empty for none
   * @param labels columns of text by name, in their order; a list may grow while rows are appended,
   *     but holds the text of a row by the time that row is
   * @return a writer
   * @throws IllegalArgumentException if d is below 1
   * @throws InputException if the file is no text, or cannot be written
   */
  public static VectorWriter create(
      String spec, int d, List<String> names, SequencedMap<String, List<String>> labels) {
    if (d < 1) {
      throw new IllegalArgumentException("d must be at least 1, but it is " + d);
    }
    return Formats.write(FileSpec.ofOutput(spec), d, names, labels);
  }
}
