package dev.slate.bench.compare;

import dev.slate.bench.results.RowKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Help.Ansi;

/**
 * A comparison for the terminal, 80 columns wide: one block for each run, the gravest first, and
 * one line for each of its metrics.
 */
public final class TextReport {
  private static final int WIDTH = 80;
  private static final Pattern SPACE = Pattern.compile(" ");

  /** From here on a share says less than a difference does. */
  private static final double MANIFOLD = 10;

  /** Reasons that more rows share are said once, on top. */
  private static final int MOST_REPEATS = 3;

  private static final String LINE = "  %-12s  %-15s %7s %7s %7s  %15s %6s";

  private final Ansi ansi;
  private final StringBuilder out = new StringBuilder();
  private Set<String> saidOnTop = Set.of();

  private TextReport(Ansi ansi) {
    this.ansi = ansi;
  }

  /**
   * Renders a comparison.
   *
   * @param comparison the comparison
   * @param title such as {@code base.json -> new.json}
   * @param ansi whether to colour the verdicts
   * @return lines, the last with its line break
   */
  public static String of(Comparison comparison, String title, Ansi ansi) {
    return new TextReport(ansi).render(comparison, title);
  }

  private String render(Comparison comparison, String title) {
    ComparisonRules rules = comparison.rules();
    wrap(title, 0);
    wrap(
        "alpha %s over the family, floor %s, %s intervals over forks"
            .formatted(
                Numbers.plain(rules.alpha()),
                Numbers.percent(rules.minEffect()),
                Numbers.percent(rules.confidence())),
        0);
    comparison.notes().forEach(note -> wrap("note: " + note, 0));
    Map<String, Long> reasons =
        comparison.rows().stream()
            .map(TextReport::reason)
            .filter(reason -> !reason.isEmpty())
            .collect(Collectors.groupingBy(reason -> reason, TreeMap::new, Collectors.counting()));
    reasons.values().removeIf(count -> count <= MOST_REPEATS);
    reasons.forEach((reason, count) -> wrap("note: " + count + " rows, " + reason, 0));
    saidOnTop = reasons.keySet();
    out.append('\n');
    line(LINE.formatted("verdict", "metric", "base", "new", "change", "interval %", "sees"));
    Blocks.of(comparison).forEach(this::block);
    out.append('\n');
    line("sees: the smallest change that would have been noticed 4 times in 5");
    wrap(summary(comparison).replace(" ", "\u00a0").replace(",\u00a0", ", "), 0);
    return out.toString().replace('\u00a0', ' ');
  }

  private void block(String heading, List<ComparisonRow> rows) {
    wrap(heading, 0, "bold");
    for (ComparisonRow row : rows) {
      String text =
          LINE.formatted(
              row.verdict(),
              metric(row),
              Numbers.value(row.base()),
              Numbers.value(row.candidate()),
              change(row),
              interval(row),
              sees(row));
      String verdict = row.verdict().toString();
      line(text.replaceFirst(verdict, styled(verdict, style(row.verdict()))));
      if (!row.reason().isEmpty() && !saidOnTop.contains(reason(row))) {
        wrap(row.reason(), 16);
      }
    }
  }

  /** With the verdict and the kind of row that it is said of. */
  private static String reason(ComparisonRow row) {
    return row.reason().isEmpty()
        ? ""
        : row.verdict() + " in " + row.metric().label() + ": " + row.reason();
  }

  /**
   * Counts the verdicts in words.
   *
   * @param comparison the comparison
   * @return such as {@code 1 regressed, 2 inconclusive, 9 pass}
   */
  public static String summary(Comparison comparison) {
    return Stream.of(Verdict.values())
        .filter(verdict -> comparison.count(verdict) > 0)
        .map(verdict -> comparison.count(verdict) + " " + verdict)
        .collect(Collectors.joining(", "));
  }

  private static String metric(ComparisonRow row) {
    String full = row.metric().label();
    return full.length() <= 15 ? full : shortened(row.metric().name());
  }

  private static String shortened(String name) {
    return name.length() <= 15 ? name : "…" + name.substring(name.length() - 14);
  }

