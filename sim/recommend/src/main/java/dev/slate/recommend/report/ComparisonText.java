package dev.slate.recommend.report;

import dev.slate.recommend.evaluate.Figure;
import dev.slate.recommend.evaluate.ModelComparison;
import dev.slate.recommend.evaluate.ModelComparison.Entry;
import dev.slate.recommend.evaluate.ModelComparison.Pair;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Prints a comparison for people. */
public final class ComparisonText {
  private ComparisonText() {}

  /** Prints figures with intervals, properties, and the tests of the first figure. */
  public static void print(ModelComparison comparison, String convention, PrintWriter out) {
    int width =
        comparison.models().stream().mapToInt(entry -> entry.name().length()).max().orElse(0);
    width = Math.max(width, 5) + 2;
    out.printf("%-" + width + "s", "model");
    for (Figure figure : comparison.figures()) {
      out.printf("%-26s", figure.name());
    }
    out.println();
    for (Entry entry : comparison.models()) {
      out.printf("%-" + width + "s", entry.name());
      for (int i = 0; i < entry.means().length; i++) {
        out.printf(
            Locale.ROOT,
            "%-26s",
            String.format(
                Locale.ROOT,
                "%.4f [%.4f, %.4f]",
                entry.means()[i],
                entry.intervals()[i].low(),
                entry.intervals()[i].high()));
      }
      out.println();
    }
    out.printf(
        Locale.ROOT,
        "over %,d users, as %s defines it; 95 %% intervals by bootstrap over users%n%n",
        comparison.users().size(),
        convention);
    out.printf("%-" + width + "s", "model");
    Map<String, Double> names = properties(comparison.models().getFirst());
    names.keySet().forEach(name -> out.printf("%-" + column(name) + "s", name));
    out.printf("%-11s%s%n", "fallbacks", "seconds");
    for (Entry entry : comparison.models()) {
      out.printf("%-" + width + "s", entry.name());
      properties(entry)
          .forEach((name, value) -> out.printf(Locale.ROOT, "%-" + column(name) + ".4f", value));
      out.printf(Locale.ROOT, "%-11d%.2f%n", entry.fallbacks(), entry.seconds());
    }
    out.println();
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

  private static int column(String name) {
    return Math.max(name.length(), 8) + 2;
  }

  static String probability(double p) {
    return p < 1e-4 ? "< 0.0001" : String.format(Locale.ROOT, "%.4f", p);
  }
}
