package dev.slate.recommend.evaluate;

import dev.slate.data.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A measure and where it cuts lists.
 *
 * @param measure which
 * @param k the cut, {@link Integer#MAX_VALUE} for none
 */
public record Figure(Measure measure, int k) {
  /** The names that are taken unless others are given. */
  public static final String USUAL = "ndcg,map,mrr,precision,recall,hit,rbp";

  /** The name in tables: {@code ndcg@10}, or {@code ndcg} without a cut. */
  public String name() {
    return k == Integer.MAX_VALUE ? measure.word() : measure.word() + "@" + k;
  }

  /**
   * Reads a cut: a number, or {@code all}.
   *
   * @param source where it is from, for errors
   */
  public static int cut(String source, String text) {
    if (text.equals("all")) {
      return Integer.MAX_VALUE;
    }
    try {
      int k = Integer.parseInt(text);
      if (k >= 1) {
        return k;
      }
    } catch (NumberFormatException e) {
      throw new InputException(source, "'" + text + "' is not a number of items, or all", e);
    }
    throw new InputException(source, "must be at least 1, but it is " + text);
  }

  /**
   * Reads names of measures; one may carry its own cut, {@code ndcg@5}.
   *
   * @param source where they are from, for errors
   */
  public static List<Figure> parse(String source, List<String> names, int k) {
    Set<Figure> figures = new LinkedHashSet<>();
    for (String name : names) {
      int at = name.indexOf('@');
      String word = at < 0 ? name : name.substring(0, at);
      int cut = at < 0 ? k : cut(source, name.substring(at + 1));
      figures.add(new Figure(measure(source, word), cut));
    }
    return new ArrayList<>(figures);
  }

  private static Measure measure(String source, String word) {
    for (Measure measure : Measure.values()) {
      if (measure.word().equalsIgnoreCase(word.strip())) {
        return measure;
      }
    }
    throw new InputException(
        source,
        "'"
            + word
            + "' is not one of "
            + Arrays.stream(Measure.values()).map(Measure::word).collect(Collectors.joining(", ")));
  }
}
