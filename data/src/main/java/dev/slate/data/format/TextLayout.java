package dev.slate.data.format;

import dev.slate.data.Header;
import dev.slate.data.InputException;
import dev.slate.data.Notice;
import dev.slate.data.Notice.Topic;
import dev.slate.data.ReadOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The lines and columns of a text that are vectors, as its first records show.
 *
 * @param promised the number of rows that a first line says, which is skipped: the counts of
 *     word2vec; or -1
 * @param header whether the first line names the columns
 * @param width cells in a record
 * @param columns the columns that are attributes
 * @param idColumn the column that names the rows, or -1
 * @param emptyLast whether each line ends in a delimiter: the last cell must be empty
 * @param names of the attributes, or none
 */
record TextLayout(
    int promised,
    boolean header,
    int width,
    int[] columns,
    int idColumn,
    boolean emptyLast,
    List<String> names) {
  private static final int NONE = -1;
  private static final Pattern INTEGER = Pattern.compile("-?\\d{1,9}");
  private static final Set<String> MISSING =
      Set.of("", "-", "--", "?", "na", "n/a", "null", "none", "nil");

  /**
   * Decides.
   *
   * @param records the first ones, at least one
   * @param decimal the decimal mark
   * @param words whether the name of the file promises a word and a vector in each line
   * @throws InputException if a chosen column does not exist
   */
  static TextLayout of(
      String spec, List<List<String>> records, char decimal, boolean words, ReadOptions options) {
    return new Guess(spec, records, decimal, options).layout(words);
  }

  /** The records, and what follows from them. */
  private record Guess(String spec, List<List<String>> records, char decimal, ReadOptions options) {
    TextLayout layout(boolean words) {
      boolean counts = words && isCounts();
      Guess rest =
          counts ? new Guess(spec, records.subList(1, records.size()), decimal, options) : this;
      TextLayout layout = words ? rest.words() : rest.table();
      return counts
          ? new TextLayout(
              Integer.parseInt(first().getFirst()),
              layout.header,
              layout.width,
              layout.columns,
              layout.idColumn,
              layout.emptyLast,
              layout.names)
          : layout;
    }

    private List<String> first() {
      return records.getFirst();
    }

    private List<List<String>> later() {
      return records.subList(1, records.size());
    }

    /**
     * The first line of word2vec's text: how many words, and of how many numbers. Where other lines
     * have two cells as well, some of them must begin with a word: else it may be a point.
     */
    private boolean isCounts() {
      return records.size() > 1
          && first().size() == 2
          && first().stream().allMatch(cell -> INTEGER.matcher(cell).matches())
          && first().get(1).equals(Integer.toString(records.get(1).size() - 1))
          && (records.get(1).size() != 2
              || later().stream().anyMatch(record -> !isNumber(record.getFirst())));
    }

    private TextLayout words() {
      boolean named = records.stream().anyMatch(record -> !isNumber(record.getFirst()));
      int width = first().size();
      if (!named
          || width < 2
          || options.idColumn() != null
          || !options.columns().isEmpty()
          || !options.leftOut().isEmpty()) {
        return table();
      }
      tell(Topic.COLUMNS, "the first column names the rows");
      return new TextLayout(
          NONE, false, width, IntStream.range(1, width).toArray(), 0, false, List.of());
    }

    private TextLayout table() {
      int width = first().size();
      boolean all = options.columns().isEmpty();
      boolean named =
          ColumnChoice.byName(options.columns())
              || ColumnChoice.byName(options.leftOut())
              || (options.idColumn() != null && ColumnChoice.byName(List.of(options.idColumn())));
      if (named && options.header() == Header.NO) {
        throw new InputException(
            spec, "is read without a header, so columns have numbers, not names");
      }
      List<String> stripped = first().stream().map(String::strip).toList();
      int id =
          options.idColumn() == null
              ? NONE
              : ColumnChoice.resolve(spec, List.of(options.idColumn()), stripped, width)[0];
      boolean emptyLast =
          all
              && width > 1
              && id != width - 1
              && records.stream()
                  .allMatch(record -> record.size() == width && record.getLast().isBlank())
              && first().stream().anyMatch(cell -> !cell.isBlank());
      if (emptyLast) {
        tell(Topic.COLUMNS, "each line ends in a delimiter: the empty last column is left out");
      }
      List<Integer> taken = new ArrayList<>();
      Set<Integer> leftOut = new HashSet<>();
      if (!options.leftOut().isEmpty()) {
        for (int column : ColumnChoice.resolve(spec, options.leftOut(), stripped, width)) {
          leftOut.add(column);
        }
      }
      for (int column : ColumnChoice.resolve(spec, options.columns(), stripped, width)) {
        if (!all
            || (column != id && !leftOut.contains(column) && !(emptyLast && column == width - 1))) {
          taken.add(column);
        }
      }
      boolean header =
          switch (options.header()) {
            case YES -> true;
            case NO -> false;
            case AUTO -> named || isHeader(taken);
          };
      if (header && all && id == NONE && isIndex(0) && taken.size() > 1) {
        tell(Topic.COLUMNS, "column 0 counts the rows and has no name: it is left out");
        taken.removeFirst();
      }
      int[] columns = taken.stream().mapToInt(Integer::intValue).toArray();
      if (columns.length == 0) {
        throw new InputException(spec, "has no column besides the one that names the rows");
      }
      List<String> names = header ? taken.stream().map(stripped::get).toList() : List.of();
      return new TextLayout(NONE, header, width, columns, id, emptyLast, names);
    }

    private boolean isHeader(List<Integer> columns) {
      List<String> cells = columns.stream().map(column -> first().get(column).strip()).toList();
      boolean numbers = cells.stream().anyMatch(this::isNumber);
      boolean names = cells.stream().anyMatch(this::isName);
      if (!numbers) {
        return names && cells.stream().allMatch(cell -> isName(cell) || isMissing(cell));
      }
      if (names || cells.size() < 2) {
        return false;
      }
      // Numbers as names: pandas counts the columns, and leaves the name of its index empty.
      boolean nameless = cells.getFirst().isEmpty();
      List<String> counts = nameless ? cells.subList(1, cells.size()) : cells;
      boolean index = nameless && isIndex(columns.getFirst());
      if (!counts.stream().allMatch(cell -> INTEGER.matcher(cell).matches())) {
        return false;
      }
      boolean decimals = isDecimal(index ? columns.subList(1, columns.size()) : columns);
      boolean consecutive = counts.size() > 1 && isConsecutive(counts);
      if (index && (consecutive || decimals)) {
        return true;
      }
      if (nameless || !decimals || cells.stream().distinct().count() < cells.size()) {
        return false;
      }
      tell(
          Topic.HEADER,
          "the first line, "
              + excerpt(cells)
              + (consecutive ? ", was taken for names of columns" : ", was taken for a row"));
      return consecutive;
    }

    private static String excerpt(List<String> cells) {
      return String.join(",", cells.subList(0, Math.min(3, cells.size())))
          + (cells.size() > 3 ? ",..." : "");
    }

    private static boolean isConsecutive(List<String> cells) {
      return IntStream.range(1, cells.size())
          .allMatch(i -> Integer.parseInt(cells.get(i)) - Integer.parseInt(cells.get(i - 1)) == 1);
    }

    /** Whether each later cell of the columns is a number with a fraction or an exponent. */
    private boolean isDecimal(List<Integer> columns) {
      return !later().isEmpty()
          && later().stream()
              .allMatch(
                  record ->
                      columns.stream()
                          .allMatch(
                              column ->
                                  column < record.size()
                                      && isNumber(record.get(column))
                                      && !INTEGER.matcher(record.get(column).strip()).matches()));
    }

    /** Whether a column has no name and counts the rows from 0. */
    private boolean isIndex(int column) {
      return first().get(column).isBlank()
          && !later().isEmpty()
          && IntStream.range(0, later().size())
              .allMatch(
                  i ->
                      column < later().get(i).size()
                          && later().get(i).get(column).strip().equals(Integer.toString(i)));
    }

    private boolean isNumber(String cell) {
      return NumberCell.isNumber(cell, decimal);
    }

    /** A word; not a number that is only spelled strangely, as with a typographic minus. */
    private boolean isName(String cell) {
      return !isMissing(cell) && !isNumber(cell) && !isNumber(Spelling.plain(cell));
    }

    private static boolean isMissing(String cell) {
      return MISSING.contains(cell.strip().toLowerCase(java.util.Locale.ROOT));
    }

    private void tell(Topic topic, String text) {
      options.notices().accept(new Notice(topic, text));
    }
  }
}
