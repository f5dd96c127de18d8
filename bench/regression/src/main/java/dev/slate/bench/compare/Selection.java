package dev.slate.bench.compare;

import dev.slate.bench.results.BadInputException;
import dev.slate.bench.results.BenchmarkMetric;
import dev.slate.bench.results.Direction;
import dev.slate.bench.results.Results;
import dev.slate.bench.results.RowKey;
import dev.slate.bench.results.Series;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that choose rows; a mixin of the commands that read results. */
public final class Selection {
  /** Which metrics are judged. */
  private enum Nature {
    MEASURED,
    DETERMINISTIC;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--benchmarks",
      paramLabel = "REGEX",
      description = "Only the benchmarks whose name contains a match.")
  private @Nullable String benchmarks;

  @Option(
      names = "--metrics",
      paramLabel = "REGEX",
      description =
          "Also the secondary metrics whose name contains a match, such as 'p0.99' or 'gc.time'.")
  private @Nullable String metrics;

  @Option(
      names = "--better",
      paramLabel = "NAME=WAY",
      description =
          "Which way a metric gets better, lower or higher, where JMH does not say it: counters of"
              + " @AuxCounters, such as dropped=lower.")
  private Map<String, String> better = Map.of();

  @Option(
      names = "--only",
      paramLabel = "NATURE",
      description =
          "measured: only what differs from run to run, such as time. deterministic: only what does"
              + " not, such as B/op.")
  private @Nullable Nature only;

  /**
   * Keeps the rows that the options choose: unless told otherwise, each primary score, the methods
   * of groups, and the deterministic metrics.
   *
   * @param results of one side
   * @return those chosen
   * @throws BadInputException if an option is not a regular expression, or no row is left
   */
  public Results of(Results results) {
    Results chosen = keep(results);
    for (String name : better.keySet()) {
      if (results.rows().values().stream().noneMatch(row -> row.metric().name().equals(name))) {
        throw new BadInputException("--better", results.source() + " has no metric named " + name);
      }
    }
    if (chosen.rows().isEmpty()) {
      throw new BadInputException(
          results.source(), "no row is left by the options that choose rows");
    }
    return chosen;
  }

  /**
   * Keeps the rows that the options choose, if any.
   *
   * @param results of one side
   * @return those chosen, as {@link #of}
   * @throws BadInputException if an option is not a regular expression
   */
  public Results keep(Results results) {
    Pattern names = pattern("--benchmarks", benchmarks);
    Pattern extra = pattern("--metrics", metrics);
    Map<RowKey, String> units = new HashMap<>();
    for (Series series : results.rows().values()) {
      if (series.metric().name().equals(BenchmarkMetric.PRIMARY)) {
        units.put(series.key().run(), series.key().unit());
      }
    }
    Map<String, Direction> directions = directions();
    Results directed =
        results.map(
            series -> {
              Direction direction = directions.get(series.metric().name());
              return direction == null ? series : series.better(direction);
            });
    return directed.where(
        series ->
            (names == null || names.matcher(series.key().benchmark()).find())
                && isWanted(series.metric())
                && (series.metric().isShownBesides(units.getOrDefault(series.key().run(), ""))
                    || directions.containsKey(series.metric().name())
                    || (extra != null && extra.matcher(series.metric().name()).find())));
  }

  /**
   * Says what the options could do better: names the option that lets the rows be judged whose
   * metric has no known direction, and the pattern of metrics that none has. That is no error: JMH
   * leaves {@code gc.time} out where nothing was collected.
   *
   * @param comparison as the library made it
   * @return the same, with a note for each of the two
   */
  public Comparison advised(Comparison comparison) {
    Comparison advised = comparison;
    if (comparison.count(Verdict.UNJUDGED) > 0) {
      advised = advised.noting("--better NAME=lower|higher says which way a metric gets better");
    }
    Pattern extra = pattern("--metrics", metrics);
    if (extra != null
        && comparison.rows().stream().noneMatch(row -> extra.matcher(row.metric().name()).find())) {
      advised = advised.noting("no metric has a name with a match of --metrics " + extra);
    }
    return advised;
  }

  private Map<String, Direction> directions() {
    Map<String, Direction> directions = new HashMap<>();
    better.forEach(
        (name, way) -> {
          Direction direction = Direction.of(way.toLowerCase(Locale.ROOT));
          if (direction == Direction.UNKNOWN) {
            throw new BadInputException(
                "--better", name + "=" + way + " says neither lower nor higher");
          }
          directions.put(name, direction);
        });
    return directions;
  }

  /**
   * The benchmarks that are asked for.
   *
   * @return a regular expression; matches everything where none is given
   * @throws BadInputException if the option is not a regular expression
   */
  public String benchmarks() {
    Pattern names = pattern("--benchmarks", benchmarks);
    return names == null ? ".*" : names.pattern();
  }

  /**
   * Tells whether time is left out.
   *
   * @return true if only the deterministic metrics are judged
   */
  public boolean isDeterministicOnly() {
    return only == Nature.DETERMINISTIC;
  }

  private boolean isWanted(BenchmarkMetric metric) {
    return only == null || metric.deterministic() == (only == Nature.DETERMINISTIC);
  }

  private static @Nullable Pattern pattern(String option, @Nullable String regex) {
    try {
      return regex == null ? null : Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new BadInputException(option, "not a regular expression: " + e.getDescription(), e);
    }
  }
}
