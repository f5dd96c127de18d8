package dev.slate.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the time of a query grows with n, d, k, a filter and threads, where a run has several. */
final class Curves {
  private static final int MOST_PANELS = 24;

  private Curves() {}

  /** What the time is drawn against. */
  private enum Parameter {
    N,
    D,
    K,
    DENSITY,
    THREADS;

    double of(SummaryRow row) {
      return switch (this) {
        case N -> row.n();
        case D -> row.d();
        case K -> row.k();
        case DENSITY -> row.density();
        case THREADS -> row.threads();
      };
    }
  }

  /**
   * A chart.
   *
   * @param parameter n, d, k, density or threads
   * @param title the other parameters, in words
   * @param lines one for each subject
   */
  record Panel(String parameter, String title, List<Line> lines) {}

  /**
   * A subject's line.
   *
   * @param title the subject's name
   * @param subject as in a row
   * @param strategy as in a row
   * @param points parameter and microseconds, by the parameter
   * @param exponent of the power law that fits best, least squares of the logarithms; NaN for fewer
   *     than three points
   */
  record Line(
      String title, String subject, String strategy, List<double[]> points, double exponent) {}

  static List<Panel> of(List<Measurement> measured) {
    return Stream.of(Parameter.values())
        .flatMap(parameter -> panels(measured, parameter).stream())
        .limit(MOST_PANELS)
        .toList();
  }

  private static List<Panel> panels(List<Measurement> measured, Parameter parameter) {
    Map<String, List<Measurement>> byQuestion =
        measured.stream()
            .collect(
                Collectors.groupingBy(
                    each -> question(each.row(), parameter),
                    LinkedHashMap::new,
                    Collectors.toList()));
    List<Panel> panels = new ArrayList<>();
    byQuestion.forEach(
        (question, rows) -> {
          List<Line> lines = lines(rows, parameter);
          if (!lines.isEmpty()) {
            panels.add(new Panel(lower(parameter), question, lines));
          }
        });
    return panels;
  }

  private static List<Line> lines(List<Measurement> rows, Parameter parameter) {
    List<Line> lines = new ArrayList<>();
    for (String title : rows.stream().map(Measurement::title).distinct().toList()) {
      SortedMap<Double, Double> times = new TreeMap<>();
      rows.stream()
          .filter(each -> each.title().equals(title))
          .forEach(each -> times.put(parameter.of(each.row()), each.row().p50Us()));
      if (times.size() > 1) {
        SummaryRow row =
            rows.stream().filter(each -> each.title().equals(title)).findFirst().get().row();
        List<double[]> points =
            times.entrySet().stream()
                .map(point -> new double[] {point.getKey(), point.getValue()})
                .toList();
        lines.add(new Line(title, row.subject(), row.strategy(), points, exponent(points)));
      }
    }
    return lines;
  }

  /** The slope of the line through the logarithms. */
  static double exponent(List<double[]> points) {
    if (points.size() < 3) {
      return Double.NaN;
    }
    double meanX = points.stream().mapToDouble(point -> Math.log(point[0])).average().orElse(0);
    double meanY = points.stream().mapToDouble(point -> Math.log(point[1])).average().orElse(0);
    double xy = 0;
    double xx = 0;
    for (double[] point : points) {
      double x = Math.log(point[0]) - meanX;
      xy += x * (Math.log(point[1]) - meanY);
      xx += x * x;
    }
    return xy / xx;
  }

  private static String question(SummaryRow row, Parameter without) {
    return Stream.of(
            without == Parameter.N ? null : TextTable.count(row.n()) + " items",
            without == Parameter.D ? null : "d = " + row.d(),
            without == Parameter.K ? null : "k = " + row.k(),
            row.metric(),
            row.distribution(),
            row.queries() > 1 ? row.queries() + " queries at once" : null,
            without != Parameter.DENSITY && row.density() < 1 ? "density " + row.density() : null,
            without != Parameter.THREADS && row.threads() > 1 ? row.threads() + " threads" : null)
        .filter(Objects::nonNull)
        .collect(Collectors.joining(", "));
  }

  private static String lower(Parameter parameter) {
    return parameter.name().toLowerCase(java.util.Locale.ROOT);
  }
}
