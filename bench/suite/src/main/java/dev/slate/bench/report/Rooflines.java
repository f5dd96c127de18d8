package dev.slate.bench.report;

import dev.slate.bench.results.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The roofline of Williams, Waterman and Patterson (2009): what rate memory and arithmetic allow,
 * by how often what comes from memory is used. One for each metric and number of threads.
 */
final class Rooflines {
  private static final long BEYOND_CACHES = 100_000_000;
  private static final double MIXED = 1e3;

  private Rooflines() {}

  /**
   * A roof and what is below it.
   *
   * @param title metric and threads
   * @param streamGbPerS rate of the memory
   * @param peak rate of the arithmetic, 10^9 attributes a second
   * @param points the measured points
   */
  record Roof(String title, double streamGbPerS, double peak, List<Point> points) {}

  /**
   * A row.
   *
   * @param title the subject's name
   * @param subject as in the row
   * @param strategy as in the row
   * @param group the question
   * @param reuse how many queries share an attribute that comes from memory
   * @param rate 10^9 attributes a second; those that pruning saves count
   */
  record Point(
      String title, String subject, String strategy, String group, int reuse, double rate) {}

  static List<Roof> of(List<Measurement> measured) {
    Map<String, List<Measurement>> byRoof =
        measured.stream()
            .filter(each -> each.facts().containsKey("roofline.stream"))
            .filter(each -> each.facts().containsKey("roofline.peak"))
            .collect(
                Collectors.groupingBy(
                    each -> title(each.row()), LinkedHashMap::new, Collectors.toList()));
    List<Roof> roofs = new ArrayList<>();
    byRoof.forEach((title, rows) -> roofs.add(roof(title, rows)));
    return roofs;
  }

  private static Roof roof(String title, List<Measurement> rows) {
    List<Measurement> large =
        rows.stream().filter(each -> bytes(each.row()) >= BEYOND_CACHES).toList();
    double stream =
        Series.median(
            (large.isEmpty() ? rows : large)
                .stream()
                    .mapToDouble(each -> bytes(each.row()) / fact(each, "roofline.stream") / MIXED)
                    .toArray());
    double peak =
        Series.median(
            rows.stream()
                .mapToDouble(each -> attributes(each.row()) / fact(each, "roofline.peak") / MIXED)
                .toArray());
    return new Roof(title, stream, peak, rows.stream().map(Rooflines::point).toList());
  }

  private static Point point(Measurement each) {
    SummaryRow row = each.row();
    return new Point(
        each.title(),
        row.subject(),
        row.strategy(),
        each.group(),
        row.strategy().equals("scan") || !row.subject().equals("slate") ? row.queries() : 1,
        attributes(row) / row.p50Us() / MIXED);
  }

  private static double fact(Measurement each, String name) {
    return each.facts().getOrDefault(name, Double.NaN);
  }

  private static double attributes(SummaryRow row) {
    return (double) row.n() * row.d();
  }

  private static double bytes(SummaryRow row) {
    return attributes(row) * Float.BYTES;
  }

  private static String title(SummaryRow row) {
    return row.metric() + (row.threads() > 1 ? ", " + row.threads() + " threads" : "");
  }
}
