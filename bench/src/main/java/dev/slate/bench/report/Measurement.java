package dev.slate.bench.report;

import java.util.List;
import java.util.Map;

/**
 * A row and what lies behind it.
 *
 * @param row what is quoted
 * @param title the subject's name in tables
 * @param group the question in words; rows of one question share it
 * @param forkP50Us the median of each fork, microseconds per query
 * @param facts the deterministic counters and the like, by name; medians over the forks
 */
public record Measurement(
    Row row, String title, String group, List<Double> forkP50Us, Map<String, Double> facts) {
  private static final double BEYOND_THE_STREAM = 1.05;
  private static final double NEAR = 0.6;

  /** Copies the collections. */
  public Measurement {
    forkP50Us = List.copyOf(forkP50Us);
    facts = Map.copyOf(facts);
  }

  /** How much slower the worst fork's median is than the best one's; 0 for a single fork. */
  public double spread() {
    double least = forkP50Us.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    double most = forkP50Us.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    return most / least - 1;
  }

  /** What keeps the subject from being faster, in one or two words. */
  public String limit() {
    if (row.peakShare() >= NEAR && row.peakShare() <= 1 / NEAR) {
      return "arithmetic";
    }
    if (row.queries() == 1 && row.streamShare() > BEYOND_THE_STREAM) {
      return "prunes";
    }
    return row.queries() == 1 && row.streamShare() >= NEAR ? "memory" : "its own code";
  }
}
