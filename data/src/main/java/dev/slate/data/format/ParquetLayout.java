package dev.slate.data.format;

import dev.slate.data.InputException;
import dev.slate.data.Notice.Topic;
import dev.slate.data.ReadOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of Parquet files are vectors: one list of numbers, or a number of each of several
 * columns.
 *
 * @param columns the columns to read: a list, or one for each attribute
 * @param id the column that names the rows, or null
 */
record ParquetLayout(List<ParquetColumn> columns, @Nullable ParquetColumn id) {
  /**
   * Decides.
   *
   * @param location names a column, or leaves it to the file: its only list of numbers, else all
   *     its columns
   * @param all the columns of a file
   * @param options say which columns are attributes where there is no list, and which one is a name
   * @throws InputException if a chosen column does not exist or does not hold what it should
   */
  static ParquetLayout of(FileSpec location, List<ParquetColumn> all, ReadOptions options) {
    String spec = location.spec();
    List<String> names = all.stream().map(ParquetColumn::name).toList();
    ParquetColumn id = null;
    if (options.idColumn() != null) {
      id = all.get(ColumnChoice.resolve(spec, List.of(options.idColumn()), names, all.size())[0]);
      if (!id.isName()) {
        throw new InputException(spec, "column " + id + " does not name rows");
      }
    }
    ParquetColumn list = list(location, all);
    if (list != null) {
      return new ParquetLayout(List.of(list), id);
    }
    List<ParquetColumn> taken = new ArrayList<>();
    for (int column : ColumnChoice.resolve(spec, options.columns(), names, all.size())) {
      if (!options.columns().isEmpty() || !all.get(column).equals(id)) {
        taken.add(all.get(column));
      }
    }
    for (ParquetColumn column : taken) {
      if (!column.isNumber()) {
        InputException bad =
            new InputException(
                spec,
                "column "
                    + column
                    + " does not hold numbers; the file has "
                    + ParquetFiles.listed(all));
        throw options.columns().isEmpty() ? bad.afterGuess(Topic.COLUMNS) : bad;
      }
    }
    if (taken.isEmpty()) {
      throw new InputException(spec, "has no column besides the one that names the rows");
    }
    return new ParquetLayout(List.copyOf(taken), id);
  }

  /** The column of lists that the name asks for, or the only one; null for columns of numbers. */
  private static @Nullable ParquetColumn list(FileSpec location, List<ParquetColumn> all) {
    String wanted = location.dataset();
    if (wanted == null) {
      List<ParquetColumn> lists = all.stream().filter(ParquetColumn::isVector).toList();
      if (lists.size() > 1) {
        throw new InputException(
            location.spec(),
            "name a column after a colon; the file has " + ParquetFiles.listed(lists));
      }
      return lists.isEmpty() ? null : lists.getFirst();
    }
    List<ParquetColumn> named =
        all.stream().filter(column -> column.name().equals(wanted)).toList();
    if (named.size() != 1) {
      throw new InputException(
          location.spec(),
          named.isEmpty()
              ? "has no column " + wanted + "; the file has " + ParquetFiles.listed(all)
              : "has two columns named " + wanted);
    }
    if (!named.getFirst().isVector()) {
      InputException bad =
          new InputException(
              location.spec(), "column " + named.getFirst() + " does not hold lists of numbers");
      throw named.getFirst().isNumber() ? bad.afterGuess(Topic.COLUMNS) : bad;
    }
    return named.getFirst();
  }

  /** The columns to read: those of attributes, then that of names. */
  List<ParquetColumn> read() {
    List<ParquetColumn> all = new ArrayList<>(columns);
    if (id != null) {
      all.add(id);
    }
    return all;
  }

  /** Whether rows are lists. */
  boolean isList() {
    return columns.getFirst().list();
  }

  /** What the values are, for people. */
  String type() {
    List<String> types =
        columns.stream().map(column -> String.valueOf(column.element())).distinct().toList();
    return types.size() == 1 ? types.getFirst() : "numbers";
  }

  /** Names of the attributes; none where they are places in a list. */
  List<String> names() {
    return isList() ? List.of() : columns.stream().map(ParquetColumn::name).toList();
  }

  /**
   * The places of a list that are attributes.
   *
   * @param spec the file, for errors
   * @param width values of a list
   * @param options choose them, or all
   */
  static int[] places(String spec, int width, ReadOptions options) {
    return ColumnChoice.resolve(spec, options.columns(), List.of(), width);
  }

  /** Whether places are all of a list, in their order. */
  static boolean isWhole(int[] places, int width) {
    return places.length == width && Arrays.equals(places, IntStream.range(0, width).toArray());
  }
}
