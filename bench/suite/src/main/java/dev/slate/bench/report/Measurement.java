package dev.slate.bench.report;

import dev.slate.bench.roofline.Roofline;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;

/**
 * A row and what lies behind it.
 *
 * @param row the row
 * @param title the subject's name in tables
 * @param group the question in words; rows of one question share it
 * @param forkP50Us the median of each fork, microseconds per query
 * @param forkStreamShare the stream share of each fork
 * @param facts the deterministic counters and the like, by name; medians over the forks
 */
public record Measurement(
    SummaryRow row,
    String title,
    String group,
    List<Double> forkP50Us,
    List<Double> forkStreamShare,
    Map<String, Double> facts) {
  private static final double BEYOND_THE_STREAM = 1.05;
  private static final double NEAR = 0.6;
  private static final double FEWER = 0.9;

  /** Copies the collections. */
  public Measurement {
    forkP50Us = List.copyOf(forkP50Us);
    forkStreamShare = List.copyOf(forkStreamShare);
    facts = Map.copyOf(facts);
  }

  /**
   * How much slower the worst fork is than the best one; 0 for a single fork. Where memory is the
   * limit, the forks are compared by their stream shares: the speed of memory is the machine's, and
   * on a shared one it drifts from fork to fork.
   */
  public double spread() {
    boolean streams = row.streamShare() >= NEAR && row.streamShare() < Roofline.FAR;
    DoubleSummaryStatistics forks =
        (row.queries() == 1 && streams ? forkStreamShare : forkP50Us)
            .stream().mapToDouble(Double::doubleValue).summaryStatistics();
    return forks.getMax() / forks.getMin() - 1;
  }

  /** What keeps the subject from being faster, in one or two words. */
  public String limit() {
    if (row.queries() == 1 && prunes()) {
      return "prunes";
    }
    if (row.peakShare() >= NEAR && row.peakShare() <= 1 / NEAR) {
      return "arithmetic";
    }
    return row.queries() == 1 && row.streamShare() >= NEAR ? "memory" : "its own code";
  }

  /**
   * Whether it leaves items out, which both shares take for scored: by its counter if it has one.
   */
  private boolean prunes() {
    Double scored = facts.get("itemsScored");
    return scored == null
        ? row.streamShare() > BEYOND_THE_STREAM
        : scored < FEWER * row.n() * row.density();
  }
}
