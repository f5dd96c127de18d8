package dev.slate.data.format;

import dev.slate.data.ReadOptions;
import dev.slate.data.VectorWriter;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;

/** Opens files of every format. */
public final class Formats {
  private static final int BUFFER_BYTES = 1 << 16;

  private Formats() {}

  /**
   * Opens a file for reading in any order. Text is read into memory.
   *
   * @param location the file
   * @param options how to read it; that values of binary files are finite is left to the caller
   * @return its rows
   * @throws dev.slate.data.InputException if the file is not what its name says
   */
  public static RowSource open(Location location, ReadOptions options) {
    location.requireReadable();
    if (location.ending().isText()) {
      try (RowStream rows = text(location, options)) {
        return MemoryRows.drain(location.spec(), rows, options.progress());
      }
    }
    RowSource rows =
        location.ending() == Ending.HDF5 ? Hdf5Files.open(location) : BinaryFiles.open(location);
    return choose(location.spec(), rows, options.columns());
  }

  /**
   * Opens a file for reading once, in order, in constant memory.
   *
   * @param location the file
   * @param options how to read it; that values of binary files are finite is left to the caller
   * @return its rows
   * @throws dev.slate.data.InputException if the file is not what its name says
   */
  public static RowStream stream(Location location, ReadOptions options) {
    if (location.ending().isText()) {
      location.requireReadable();
      return text(location, options);
    }
    return new SourceStream(open(location, options));
  }

  /**
   * Takes some columns of rows.
   *
   * @param spec where they come from, for errors
   * @param rows all columns
   * @param chosen columns to take; none means all
   * @return the same rows, narrower
   */
  public static RowSource choose(String spec, RowSource rows, List<String> chosen) {
    if (chosen.isEmpty()) {
      return rows;
    }
    int[] columns = ColumnChoice.resolve(spec, chosen, rows.names(), rows.dimensions());
    return new ChosenRows(rows, columns);
  }

  /**
   * Starts a file.
   *
   * @param location its name
   * @param d numbers in a row
   * @param names of the columns, for a header in text; or none
   * @return a writer of float32, or what the ending demands
   * @throws dev.slate.data.InputException if it cannot be written
   */
  public static VectorWriter write(Location location, int d, List<String> names) {
    return switch (location.ending()) {
      case CSV, TSV -> new TextWriter(location, d, names);
      case HDF5 -> new Hdf5Writer(location, d);
      case NPY, FVECS, BVECS, IVECS -> BinaryWriter.ofVectors(location, d);
    };
  }

  private static RowStream text(Location location, ReadOptions options) {
    char separator = location.ending() == Ending.TSV ? '\t' : ',';
    InputStream in = bytes(location);
    try {
      return new TextRows(location.spec(), in, separator, options);
    } catch (RuntimeException e) {
      closeQuietly(in);
      throw e;
    }
  }

  /**
   * The bytes of a text file, unpacked and buffered.
   *
   * @param location the file
   * @return a stream to be closed
   * @throws dev.slate.data.InputException if the file cannot be read
   */
  public static InputStream bytes(Location location) {
    try {
      InputStream file = Files.newInputStream(location.path());
      try {
        return location.gzip() ? new GzipStream(file) : new BufferedInputStream(file, BUFFER_BYTES);
      } catch (IOException e) {
        closeQuietly(file);
        throw e;
      }
    } catch (IOException e) {
      throw location.unreadable(e);
    }
  }

  private static void closeQuietly(InputStream in) {
    try {
      in.close();
    } catch (IOException e) {
      // What went wrong before is what matters.
    }
  }
}
