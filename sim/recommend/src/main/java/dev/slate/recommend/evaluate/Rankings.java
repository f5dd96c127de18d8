package dev.slate.recommend.evaluate;

import dev.slate.data.InputException;
import dev.slate.data.TextLines;
import dev.slate.data.Undecoded;
import dev.slate.recommend.feedback.TextRecords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Truth and runs out of files: TREC's qrels and runs, blanks between, or CSV with the columns user
 * and item, and value (truth), score and rank (run).
 */
public final class Rankings {
  /** A line of a run. */
  private record Line(String item, float score, double rank, int order) {}

  private Rankings() {}

  /** Reads a truth: grades by item by query. */
  public static Map<String, Map<String, Float>> truth(String spec) {
    Map<String, Map<String, Float>> truth = new LinkedHashMap<>();
    if (isCsv(spec)) {
      try (TextRecords table = TextRecords.csv(spec).header()) {
        int user = table.required("user", "user_id", "userId", "query");
        int item = table.required("item", "item_id", "itemId", "movieId");
        int value = table.column("value", "rating", "grade", "relevance");
        table.each(
            row -> {
              float grade = value < 0 ? 1 : row.number(value);
              String of = row.text(item);
              truth
                  .computeIfAbsent(row.text(user), query -> new HashMap<>())
                  .merge(of, grade, Math::max);
            });
      }
    } else {
      lines(
          spec,
          4,
          (line, cells) -> {
            float grade = number(spec, line, 3, cells[3]);
            Float before =
                truth.computeIfAbsent(cells[0], query -> new HashMap<>()).put(cells[2], grade);
            if (before != null) {
              throw new InputException(spec, "judges " + cells[2] + " twice for query " + cells[0])
                  .onLine(line);
            }
          });
    }
    if (truth.isEmpty()) {
      throw new InputException(spec, "holds no truth");
    }
    return truth;
  }

  /** Reads a run: items by query, best first, ordered as the convention says. */
  public static Map<String, List<String>> run(String spec, Convention convention) {
    Map<String, List<Line>> run = new LinkedHashMap<>();
    boolean[] scored = {true};
    boolean[] ranked = {false};
    if (isCsv(spec)) {
      try (TextRecords table = TextRecords.csv(spec).header()) {
        int user = table.required("user", "user_id", "userId", "query");
        int item = table.required("item", "item_id", "itemId", "movieId");
        int score = table.column("score", "value", "prediction");
        int rank = table.column("rank");
        scored[0] = score >= 0;
        ranked[0] = rank >= 0;
        table.each(
            row -> {
              List<Line> lines = run.computeIfAbsent(row.text(user), query -> new ArrayList<>());
              lines.add(
                  new Line(
                      row.text(item),
                      score < 0 ? 0 : row.number(score),
                      rank < 0 ? 0 : row.number(rank),
                      lines.size()));
            });
      }
    } else {
      lines(
          spec,
          6,
          (line, cells) -> {
            List<Line> lines = run.computeIfAbsent(cells[0], query -> new ArrayList<>());
            float score = number(spec, line, 4, cells[4]);
            lines.add(new Line(cells[2], score, 0, lines.size()));
          });
    }
    if (run.isEmpty()) {
      throw new InputException(spec, "holds no list");
    }
    Map<String, List<String>> ordered = new LinkedHashMap<>();
    run.forEach(
        (query, lines) -> {
          if (scored[0] && convention.ordersByScore()) {
            lines.sort(
                (a, b) -> {
                  int byScore = Float.compare(b.score, a.score);
                  return byScore != 0 ? byScore : b.item.compareTo(a.item);
                });
          } else if (ranked[0]) {
            lines.sort((a, b) -> Double.compare(a.rank, b.rank));
          } else if (scored[0]) {
            lines.sort((a, b) -> Float.compare(b.score, a.score));
          }
          ordered.put(query, distinct(spec, query, lines));
        });
    return ordered;
  }

  private static List<String> distinct(String spec, String query, List<Line> lines) {
    Set<String> seen = new HashSet<>();
    List<String> items = new ArrayList<>();
    for (Line line : lines) {
      if (!seen.add(line.item)) {
        throw new InputException(spec, "lists " + line.item + " twice for " + query);
      }
      items.add(line.item);
    }
    return items;
  }

  /**
   * Judges a run.
   *
   * @return the figures of each query that counts, in the order of the truth
   */
  public static Scores judge(
      Map<String, Map<String, Float>> truth, Map<String, List<String>> run, Judge judge) {
    Convention convention = judge.convention();
    List<String> queries = new ArrayList<>();
    List<double[]> rows = new ArrayList<>();
    truth.forEach(
        (query, grades) -> {
          List<String> items = run.get(query);
          if (items == null && convention.averagesOverBoth()) {
            return;
          }
          JudgedList list = judged(items == null ? List.of() : items, grades);
          if (list.relevant() == 0 && !convention.countsEmptyTruth()) {
            return;
          }
          queries.add(query);
          rows.add(judge.of(list));
        });
    double[][] values = new double[judge.figures().size()][rows.size()];
    for (int row = 0; row < rows.size(); row++) {
      for (int figure = 0; figure < values.length; figure++) {
        values[figure][row] = rows.get(row)[figure];
      }
    }
    return new Scores(judge.figures(), queries, values);
  }

  private static JudgedList judged(List<String> items, Map<String, Float> grades) {
    float[] inOrder = new float[items.size()];
    for (int i = 0; i < inOrder.length; i++) {
      inOrder[i] = grades.getOrDefault(items.get(i), 0f);
    }
    float[] relevant = new float[grades.size()];
    int count = 0;
    for (float grade : grades.values()) {
      if (grade > 0) {
        relevant[count++] = grade;
      }
    }
    return JudgedList.of(inOrder, java.util.Arrays.copyOf(relevant, count));
  }

  private static boolean isCsv(String spec) {
    return spec.endsWith(".csv") || spec.endsWith(".csv.gz");
  }

  private interface LineAction {
    void accept(long line, String[] cells);
  }

  private static void lines(String spec, int width, LineAction action) {
    try (TextLines lines =
        new TextLines(
            spec, Undecoded.reader(Files.newInputStream(Path.of(spec)), StandardCharsets.UTF_8))) {
      long number = 0;
      for (String line = lines.next(); line != null; line = lines.next()) {
        number++;
        String[] cells = line.strip().split("\\s+", -1);
        if (cells.length == 1 && cells[0].isEmpty()) {
          continue;
        }
        if (line.indexOf(Undecoded.MARK) >= 0) {
          throw new InputException(spec, "has bytes that are not UTF-8").onLine(number);
        }
        if (cells.length < width) {
          throw new InputException(
                  spec,
                  "has %d columns, but TREC's format has %d (CSV ends with .csv)"
                      .formatted(cells.length, width))
              .onLine(number);
        }
        action.accept(number, cells);
      }
    } catch (NoSuchFileException | InvalidPathException e) {
      throw new InputException(spec, "no such file", e);
    } catch (IOException e) {
      throw new InputException(
          spec, Files.isDirectory(Path.of(spec)) ? "is a directory" : "cannot be read", e);
    }
  }

  private static float number(String spec, long line, int column, String text) {
    try {
      float value = Float.parseFloat(text);
      if (Float.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new InputException(spec, "'" + text + "' is not a number", e)
          .atColumn(column)
          .onLine(line);
    }
    throw new InputException(spec, "'" + text + "' is not finite").atColumn(column).onLine(line);
  }
}
