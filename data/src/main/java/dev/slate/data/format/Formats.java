package dev.slate.data.format;

import dev.slate.data.GzipStream;
import dev.slate.data.InputException;
import dev.slate.data.ReadOptions;
import dev.slate.data.VectorWriter;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.List;
import java.util.SequencedMap;

/** Opens files of every format. */
public final class Formats {
  private static final int BUFFER_BYTES = 1 << 16;

  private Formats() {}

  /**
   * Opens a file for reading in any order. Text and Parquet are read into memory.
   *
   * @param location the file
   * @param options how to read it; that values of binary files are finite is left to the caller
   * @return its rows
   * @throws InputException if the file does not have the format of its name
   */
  public static RowSource open(FileSpec location, ReadOptions options) {
    if (location.ending().isStreamed()) {
      try (RowStream rows = stream(location, options)) {
        return MemoryRows.drain(location.spec(), rows, options.progress());
      }
    }
    location.requireReadable();
    RowSource rows =
        location.ending() == Ending.HDF5 ? Hdf5Files.open(location) : BinaryFiles.open(location);
    return choose(location.spec(), rows, options);
  }

  /**
   * Opens a file for reading once, in order, in constant memory.
   *
   * @param location the file
   * @param options how to read it; that values of binary files are finite is left to the caller
   * @return its rows
   * @throws InputException if the file does not have the format of its name
   */
  public static RowStream stream(FileSpec location, ReadOptions options) {
    if (!location.ending().isStreamed()) {
      return new SourceStream(open(location, options));
    }
    if (location.ending() == Ending.PARQUET) {
      return new ParquetRows(location, options);
    }
    location.requireReadable();
    return text(location, options);
  }

  /**
   * Takes of rows what the options ask for: some columns, one of them as names of the rows, the
   * difference from a point. Tells of values that float32 does not tell apart.
   *
   * @param spec where they come from, for errors
   * @param all all columns
   * @param options the options
   * @return the same rows, narrower
   */
  public static RowSource choose(String spec, RowSource all, ReadOptions options) {
    String id = options.idColumn();
    RowSource rows = all;
    if (id != null) {
      int column = ColumnChoice.resolve(spec, List.of(id), rows.names(), rows.dimensions())[0];
      rows = new IdentifiedRows(rows, column);
    }
    if (!options.columns().isEmpty()) {
      rows =
          new ChosenRows(
              rows, ColumnChoice.resolve(spec, options.columns(), rows.names(), rows.dimensions()));
    } else if (rows instanceof IdentifiedRows identified) {
      rows = new ChosenRows(rows, identified.attributes(spec));
    }
    double[] origin = options.origin();
    if (origin != null) {
      return new ShiftedRows(spec, rows, origin);
    }
    if (rows.rounds()) {
      tellPrecision(rows, options);
    }
    return rows;
  }

  private static void tellPrecision(RowSource rows, ReadOptions options) {
    int d = rows.dimensions();
    int count = Math.min(PrecisionSample.ROWS, rows.size());
    double[] row = new double[d];
    PrecisionSample sample = new PrecisionSample(d);
    for (int i = 0; i < count; i++) {
      rows.readDoubles((int) ((long) i * rows.size() / count), 1, row, 0);
      for (int j = 0; j < d; j++) {
        sample.add(j, row[j]);
      }
    }
    sample.tell(options.notices());
  }

  /**
   * Starts a file.
   *
   * @param location its name
   * @param d numbers in a row
   * @param names of the columns, for a header in text; or none
   * @return a writer of float32, or what the ending demands
   * @throws InputException if it cannot be written
   */
  public static VectorWriter write(FileSpec location, int d, List<String> names) {
    return switch (location.ending()) {
      case CSV, TSV, WORDS -> new TextWriter(location, d, names);
      case HDF5 -> new Hdf5Writer(location, d);
      case NPZ ->
          throw new InputException(location.spec(), "an .npz archive is not written; write .npy");
      case PARQUET ->
          throw new InputException(location.spec(), "Parquet is not written; write .npy or .csv");
      default -> BinaryWriter.ofVectors(location, d);
    };
  }

  /**
   * Starts a text with columns of text before the numbers.
   *
   * @param location its name
   * @param d numbers in a row
   * @param names of the columns of numbers, or none
   * @param labels columns of text by name; may grow while the text is written
   * @return a writer
   * @throws InputException if it cannot be written, or is no text
   */
  public static VectorWriter write(
      FileSpec location, int d, List<String> names, SequencedMap<String, List<String>> labels) {
    if (!location.ending().isText()) {
      throw new InputException(
          location.spec(), "holds numbers only; text is kept by .csv and .tsv");
    }
    if (location.ending() == Ending.WORDS && labels.size() != 1) {
      throw new InputException(location.spec(), "holds one word in each line, before its numbers");
    }
    return new TextWriter(location, d, names, labels);
  }

  /**
   * Writes comma-separated text to standard output.
   *
   * @param out standard output, which stays open
   * @param d numbers in a row
   * @param names of the columns of numbers, or none
   * @param labels columns of text by name, or none; may grow while the text is written
   * @return a writer
   */
  public static VectorWriter standardOutput(
      PrintWriter out, int d, List<String> names, SequencedMap<String, List<String>> labels) {
    return new TextWriter(TextSink.standardOutput(out), Ending.CSV, d, names, labels);
  }

  private static RowStream text(FileSpec location, ReadOptions options) {
    InputStream in = bytes(location);
    try {
      return new TextRows(location.spec(), in, location.ending(), options);
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
   * @throws InputException if the file cannot be read
   */
  public static InputStream bytes(FileSpec location) {
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
