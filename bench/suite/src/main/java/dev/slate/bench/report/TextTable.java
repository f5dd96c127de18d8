package dev.slate.bench.report;

import dev.slate.data.cli.Times;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The table for a terminal of 80 columns: one group of rows for each question. */
public final class TextTable {
  private static final String HEADER =
      String.format(
          Locale.ROOT,
          "%-22s %8s %8s %6s %5s %6s %5s %6s %5s",
          "",
          "p50",
          "p99",
          "spread",
          "GB/s",
          "stream",
          "B/op",
          "build",
          "recall");

  private TextTable() {}

  /**
   * Renders the table.
   *
   * @param rows grouped by question
   * @return lines of at most 80 columns, each ended by a line feed
   */
  public static String render(List<Measurement> rows) {
    StringBuilder text = new StringBuilder();
    String group = "";
    for (Measurement row : rows) {
      if (!Objects.equals(group, row.group())) {
        group = row.group();
        text.append('\n').append(group).append('\n').append(HEADER).append('\n');
      }
      text.append(line(row)).append('\n');
    }
    return text.toString();
  }

  private static String line(Measurement measured) {
    SummaryRow row = measured.row();
    return String.format(
            Locale.ROOT,
            "%-22s %8s %8s %6s %5s %6s %5s %6s %5s",
            measured.title(),
            time(row.p50Us()),
            time(row.p99Us()),
            row.forks() > 1 ? Math.round(measured.spread() * 100) + "%" : "",
            number(row.gbPerS(), row.gbPerS() >= 1000 ? "%.0f" : "%.1f"),
            number(row.streamShare(), row.streamShare() >= 100 ? "%.0f" : "%.2f"),
            bytes(row.bytesPerOp()),
            build(row.buildMs()),
            number(row.recall(), row.recall() == 1 ? "%.0f" : "%.3f"))
        .stripTrailing();
  }

  /** A time; a blank behind the one unit of a single letter keeps numbers in line. */
  static String time(double micros) {
    if (Double.isNaN(micros)) {
      return "-";
    }
    String text = Times.text(micros);
    return text.endsWith(" s") ? text + " " : text;
  }

  /** A time to build in at most six characters. */
  private static String build(double millis) {
    if (Double.isNaN(millis)) {
      return "-";
    }
    if (millis < 999.5) {
      return Math.round(millis) + " ms";
    }
    double seconds = millis / 1e3;
    return seconds < 99.95
        ? String.format(Locale.ROOT, "%.1f s", seconds)
        : Math.round(seconds) + " s";
  }

  private static String bytes(double bytes) {
    if (Double.isNaN(bytes)) {
      return "-";
    }
    if (bytes < 10_000) {
      return Long.toString(Math.round(bytes));
    }
    return bytes < 1e6 ? Math.round(bytes / 1e3) + "k" : Math.round(bytes / 1e6) + "M";
  }

  private static String number(double value, String format) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }

  /** A number of things, with k and m where it stays exact. */
  public static String count(int n) {
    if (n >= 1_000_000 && n % 100_000 == 0) {
      return n % 1_000_000 == 0
          ? n / 1_000_000 + "m"
          : n / 1_000_000 + "." + n / 100_000 % 10 + "m";
    }
    return n >= 1_000 && n % 1_000 == 0 ? n / 1_000 + "k" : Integer.toString(n);
  }
}
