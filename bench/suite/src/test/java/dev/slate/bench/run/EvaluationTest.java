package dev.slate.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slate.bench.dataset.VectorSource;
import dev.slate.bench.report.Measurement;
import dev.slate.bench.roofline.RooflineProfiler;
import dev.slate.bench.suite.Facts;
import dev.slate.bench.suite.StrategyChoice;
import dev.slate.data.Distribution;
import dev.slate.kernel.Metric;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.BenchmarkResult;

/** Published figures, from samples made by hand. Powers of two fill no bucket of JMH's but one. */
class EvaluationTest {
  private static final double STREAM_US = 16;
  private static final double PEAK_US = 4;

  /** 1,000 operations: half take 64 us, the next ones more, the last 2 % 4,096 us. */
  private static long[] samples(long unit) {
    long[] nanos = new long[1000];
    for (int i = 0; i < nanos.length; i++) {
      long micros = i < 600 ? 64 : i < 900 ? 128 : i < 980 ? 512 : 4096;
      nanos[i] = micros * unit;
    }
    return nanos;
  }

  private static Case asked(int queries, int threads) {
    VectorSource data = new VectorSource.Generated(Distribution.LOWRANK, 2000, 10);
    return new Case(
        new BenchSubject.Kernel(StrategyChoice.SCAN),
        new Question(data, 7, Metric.DOT, threads, queries, 1));
  }

  private static BenchmarkResult fork(Case asked, long unit, Map<String, Double> facts) {
    ForkTiming one = ForkTiming.quick(1);
    return new NativeResult(asked, one, "by hand").of(shuffled(samples(unit)), facts);
  }

  /** Every iteration gets a like part of the samples. */
  private static long[] shuffled(long[] samples) {
    long[] mixed = new long[samples.length];
    for (int i = 0; i < mixed.length; i++) {
      mixed[(int) (i * 7L % mixed.length)] = samples[i];
    }
    return mixed;
  }

  private static Map<String, Double> facts() {
    return Map.of(
        RooflineProfiler.STREAM,
        STREAM_US,
        RooflineProfiler.PEAK,
        PEAK_US,
        Facts.RECALL,
        0.75,
        Facts.ALLOCATED,
        24.0,
        Facts.BUILD,
        321.0);
  }

  private static Measurement of(int queries, BenchmarkResult... forks) {
    return Evaluation.of(asked(queries, 2), Arrays.asList(forks));
  }

  @Test
  void aSingleQuery() {
    Measurement measured = of(1, fork(asked(1, 2), 1000, facts()));
    assertEquals(64, measured.row().p50Us(), 0.6);
    assertEquals(4096, measured.row().p99Us(), 33, "the 95th percentile is 512");
    assertEquals(2000 * 10 * 4 / 64e3, measured.row().gbPerS(), 0.02);
    assertEquals(STREAM_US / 64, measured.row().streamShare(), 0.003, "stream over query");
    assertEquals(PEAK_US / 64, measured.row().peakShare(), 0.001, "arithmetic over query");
    assertEquals(0.75, measured.row().recall());
    assertEquals(24, measured.row().bytesPerOp());
    assertEquals(321, measured.row().buildMs());
    assertEquals("slate", measured.row().subject());
    assertEquals("scan", measured.row().strategy());
    assertEquals("lowrank", measured.row().distribution());
    assertEquals("dot", measured.row().metric());
    assertEquals(
        List.of(2000, 10, 7, 2, 1, 1),
        List.of(
            measured.row().n(),
            measured.row().d(),
            measured.row().k(),
            measured.row().threads(),
            measured.row().queries(),
            measured.row().forks()));
  }

  @Test
  void timesOfABatchArePerQuery() {
    Measurement measured = of(16, fork(asked(16, 2), 1000, facts()));
    assertEquals(4, measured.row().p50Us(), 0.04);
    assertEquals(256, measured.row().p99Us(), 2.1);
    assertEquals(2000 * 10 * 4 / 4e3, measured.row().gbPerS(), 0.2);
    assertEquals(STREAM_US / 4, measured.row().streamShare(), 0.04);
    assertEquals(PEAK_US / 4, measured.row().peakShare(), 0.01);
    assertEquals(16, measured.row().queries());
  }

  @Test
  void theTailOfFastOperationsIsThatOfTheirOwnSamples() {
    Map<String, Double> facts = Map.of(Facts.P99, 300.0);
    assertEquals(300, of(1, fork(asked(1, 1), 1000, facts)).row().p99Us());
    assertEquals(75, of(4, fork(asked(4, 1), 1000, facts)).row().p99Us());
  }

  /** The forks' medians are 64, 128 and 1,024: the mean is no figure. */
  @Test
  void theMedianOfTheForksIsQuoted() {
    Case asked = asked(1, 2);
    Measurement measured =
        of(
            1,
            fork(asked, 16_000, facts()),
            fork(asked, 1_000, facts()),
            fork(asked, 2_000, facts()));
    assertEquals(128, measured.row().p50Us(), 1.1);
    assertEquals(STREAM_US / 128, measured.row().streamShare(), 0.002);
    assertEquals(3, measured.row().forks());
    assertEquals(1024, measured.forkP50Us().get(0), 9);
    assertEquals(64, measured.forkP50Us().get(1), 0.6);
    assertEquals(STREAM_US / 64, measured.forkStreamShare().get(1), 0.003);
    assertEquals(STREAM_US, measured.facts().get(RooflineProfiler.STREAM));
  }

  @Test
  void whatWasNotMeasuredIsNoNumber() {
    Measurement measured = of(1, fork(asked(1, 1), 1000, Map.of()));
    assertEquals(Double.NaN, measured.row().streamShare());
    assertEquals(Double.NaN, measured.row().peakShare());
    assertEquals(Double.NaN, measured.row().recall());
    assertEquals(Double.NaN, measured.row().bytesPerOp());
  }
}