  /** The change as a share, and of what is counted also {@code same} or a difference. */
  static String change(ComparisonRow row) {
    if (!row.metric().deterministic() || Double.isNaN(row.change())) {
      return Numbers.change(row.change());
    }
    double difference = row.candidate() - row.base();
    if (difference == 0) {
      return "same";
    }
    return Math.abs(row.change()) < MANIFOLD
        ? Numbers.change(row.change())
        : (difference > 0 ? "+" : "-") + Numbers.value(Math.abs(difference));
  }

  private static String interval(ComparisonRow row) {
    return Double.isNaN(row.low())
        ? ""
        : Numbers.signed(row.low()) + " … " + Numbers.signed(row.high());
  }

  /** What would have been noticed; {@code exact} of what is counted. */
  static String sees(ComparisonRow row) {
    if (Double.isNaN(row.detectable())) {
      return row.metric().deterministic() && row.baseForks() > 0 ? "exact" : "";
    }
    return Numbers.percent(row.detectable());
  }

  private static String style(Verdict verdict) {
    return switch (verdict) {
      case REGRESSED -> "bold,red";
      case INCONCLUSIVE, INCOMPARABLE, MISSING -> "yellow";
      case IMPROVED -> "bold,green";
      case PASS -> "green";
      case NEW, UNJUDGED -> "cyan";
    };
  }

  private void line(String text) {
    out.append(text.stripTrailing()).append('\n');
  }

  private void wrap(String text, int indent) {
    wrap(text, indent, "");
  }

  /** Breaks at spaces; continuation lines are indented two columns deeper. */
  private void wrap(String text, int indent, String style) {
    StringBuilder current = new StringBuilder(" ".repeat(indent));
    boolean empty = true;
    for (String word : SPACE.split(text, -1)) {
      if (!empty && current.length() + 1 + word.length() > WIDTH) {
        line(styled(current.toString(), style));
        current = new StringBuilder(" ".repeat(indent + 2)).append(word);
      } else {
        current.append(empty ? "" : " ").append(word);
      }
      empty = false;
    }
    line(styled(current.toString(), style));
  }

  private String styled(String text, String style) {
    return style.isEmpty() || !ansi.enabled()
        ? text
        : ansi.string("@|" + style + " " + text + "|@");
  }

  /** Rows by run, the gravest run first; the runs' common package is left out of the headings. */
  private record Blocks(Map<RowKey, List<ComparisonRow>> byRun, int prefix) {
    static Blocks of(Comparison comparison) {
      Map<RowKey, List<ComparisonRow>> byRun = new LinkedHashMap<>();
      for (ComparisonRow row : comparison.rows()) {
        byRun.computeIfAbsent(row.key().run(), run -> new ArrayList<>()).add(row);
      }
      return new Blocks(
          byRun, commonPackage(byRun.keySet().stream().map(RowKey::benchmark).toList()));
    }

    void forEach(BiConsumer<String, List<ComparisonRow>> action) {
      byRun.entrySet().stream()
          .sorted(Comparator.comparing(entry -> gravest(entry.getValue())))
          .forEach(entry -> action.accept(heading(entry.getKey()), entry.getValue()));
    }

    private String heading(RowKey run) {
      RowKey cut =
          RowKey.run(run.benchmark().substring(prefix), run.mode(), run.threads(), run.params());
      return cut.toString();
    }

    private static Verdict gravest(List<ComparisonRow> rows) {
      return rows.stream()
          .map(ComparisonRow::verdict)
          .min(Comparator.naturalOrder())
          .orElse(Verdict.PASS);
    }

    /** The length of the longest package prefix of all names that leaves class and method. */
    private static int commonPackage(List<String> names) {
      String first = names.isEmpty() ? "" : names.get(0);
      int prefix = packageLength(first);
      for (String name : names) {
        while (prefix > 0
            && (prefix > packageLength(name) || !name.startsWith(first.substring(0, prefix)))) {
          prefix = first.lastIndexOf('.', prefix - 2) + 1;
        }
      }
      return prefix;
    }

    private static int packageLength(String name) {
      int method = name.lastIndexOf('.');
      return method <= 0 ? 0 : name.lastIndexOf('.', method - 1) + 1;
    }
  }
}
