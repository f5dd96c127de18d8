package dev.slate.bench.results;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Rows, their keys and metrics, and what they were measured under. */
class ResultsTest {
  private static final RowKey RUN =
      RowKey.run("org.example.Sort.run", "avgt", 4, Map.of("n", "10", "kind", "a b"));

  private static Environment environment(String jmh, String jdk, int batch) {
    return new Environment(jmh, jdk, "VM", "25+36", List.of("-Xmx1g"), 0, batch);
  }

  private static Series series(RowKey run, String unit, double... fork) {
    return series(run, unit, environment("1.37", "25", 1), fork);
  }

  private static Series series(RowKey run, String unit, Environment under, double... fork) {
    BenchmarkMetric metric = BenchmarkMetric.primary(run.mode(), unit);
    return new Series(run.of(metric), metric, under, List.of(fork));
  }

  @Test
  void aKeyIsReadInParts() {
    RowKey key = RUN.of(BenchmarkMetric.primary("avgt", "ns/op"));
    assertEquals("kind=a b n=10", key.paramsText());
    assertEquals("Sort.run", key.shortName());
    assertEquals("avgt 4 threads kind=a b n=10", key.conditions());
    assertEquals("avgt", RowKey.run("B.c", "avgt", 1, Map.of()).conditions());
    assertEquals("B.c", RowKey.run("B.c", "avgt", 1, Map.of()).shortName());
    assertEquals(key.withoutUnit(), RUN.of(BenchmarkMetric.primary("avgt", "s/op")).withoutUnit());
    assertEquals("", key.withoutUnit().unit());
    assertEquals(BenchmarkMetric.PRIMARY, key.withoutUnit().metric());
    assertEquals(RUN, key.run());
    assertEquals("org.example.Sort.run avgt 4 threads kind=a b n=10 ns/op", key.toString());
  }

  @Test
  void aMetricIsCalledByItsUnitWhereThatSaysWhatItIs() {
    assertEquals("ns/op", BenchmarkMetric.primary("avgt", "ns/op").label());
    assertEquals("B/op", BenchmarkMetric.secondary("·gc.alloc.rate.norm", "B/op").label());
    assertEquals("gc.time ms", BenchmarkMetric.secondary("·gc.time", "ms").label());
    assertEquals("dropped", BenchmarkMetric.secondary("dropped", "").label());
    assertEquals("us/op", BenchmarkMetric.primary("avgt", "ns/op").in("us/op").unit());
    assertTrue(BenchmarkMetric.secondary("gc.alloc.rate.norm", "B/op").isAllocation());
  }

  @Test
  void aWorseningHasTheSignOfTheDirection() {
    assertEquals(0.25, Direction.LOWER_IS_BETTER.worsening(0.25));
    assertEquals(-0.25, Direction.HIGHER_IS_BETTER.worsening(0.25));
    assertEquals(0, Direction.UNKNOWN.worsening(0.25));
    for (Direction direction : Direction.values()) {
      assertEquals(direction, Direction.of(direction.word()));
    }
    assertEquals("lower", Direction.LOWER_IS_BETTER.word());
    assertEquals("higher", Direction.HIGHER_IS_BETTER.word());
    assertEquals(Direction.UNKNOWN, Direction.of("up"));
  }

  @Test
  void theUnitsAreThoseOfTheOtherSide() {
    Results here = Results.of("here", List.of(series(RUN, "us/op", 2, 3)));
    Results there = Results.of("there", List.of(series(RUN, "ns/op", 5)));
    Series converted = here.inUnitsOf(there).get(RUN.of(BenchmarkMetric.primary("avgt", "ns/op")));
    assertNotNull(converted);
    assertArrayEquals(new double[] {2000, 3000}, converted.forks().get(0), 1e-9);
    assertEquals("ns/op", converted.metric().unit());
    assertEquals("here", here.inUnitsOf(there).source());
    Results other = Results.of("other", List.of(series(RUN, "ops/s", 5)));
    assertNull(here.inUnitsOf(other).get(RUN.of(BenchmarkMetric.primary("avgt", "ops/s"))));
    assertEquals(here.rows().keySet(), here.inUnitsOf(other).rows().keySet());
  }

  @Test
  void forksOfTwoJvmsAreAConflictThatAConversionKeeps() {
    Results twice =
        Results.of(
            "file",
            List.of(
                series(RUN, "us/op", environment("1.37", "25", 1), 1),
                series(RUN, "us/op", environment("1.37", "24", 1), 2)));
    RowKey key = RUN.of(BenchmarkMetric.primary("avgt", "us/op"));
    assertEquals("file holds it twice, JDK: 25 against 24", twice.conflict(key));
    assertEquals(2, twice.rows().get(key).forks().size());
    Results converted = twice.inUnitsOf(Results.of("o", List.of(series(RUN, "ns/op", 5))));
    assertEquals(
        "file holds it twice, JDK: 25 against 24",
        converted.conflict(RUN.of(BenchmarkMetric.primary("avgt", "ns/op"))));
    assertEquals("", Results.of("f", List.of(series(RUN, "us/op", 1))).conflict(key));
  }

  @Test
  void theHarnessIsNoDifferenceButTheBatchIs() {
    Environment one = environment("1.37", "25", 1);
    assertEquals("JMH: 1.37 against 1.36", one.harnessDifference(environment("1.36", "25", 1)));
    assertEquals("", one.harnessDifference(environment("", "25", 1)));
    assertEquals(List.of(), one.differences(environment("1.36", "25", 1)));
    assertEquals(7, environment("1.37", "25", 7).batchSize());
    assertEquals(List.of("batch size: 1 against 7"), one.differences(environment("1.37", "25", 7)));
    assertEquals(
        List.of("JDK: 25 against 24", "batch size: 1 against 7"),
        one.differences(environment("1.37", "24", 7)));
  }

  @Test
  void badInputSaysWhere() {
    BadInputException bare = new BadInputException("a.json", "is no number");
    assertEquals("a.json: is no number", bare.getMessage());
    assertEquals("is no number", bare.problem());
    assertEquals(OptionalLong.empty(), bare.line());
    assertEquals("a.json: is no number, row 3", bare.atRow(3).getMessage());
    assertEquals("a.json: is no number, line 7", bare.onLine(7).getMessage());
    assertEquals("a.json: is no number, row 0, line 7", bare.atRow(0).onLine(7).getMessage());
    assertEquals("is no number", bare.atRow(0).onLine(7).problem());
    assertEquals(OptionalLong.of(7), bare.onLine(7).atRow(1).line());
    assertEquals("a b: c\ufffd", new BadInputException("a\nb", "c\u001b").getMessage());
  }
}
