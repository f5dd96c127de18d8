package dev.slate.data;

import dev.slate.data.format.Formats;
import dev.slate.data.format.Location;
import dev.slate.data.format.TextRows;
import java.io.InputStream;
import java.util.List;

/**
 * Reads and writes files of vectors. What a file holds is told by the end of its name:
 *
 * <ul>
 *   <li>{@code .npy}: numpy, versions 1 to 3, C order, little-endian, one or two dimensions (one
 *       gives a single column); float16, float32, float64 and integers up to int64
 *   <li>{@code .fvecs}, {@code .bvecs}, {@code .ivecs}: rows of an int32 length and float32, uint8
 *       or int32 values
 *   <li>{@code .csv}, {@code .tsv}: text; the first line is a header if none of its chosen cells is
 *       a number
 *   <li>{@code .hdf5:DATASET} or {@code .h5:DATASET}: a contiguous or chunked data set
 *   <li>each but HDF5 also with {@code .gz} at the end
 * </ul>
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
   * @throws InputException if there is no such file, or if it is not what its name says
   */
  public static VectorFile open(String spec) {
    return open(spec, ReadOptions.DEFAULT);
  }

  /**
   * Opens a file. Binary files are checked against their header and read later; text is read now.
   *
   * @param spec its name
   * @param options how to read it
   * @return its rows
   * @throws InputException if there is no such file, or if it is not what its name says
   */
  public static VectorFile open(String spec, ReadOptions options) {
    return new VectorFile(
        spec,
        Formats.open(Location.of(spec), options.columns(), options.nonFinite()),
        options.nonFinite());
  }

  /**
   * Opens a file for reading once, in order.
   *
   * @param spec its name
   * @param options how to read it
   * @return its rows
   * @throws InputException if there is no such file, or if it is not what its name says
   */
  public static VectorStream stream(String spec, ReadOptions options) {
    return new VectorStream(
        spec,
        Formats.stream(Location.of(spec), options.columns(), options.nonFinite()),
        options.nonFinite());
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
    return new VectorStream(
        spec,
        new TextRows(spec, in, ',', options.columns(), options.nonFinite()),
        options.nonFinite());
  }

  /**
   * Starts a file of vectors. Values are written as float32, or as the integers that {@code .bvecs}
   * and {@code .ivecs} hold; text is written so that it is read back to the bit.
   *
   * @param spec its name
   * @param d numbers in a row, at least 1
   * @param names of the columns, for the header of a text file; empty for none
   * @return a writer
   * @throws InputException if the ending is unknown or the file cannot be written
   */
  public static VectorWriter create(String spec, int d, List<String> names) {
    if (d < 1) {
      throw new IllegalArgumentException("d must be at least 1, but it is " + d);
    }
    return Formats.write(Location.of(spec), d, names);
  }
}
