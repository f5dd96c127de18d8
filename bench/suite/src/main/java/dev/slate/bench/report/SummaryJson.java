package dev.slate.bench.report;

import java.util.List;

/** {@code summary.json}: an array of {@link SummaryRow}s. */
public final class SummaryJson {
  private SummaryJson() {}

  /** Renders the rows. */
  public static String render(List<Measurement> measurements) {
    return ReportJson.lines(measurements.stream().map(Measurement::row).toList());
  }
}
