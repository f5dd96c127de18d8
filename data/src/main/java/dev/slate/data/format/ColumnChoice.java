package dev.slate.data.format;

import dev.slate.data.InputException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the columns that the user chose: by name, by number, or a range of numbers such as {@code
 * 0-127}.
 */
final class ColumnChoice {
  private static final Pattern NUMBERS = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");

  private ColumnChoice() {}

  /**
   * Tells whether a column is chosen by its name.
   *
   * @param chosen names, numbers or ranges
   * @return false where all are numbers
   */
  static boolean byName(List<String> chosen) {
    return chosen.stream().anyMatch(choice -> !NUMBERS.matcher(choice).matches());
  }

  /**
   * Resolves a choice.
   *
   * @param spec the file, for errors
   * @param chosen names, numbers or ranges; none means every column
   * @param header names of all columns, or the cells of the first row where there is no header
   * @param width number of columns
   * @return distinct column numbers, in the order chosen
   * @throws InputException if a column does not exist or is chosen twice
   */
  static int[] resolve(String spec, List<String> chosen, List<String> header, int width) {
    List<Integer> columns = new ArrayList<>();
    for (String choice : chosen) {
      Matcher numbers = NUMBERS.matcher(choice);
      int named = header.indexOf(choice.strip());
      if (numbers.matches()) {
        int first = Integer.parseInt(numbers.group(1));
        int last = numbers.group(2) == null ? first : Integer.parseInt(numbers.group(2));
        if (first > last || last >= width) {
          throw new InputException(spec, "has columns 0 to " + (width - 1) + ", but not " + choice);
        }
        for (int column = first; column <= last; column++) {
          columns.add(column);
        }
      } else if (named < 0) {
        throw new InputException(spec, "has no column named " + choice);
      } else if (named != header.lastIndexOf(choice.strip())) {
        throw new InputException(spec, "has two columns named " + choice);
      } else {
        columns.add(named);
      }
    }
    if (chosen.isEmpty()) {
      for (int column = 0; column < width; column++) {
        columns.add(column);
      }
    }
    Set<Integer> seen = new HashSet<>();
    for (int column : columns) {
      if (!seen.add(column)) {
        throw new InputException(spec, "column " + column + " is chosen twice");
      }
    }
    return columns.stream().mapToInt(Integer::intValue).toArray();
  }
}
