package dev.slate.bench.results;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A metric of a benchmark: its name, its unit, the direction in which it gets better, and whether
 * its value is the same on each run of the same code.
 *
 * <p>The direction of the primary score follows from the mode: throughput should rise, time per
 * operation fall; percentiles and the methods of a group have the same direction. JMH's own
 * profilers give counts that should fall, if they are per operation or of garbage collection. Other
 * secondary metrics, such as the counters of {@code @AuxCounters}, have no known direction.
 * Deterministic metrics are recognised by name, whatever their punctuation: bytes allocated per
 * operation ({@code gc.alloc.rate.norm}) and the counters of a search (items scored, blocks visited
 * and pruned, bytes read, recall).
 *
 * @param name {@link #PRIMARY}, or the secondary name in the spelling of JMH 1.37, such as {@code
 *     gc.alloc.rate.norm} or {@code p0.99}
 * @param unit JMH's {@code scoreUnit}, such as {@code ns/op}
 * @param direction which way is better
 * @param deterministic whether noise has no part in it
 */
public record BenchmarkMetric(
    String name, String unit, Direction direction, boolean deterministic) {
  /** The name of the score that the benchmark itself reports. */
  public static final String PRIMARY = "score";

  private static final String ALLOCATION = "gc.alloc.rate.norm";
  private static final Pattern PUNCTUATION = Pattern.compile("[^a-z0-9]");
  private static final Pattern PERCENTILE = Pattern.compile("p[01]\\.\\d+");

  /**
   * Counts of the profilers gc and perfnorm: their events per operation have a unit of their own.
   */
  private static final Pattern FALLING = Pattern.compile("gc\\.(count|time|.*\\.norm)|CPI");

  private static final String EVENTS_PER_OPERATION = "#/op";
  private static final List<String> LOWER_COUNTERS =
      List.of("itemsscored", "blocksvisited", "bytesread");
  private static final List<String> HIGHER_COUNTERS = List.of("blockspruned");
  private static final Pattern RECALL = Pattern.compile(".*recall\\d*");

  /**
   * The primary score.
   *
   * @param mode JMH's short label, such as {@code avgt}
   * @param unit JMH's {@code scoreUnit}
   * @return a metric that noise takes part in
   */
  static BenchmarkMetric primary(String mode, String unit) {
    return new BenchmarkMetric(
        PRIMARY, unit, mode.equals("thrpt") ? Direction.HIGHER_IS_BETTER : byUnit(unit), false);
  }

  /**
   * A secondary metric.
   *
   * @param rawName as JMH of any version wrote it
   * @param unit JMH's {@code scoreUnit}
   * @return the metric under its current name
   */
  static BenchmarkMetric secondary(String rawName, String unit) {
    String name = currentName(rawName);
    if (name.equals(ALLOCATION)) {
      return new BenchmarkMetric(name, unit, Direction.LOWER_IS_BETTER, true);
    }
    String letters = PUNCTUATION.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
    if (LOWER_COUNTERS.stream().anyMatch(letters::contains)) {
      return new BenchmarkMetric(name, unit, Direction.LOWER_IS_BETTER, true);
    }
    if (HIGHER_COUNTERS.stream().anyMatch(letters::contains) || RECALL.matcher(letters).matches()) {
      return new BenchmarkMetric(name, unit, Direction.HIGHER_IS_BETTER, true);
    }
    if (FALLING.matcher(name).matches()
        || unit.equals(EVENTS_PER_OPERATION)
        || PERCENTILE.matcher(name).matches()) {
      return new BenchmarkMetric(name, unit, Direction.LOWER_IS_BETTER, false);
    }
    return new BenchmarkMetric(
        name, unit, name.equals("IPC") ? Direction.HIGHER_IS_BETTER : Direction.UNKNOWN, false);
  }

  /**
   * The same metric with another direction.
   *
   * @param better which way it gets better
   * @return a metric that differs in this
   */
  public BenchmarkMetric better(Direction better) {
    return new BenchmarkMetric(name, unit, better, deterministic);
  }

  /**
   * The same metric in another unit.
   *
   * @param other of the same quantity
   * @return a metric that differs in this
   */
  public BenchmarkMetric in(String other) {
    return new BenchmarkMetric(name, other, direction, deterministic);
  }

  /**
   * Tells the metrics that may be the methods of a group.
   *
   * @param primaryUnit the unit of the score of the same benchmark
   * @return whether nothing is known of this one but that it has this unit
   */
  boolean mayBelongToAGroup(String primaryUnit) {
    return direction == Direction.UNKNOWN && unit.equals(primaryUnit);
  }

  /**
   * Tells the metrics that are shown without being asked for: the primary score, the deterministic
   * ones, and those that share the unit of the score, such as the methods of a group and counters.
   * Percentiles of a sample and the remaining output of profilers are not.
   *
   * @param primaryUnit the unit of the score of the same benchmark
   * @return whether this one is shown by default
   */
  public boolean isShownBesides(String primaryUnit) {
    return name.equals(PRIMARY)
        || deterministic
        || (unit.equals(primaryUnit) && !PERCENTILE.matcher(name).matches());
  }

  /**
   * Tells the allocation per operation.
   *
   * @return whether this is JMH's {@code gc.alloc.rate.norm}
   */
  public boolean isAllocation() {
    return name.equals(ALLOCATION);
  }

  /**
   * The metric as a heading.
   *
   * @return name and unit; the unit alone where it says what is measured, as {@code ns/op} and
   *     {@code B/op} do
   */
  public String label() {
    return name.equals(PRIMARY) || isAllocation() ? unit : (name + " " + unit).strip();
  }

  private static Direction byUnit(String unit) {
    return unit.startsWith("ops/") ? Direction.HIGHER_IS_BETTER : Direction.LOWER_IS_BETTER;
  }

  /**
   * Before 1.37 a middle dot stood before a profiler's metric and between a method and its
   * percentile; a narrow charset wrote it as a question mark.
   */
  private static String currentName(String rawName) {
    String name = rawName.replaceFirst("^[·?\uFFFD:]+", "");
    return name.replaceFirst("^.*[·?\uFFFD:](?=p[01]\\.\\d+$)", "");
  }
}
