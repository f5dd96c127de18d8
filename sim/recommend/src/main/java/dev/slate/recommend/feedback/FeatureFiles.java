package dev.slate.recommend.feedback;

import dev.slate.data.InputException;
import dev.slate.recommend.Features;
import dev.slate.recommend.Names;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads features of items or users: MovieLens' {@code u.item} and {@code u.user}, or CSV whose
 * header names the id first. In CSV a column of numbers stays as it is, any other becomes a column
 * {@code name=value} of 0 and 1 for each of its values.
 */
public final class FeatureFiles {
  private static final int MOST_COLUMNS = 4096;
  private static final int FIRST_GENRE = 5;
  private static final List<String> GENRES =
      List.of(
          "unknown",
          "action",
          "adventure",
          "animation",
          "children",
          "comedy",
          "crime",
          "documentary",
          "drama",
          "fantasy",
          "film-noir",
          "horror",
          "musical",
          "mystery",
          "romance",
          "sci-fi",
          "thriller",
          "war",
          "western");

  private FeatureFiles() {}

  /**
   * Reads a file.
   *
   * @param spec its name
   * @param names of the users or items; those of the file are added where {@code grow} says so
   * @param grow whether names that are not known are added, or left out
   * @return one row for each of the names
   */
  public static Features read(String spec, Names names, boolean grow) {
    String last = spec.substring(spec.lastIndexOf('/') + 1);
    Table table =
        switch (last) {
          case "u.item" -> movies(spec);
          case "u.user" -> people(spec);
          default -> csv(spec);
        };
    return table.encode(spec, names, grow);
  }

  private static Table movies(String spec) {
    Table table = new Table(new ArrayList<>(GENRES));
    table.columns.add("year");
    try (TextRecords text = TextRecords.plain(spec, '|', StandardCharsets.ISO_8859_1)) {
      while (text.next()) {
        List<String> cells = new ArrayList<>();
        for (int genre = 0; genre < GENRES.size(); genre++) {
          cells.add(text.text(FIRST_GENRE + genre));
        }
        cells.add(year(text));
        table.add(text.text(0), cells);
      }
    }
    return table;
  }

  /** The release date is missing for one film; the title's year would be for others. */
  private static String year(TextRecords row) {
    try {
      String date = row.text(2);
      return date.substring(date.lastIndexOf('-') + 1);
    } catch (InputException e) {
      return "";
    }
  }

  private static Table people(String spec) {
    Table table = new Table(List.of("age", "gender", "occupation"));
    try (TextRecords text = TextRecords.plain(spec, '|', StandardCharsets.ISO_8859_1)) {
      text.each(row -> table.add(row.text(0), List.of(row.text(1), row.text(2), row.text(3))));
    }
    return table;
  }

  private static Table csv(String spec) {
    try (TextRecords text = TextRecords.csv(spec).header()) {
      int width = text.names().size();
      if (width < 2) {
        throw new InputException(spec, "holds no feature: a column of ids, then features");
      }
      Table table = new Table(text.names().subList(1, width));
      while (text.next()) {
        if (text.width() != width) {
          throw text.bad("has %d columns, not %d".formatted(text.width(), width));
        }
        List<String> cells = new ArrayList<>();
        for (int column = 1; column < width; column++) {
          cells.add(text.cell(column));
        }
        table.add(text.text(0), cells);
      }
      return table;
    }
  }

  /** Cells as text; an empty one is unknown: 0 in every column. */
  private static final class Table {
    private final List<String> columns;
    private final List<String> ids = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    Table(List<String> columns) {
      this.columns = columns;
    }

    void add(String id, List<String> cells) {
      ids.add(id);
      rows.add(cells);
    }

    Features encode(String spec, Names names, boolean grow) {
      List<Map<String, Integer>> codes = new ArrayList<>();
      List<String> encoded = new ArrayList<>();
      for (int column = 0; column < columns.size(); column++) {
        Map<String, Integer> code = numeric(column) ? Map.of() : codes(column);
        codes.add(code);
        if (code.size() > MOST_COLUMNS) {
          throw new InputException(
              spec,
              "'%s' has %d texts, each of which becomes a feature; the most is %d: leave it out"
                  .formatted(columns.get(column), code.size(), MOST_COLUMNS));
        }
        if (code.isEmpty()) {
          encoded.add(columns.get(column));
        }
        for (String value : code.keySet()) {
          encoded.add(columns.get(column) + "=" + value);
        }
      }
      int width = encoded.size();
      if (width > MOST_COLUMNS) {
        throw new InputException(
            spec, "makes " + width + " columns of numbers; the most is " + MOST_COLUMNS);
      }
      if (grow) {
        ids.forEach(names::add);
      }
      float[] values = new float[Math.multiplyExact(names.size(), width)];
      boolean[] known = new boolean[names.size()];
      for (int row = 0; row < ids.size(); row++) {
        int ordinal = names.find(ids.get(row));
        if (ordinal < 0) {
          continue;
        }
        if (known[ordinal]) {
          throw new InputException(spec, "names '" + ids.get(row) + "' twice").atRow(row);
        }
        known[ordinal] = true;
        fill(rows.get(row), codes, values, ordinal * width);
      }
      return new Features(encoded, values, known);
    }

    private static void fill(
        List<String> cells, List<Map<String, Integer>> codes, float[] values, int offset) {
      int at = offset;
      for (int column = 0; column < cells.size(); column++) {
        String cell = cells.get(column);
        Map<String, Integer> code = codes.get(column);
        if (code.isEmpty()) {
          values[at++] = cell.isEmpty() ? 0 : Float.parseFloat(cell);
        } else {
          if (!cell.isEmpty()) {
            values[at + code.getOrDefault(cell, 0)] = 1;
          }
          at += code.size();
        }
      }
    }

    private boolean numeric(int column) {
      return rows.stream().map(row -> row.get(column)).allMatch(Table::isNumber);
    }

    private static boolean isNumber(String cell) {
      try {
        return cell.isEmpty() || Float.isFinite(Float.parseFloat(cell));
      } catch (NumberFormatException e) {
        return false;
      }
    }

    private Map<String, Integer> codes(int column) {
      String[] values =
          rows.stream()
              .map(row -> row.get(column))
              .filter(cell -> !cell.isEmpty())
              .distinct()
              .sorted()
              .toArray(String[]::new);
      Map<String, Integer> codes = new LinkedHashMap<>();
      Arrays.stream(values).forEach(value -> codes.put(value, codes.size()));
      return codes;
    }
  }
}
