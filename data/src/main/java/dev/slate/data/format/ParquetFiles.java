package dev.slate.data.format;

import dev.slate.data.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Parquet file, or the files of a folder, one after the other by name: some of the columns that
 * the first one has, batch by batch. For one thread.
 */
public final class ParquetFiles implements AutoCloseable {
  private final FileSpec location;
  private final List<Path> paths;
  private final List<ParquetColumn> columns;
  private ParquetFile file;
  private int opened = 1;
  private List<ParquetColumn> taken = List.of();

  /**
   * Opens the first file.
   *
   * @param location the file, or a folder
   * @throws InputException if it cannot be read, or a folder has no such file
   */
  public ParquetFiles(FileSpec location) {
    this.location = location;
    this.paths = paths(location.requireReadable());
    this.file = ParquetFile.open(name(0), paths.getFirst());
    this.columns = file.columns();
  }

  private static List<Path> paths(FileSpec location) {
    if (!Files.isDirectory(location.path())) {
      return List.of(location.path());
    }
    try (Stream<Path> files = Files.list(location.path())) {
      List<Path> parts =
          files
              .filter(path -> path.getFileName().toString().matches("(?i)[^._].*\\.parquet"))
              .sorted()
              .toList();
      if (parts.isEmpty()) {
        throw new InputException(location.spec(), "is a folder without .parquet files");
      }
      return parts;
    } catch (IOException e) {
      throw location.unreadable(e);
    }
  }

  /** What errors call a file: as the user did, or by its name in the folder. */
  private String name(int part) {
    return Files.isDirectory(location.path()) ? paths.get(part).toString() : location.spec();
  }

  /**
   * The columns of the first file.
   *
   * @return one for each field
   */
  public List<ParquetColumn> columns() {
    return columns;
  }

  /** Number of rows, or -1 where there are several files. */
  long size() {
    return paths.size() == 1 ? file.size() : -1;
  }

  /**
   * Begins to read.
   *
   * @param chosen of the columns; at most the first is a list
   */
  public void begin(List<ParquetColumn> chosen) {
    taken = chosen;
    file.begin(chosen);
  }

  /**
   * Reads the next rows, of the next file where one has ended.
   *
   * @return how many; 0 after the last
   * @throws InputException if a value is missing, a file is damaged or lacks a column
   */
  public int nextBatch() {
    int rows = file.nextBatch();
    while (rows == 0 && opened < paths.size()) {
      file.close();
      file = ParquetFile.open(name(opened), paths.get(opened));
      opened++;
      file.begin(taken.stream().map(this::same).toList());
      rows = file.nextBatch();
    }
    return rows;
  }

  private ParquetColumn same(ParquetColumn column) {
    return file.columns().stream()
        .filter(other -> other.toString().equals(column.toString()))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    file.name(),
                    "has no column "
                        + column
                        + " as the first file of the folder has; it has "
                        + listed(file.columns())));
  }

  /** Columns for a message. */
  static String listed(List<ParquetColumn> columns) {
    return Hdf5Files.listed(columns.stream().map(ParquetColumn::toString).toList());
  }

  /** The file that the batch is from. */
  ParquetFile file() {
    return file;
  }

  /**
   * The batch's numbers, or seconds since 1970, of a column that is read.
   *
   * @param place which of the chosen ones, from 0
   * @return a number for each row, or those of all lists
   */
  public ParquetNumbers numbers(int place) {
    return file.numbers(place);
  }

  /**
   * The batch's texts of a column that is read, or its numbers as texts.
   *
   * @param place which of the chosen ones, from 0
   * @return one for each row
   * @throws InputException if one is not UTF-8
   */
  public List<String> texts(int place) {
    return file.texts(place);
  }

  /**
   * A complaint about a row of the batch.
   *
   * @param row from 0
   * @param problem what is wrong
   * @return the exception to throw
   */
  public InputException bad(int row, String problem) {
    return new InputException(file.name(), problem).atRow(file.firstRow() + row);
  }

  @Override
  public void close() {
    file.close();
  }
}
