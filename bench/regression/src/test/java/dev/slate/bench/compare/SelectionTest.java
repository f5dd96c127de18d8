package dev.slate.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.bench.results.BadInputException;
import dev.slate.bench.results.BenchmarkMetric;
import dev.slate.bench.results.Direction;
import dev.slate.bench.results.Results;
import dev.slate.bench.results.RowKey;
import dev.slate.bench.results.Series;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The rows that the options choose. */
class SelectionTest {
  private static final Results RESULTS =
      Results.of(
          "file",
          List.of(
              row("a.One.run", BenchmarkMetric.PRIMARY, "ns/op", Direction.LOWER_IS_BETTER, false),
              row("a.One.run", "gc.alloc.rate.norm", "B/op", Direction.LOWER_IS_BETTER, true),
              row("a.One.run", "gc.time", "ms", Direction.LOWER_IS_BETTER, false),
              row("a.Two.run", BenchmarkMetric.PRIMARY, "ns/op", Direction.LOWER_IS_BETTER, false),
              row("a.Two.run", "dropped", "#", Direction.UNKNOWN, false)));

  private static Series row(
      String benchmark, String name, String unit, Direction direction, boolean deterministic) {
    BenchmarkMetric metric = new BenchmarkMetric(name, unit, direction, deterministic);
    RowKey key = RowKey.run(benchmark, "avgt", 1, Map.of()).of(metric);
    return new Series(key, metric, Forks.ENVIRONMENT, List.of(new double[] {1}));
  }

  private static Selection selection(String... options) {
    Selection selection = new Selection();
    new CommandLine(selection).parseArgs(options);
    return selection;
  }

  private static List<String> kept(String... options) {
    return selection(options).keep(RESULTS).rows().keySet().stream()
        .map(key -> key.shortName() + " " + key.metric())
        .toList();
  }

  @Test
  void eachOptionChooses() {
    assertEquals(List.of("One.run score", "One.run gc.alloc.rate.norm", "Two.run score"), kept());
    assertEquals(List.of("Two.run score"), kept("--benchmarks", "T.o"));
    assertEquals(List.of("One.run gc.alloc.rate.norm"), kept("--only", "deterministic"));
    assertEquals(List.of("One.run score", "Two.run score"), kept("--only", "measured"));
    assertEquals(
        List.of("One.run score", "One.run gc.time", "Two.run score"),
        kept("--only", "measured", "--metrics", "time$"));
    assertEquals(
        List.of("Two.run score", "Two.run dropped"),
        kept("--benchmarks", "Two", "--better", "dropped=lower"));
    assertEquals(List.of(), kept("--benchmarks", "none"));
  }

  @Test
  void whatIsBetterIsSaid() {
    Results kept = selection("--better", "dropped=Higher").keep(RESULTS);
    Series dropped =
        kept.rows().values().stream()
            .filter(row -> row.metric().name().equals("dropped"))
            .findFirst()
            .orElseThrow();
    assertEquals(Direction.HIGHER_IS_BETTER, dropped.metric().direction());
  }

  @Test
  void benchmarksAreEverythingUnlessNamed() {
    assertEquals(".*", selection().benchmarks());
    assertEquals("T.o", selection("--benchmarks", "T.o").benchmarks());
    assertFalse(selection().isDeterministicOnly());
    assertFalse(selection("--only", "measured").isDeterministicOnly());
    assertTrue(selection("--only", "deterministic").isDeterministicOnly());
  }

  @Test
  void whatChoosesNothingIsRefused() {
    assertRefused("file: no row is left by the options that choose rows", "--benchmarks", "none");
    assertRefused("--better: file has no metric named x", "--better", "x=lower");
    assertRefused("--better: dropped=up says neither lower nor higher", "--better", "dropped=up");
    BadInputException bad =
        assertThrows(BadInputException.class, () -> selection("--metrics", "(").of(RESULTS));
    assertTrue(
        String.valueOf(bad.getMessage()).startsWith("--metrics: not a regular expression: "));
  }

  private static void assertRefused(String message, String... options) {
    BadInputException refused =
        assertThrows(BadInputException.class, () -> selection(options).of(RESULTS));
    assertEquals(message, refused.getMessage());
  }
}
