package dev.slate.recommend.report;

import dev.slate.recommend.evaluate.Figure;
import dev.slate.recommend.evaluate.ModelComparison;
import dev.slate.recommend.evaluate.ModelComparison.Entry;
import dev.slate.recommend.evaluate.ModelComparison.Pair;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Prints a comparison for people. */
public final class ComparisonText {
  /** Characters of a line. */
  private static final int WIDTH = 80;

  /** Between columns. */
  private static final int GAP = 2;

  private ComparisonText() {}

  /** Prints figures with intervals, properties, and the tests of the first figure. */
  public static void print(ModelComparison comparison, String convention, PrintWriter out) {
    List<Column> figures = new ArrayList<>();
    for (int i = 0; i < comparison.figures().size(); i++) {
      int figure = i;
      figures.add(
          new Column(
              comparison.figures().get(i).name(),
              entry ->
                  String.format(
                      Locale.ROOT,
                      "%.4f [%.4f, %.4f]",
                      entry.means()[figure],
                      entry.intervals()[figure].low(),
                      entry.intervals()[figure].high())));
    }
    table(comparison.models(), figures, out);
    out.printf(
        Locale.ROOT,
        "over %,d users, as %s defines it; 95 %% intervals by bootstrap over users%n%n",
        comparison.users().size(),
        convention);
    List<Column> properties = new ArrayList<>();
    for (String name : properties(comparison.models().getFirst()).keySet()) {
      properties.add(
          new Column(
              name, entry -> String.format(Locale.ROOT, "%.4f", properties(entry).get(name))));
    }
    properties.add(new Column("fallbacks", entry -> String.valueOf(entry.fallbacks())));
    properties.add(
        new Column("seconds", entry -> String.format(Locale.ROOT, "%.2f", entry.seconds())));
    table(comparison.models(), properties, out);
    out.println("of lists " + cut(comparison) + "\n");
    for (Pair pair : comparison.pairs()) {
      if (pair.figure() == 0) {
        out.printf(
            Locale.ROOT,
            "%s: %s %+.4f [%+.4f, %+.4f] against %s, p %s%n",
            comparison.figures().getFirst().name(),
            comparison.models().get(pair.b()).name(),
            pair.difference(),
            pair.interval().low(),
            pair.interval().high(),
            comparison.models().get(pair.a()).name(),
            probability(pair.p()));
      }
    }
    out.flush();
  }

  static Map<String, Double> properties(Entry entry) {
    Map<String, Double> all = new LinkedHashMap<>(entry.properties());
    all.putAll(entry.engagement());
    return all;
  }

  /** How long the lists are whose properties are given. */
  static String cut(ModelComparison comparison) {
    int k = comparison.figures().stream().mapToInt(Figure::k).max().orElse(1);
    return k == Integer.MAX_VALUE
        ? "of all items"
        : String.format(Locale.ROOT, "of at most %,d items", k);
  }

  /** What stands below a name, for each model. */
  private record Column(String name, Function<Entry, String> cell) {
    int width(List<Entry> models) {
      int widest = models.stream().mapToInt(entry -> cell.apply(entry).length()).max().orElse(0);
      return Math.max(widest, name.length());
    }
  }

  /** Prints the columns below each other where they do not fit a line. */
  private static void table(List<Entry> models, List<Column> columns, PrintWriter out) {
    Column first = new Column("model", Entry::name);
    int from = 0;
    while (from < columns.size()) {
      List<Column> block = new ArrayList<>(List.of(first));
      int width = first.width(models);
      while (from < columns.size()) {
        int wider = width + GAP + columns.get(from).width(models);
        if (block.size() > 1 && wider > WIDTH) {
          break;
        }
        width = wider;
        block.add(columns.get(from++));
      }
      line(block, models, Column::name, out);
      models.forEach(entry -> line(block, models, column -> column.cell.apply(entry), out));
      if (from < columns.size()) {
        out.println();
      }
    }
  }

  private static void line(
      List<Column> block, List<Entry> models, Function<Column, String> cell, PrintWriter out) {
    StringBuilder line = new StringBuilder();
    for (Column column : block) {
      String text = cell.apply(column);
      line.append(text).append(" ".repeat(column.width(models) + GAP - text.length()));
    }
    out.println(line.toString().stripTrailing());
  }

  static String probability(double p) {
    return p < 1e-4 ? "< 0.0001" : String.format(Locale.ROOT, "%.4f", p);
  }
}
