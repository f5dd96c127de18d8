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
}
