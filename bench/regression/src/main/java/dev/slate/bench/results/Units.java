package dev.slate.bench.results;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Units of JMH that differ in the unit of time alone, such as {@code ms/op} and {@code ns/op}: the
 * same quantity, so the values convert.
 */
public final class Units {
  private static final String PER_OPERATION = "/op";
  private static final String OPERATIONS_PER = "ops/";

  /** The lengths that JMH prints, in nanoseconds. */
  private static final Map<String, Double> NANOSECONDS =
      Map.of("ns", 1.0, "us", 1e3, "ms", 1e6, "s", 1e9, "min", 60e9, "hr", 3600e9, "day", 86_400e9);

  private static final Pattern LENGTH = Pattern.compile("(\\d+) (\\w+)");

  private Units() {}

  /**
   * The factor from one unit to another.
   *
   * @param from a unit
   * @param to a unit
   * @return what a value is multiplied by; NaN where the units are of different quantities
   */
  public static double factor(String from, String to) {
    if (from.equals(to)) {
      return 1;
    }
    if (from.endsWith(PER_OPERATION) && to.endsWith(PER_OPERATION)) {
      return nanoseconds(without(from)) / nanoseconds(without(to));
    }
    return from.startsWith(OPERATIONS_PER) && to.startsWith(OPERATIONS_PER)
        ? nanoseconds(to.substring(OPERATIONS_PER.length()))
            / nanoseconds(from.substring(OPERATIONS_PER.length()))
        : Double.NaN;
  }

  /**
   * A series in another unit.
   *
   * @param series any
   * @param unit of the same quantity
   * @return the series with its values converted
   */
  static Series convert(Series series, String unit) {
    double factor = factor(series.key().unit(), unit);
    BenchmarkMetric metric = series.metric().in(unit);
    List<double[]> forks =
        series.forks().stream()
            .map(fork -> Arrays.stream(fork).map(value -> value * factor).toArray())
            .toList();
    return new Series(
        series.key().run().of(metric),
        metric,
        series.environment(),
        forks,
        series.harness() * factor);
  }

  /**
   * The time of an operation.
   *
   * @param score of a benchmark
   * @param unit of the score
   * @return in nanoseconds; NaN where the unit has no time
   */
  static double perOperation(double score, String unit) {
    if (unit.endsWith(PER_OPERATION)) {
      return score * nanoseconds(without(unit));
    }
    return unit.startsWith(OPERATIONS_PER)
        ? nanoseconds(unit.substring(OPERATIONS_PER.length())) / score
        : Double.NaN;
  }

  /**
   * A length of time as JMH writes it.
   *
   * @param text such as {@code 100 ms}
   * @return in nanoseconds; NaN for other text, such as {@code single-shot}
   */
  static double length(String text) {
    Matcher matcher = LENGTH.matcher(text);
    return matcher.matches()
        ? Double.parseDouble(matcher.group(1)) * nanoseconds(matcher.group(2))
        : Double.NaN;
  }

  private static String without(String perOperation) {
    return perOperation.substring(0, perOperation.length() - PER_OPERATION.length());
  }

  private static double nanoseconds(String unit) {
    return NANOSECONDS.getOrDefault(unit, Double.NaN);
  }
}
