package dev.slate.bench.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ResultRole;
import org.openjdk.jmh.results.SampleTimeResult;
import org.openjdk.jmh.results.ScalarResult;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.WorkloadParams;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.SampleBuffer;
import org.openjdk.jmh.util.Version;

/**
 * Gives what a process measured the form of a fork of JMH, so that it is kept, put together,
 * written and compared like one. The samples are divided among as many iterations as a fork has.
 *
 * @param asked the case that was measured
 * @param timing how long
 * @param version of the peer; stands where a fork names its JVM
 */
record NativeResult(Case asked, ForkTiming timing, String version) {
  /**
   * Puts the result together.
   *
   * @param samples nanoseconds of each operation, in order
   * @param facts what else is known, by name
   */
  BenchmarkResult of(long[] samples, Map<String, Double> facts) {
    TimeValue time = TimeValue.milliseconds(timing.iteration().toMillis());
    IterationParams measured =
        new IterationParams(IterationType.MEASUREMENT, timing.iterations(), time, 1);
    BenchmarkParams params = params(measured);
    List<IterationResult> iterations = new ArrayList<>();
    int parts = Math.min(timing.iterations(), samples.length);
    for (int part = 0; part < parts; part++) {
      SampleBuffer buffer = new SampleBuffer();
      int end = (int) ((part + 1L) * samples.length / parts);
      for (int i = (int) ((long) part * samples.length / parts); i < end; i++) {
        buffer.add(samples[i]);
      }
      IterationResult iteration = new IterationResult(params, measured, null);
      iteration.addResult(
          new SampleTimeResult(ResultRole.PRIMARY, "search", buffer, TimeUnit.MICROSECONDS));
      facts.forEach(
          (name, value) ->
              iteration.addResult(new ScalarResult(name, value, "ratio", AggregationPolicy.AVG)));
      iterations.add(iteration);
    }
    return new BenchmarkResult(params, iterations);
  }

  private BenchmarkParams params(IterationParams measured) {
    WorkloadParams workload = new WorkloadParams();
    asked.parameters().forEach((name, value) -> workload.put(name, value, workload.keys().size()));
    return new BenchmarkParams(
        asked.benchmark(),
        asked.benchmark(),
        false,
        1,
        new int[] {1},
        List.of(),
        1,
        0,
        new IterationParams(
            IterationType.WARMUP, 1, TimeValue.milliseconds(timing.warmUp().toMillis()), 1),
        measured,
        Mode.SampleTime,
        workload,
        TimeUnit.MICROSECONDS,
        1,
        asked.subject().name(),
        List.of(),
        "",
        asked.subject().name(),
        version,
        Version.getPlainVersion(),
        TimeValue.minutes(10));
  }
}
