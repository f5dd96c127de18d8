package dev.slate.bench.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slate.bench.results.BenchmarkMetric;
import dev.slate.bench.results.Direction;
import dev.slate.bench.results.Environment;
import dev.slate.bench.results.RowKey;
import dev.slate.bench.results.Series;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IterationsTest {
  private static final Iterations WHOLE = Iterations.of(Duration.ofMillis(300));

  @Test
  void thoseOfAFastOperationAreCutInTheSameTime() {
    Iterations cut = WHOLE.cut(new BenchmarkTiming(5, 0.01));
    assertEquals(new Iterations(Duration.ofMillis(300), Duration.ofMillis(30), 50), cut);
    assertEquals(List.of("-w", "300ms", "-r", "30ms", "-i", "50"), cut.arguments());
  }

  @Test
  void manyOperationsStayInEach() {
    assertEquals(15, WHOLE.cut(new BenchmarkTiming(5, 5)).count());
    assertEquals(WHOLE, WHOLE.cut(new BenchmarkTiming(5, 8)));
    assertEquals(WHOLE, WHOLE.cut(new BenchmarkTiming(5, Double.POSITIVE_INFINITY)));
  }

  @Test
  void manyIterationsAreNotMadeMore() {
    assertEquals(WHOLE, WHOLE.cut(new BenchmarkTiming(40, 0.01)));
    assertEquals(List.of("-w", "300ms", "-r", "300ms"), WHOLE.arguments());
  }

  @ParameterizedTest
  @CsvSource({
    "avgt, us/op, 2000, 2",
    "sample, ms/op, 3, 3",
    "thrpt, ops/s, 10, 100",
    "thrpt, ops/min, 2, 30000",
    "ss, ms/op, 3, Infinity",
    "avgt, hr/op, 3, Infinity",
    "avgt, things, 3, Infinity",
    "thrpt, ops/s, 0, Infinity"
  })
  void thePaceIsReadFromTheScore(String mode, String unit, double score, double millis) {
    BenchmarkMetric metric =
        new BenchmarkMetric(BenchmarkMetric.PRIMARY, unit, Direction.LOWER_IS_BETTER, false);
    Environment environment = new Environment("1.37", "25", "VM", "25", List.of(), 0, 1);
    Series row =
        new Series(
            RowKey.run("a.B.c", mode, 1, Map.of()).of(metric),
            metric,
            environment,
            List.of(new double[] {score, score, score}));
    assertEquals(3, BenchmarkTiming.of(row).iterations());
    assertEquals(millis, BenchmarkTiming.of(row).operationMillis(), 1e-9);
  }
}
