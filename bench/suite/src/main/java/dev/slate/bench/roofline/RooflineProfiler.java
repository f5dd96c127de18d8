package dev.slate.bench.roofline;

import dev.slate.bench.results.Series;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;
import org.openjdk.jmh.runner.IterationType;

/**
 * Measures the machine's ceilings beside each iteration, in the same JVM: on a shared machine the
 * speed of memory drifts within seconds, so only neighbours can be compared. Operations that are as
 * slow as the stream take turns with the ceilings (see {@link Roofline}); for the others the stream
 * runs right before and right after the iteration, and the arithmetic right after it.
 *
 * <p>Reads the parameters {@code n}, {@code d}, {@code threads} and {@code metric} of the
 * benchmark. Adds the secondary results {@code roofline.stream} (microseconds to sum n x d x 4
 * bytes) and {@code roofline.peak} (microseconds to work n x d attributes into scores without
 * memory). A benchmark without n and d gets none.
 */
public final class RooflineProfiler implements InternalProfiler {
  /** Name of the result that holds the time of the stream. */
  public static final String STREAM = "roofline.stream";

  /** Name of the result that holds the time of the arithmetic. */
  public static final String PEAK = "roofline.peak";

  private static final long STREAM_NANOS = 50_000_000;

  private @Nullable Roofline roofline;
  private double[] before = {};

  /** JMH creates it by name. */
  public RooflineProfiler() {}

  @Override
  public String getDescription() {
    return "Memory stream and arithmetic peak beside each iteration";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    if (!hasShape(benchmark)) {
      return;
    }
    if (roofline == null) {
      roofline =
          Roofline.start(
              Float.BYTES * attributes(benchmark),
              threads(benchmark),
              "EUCLIDEAN".equals(benchmark.getParam("metric")));
    }
    before = roofline.interleaved() ? before : roofline.measure(STREAM_NANOS);
  }

  @Override
  public Collection<ScalarResult> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    if (roofline == null) {
      return List.of();
    }
    Roofline.Taken taken = roofline.drain();
    if (iteration.getType() != IterationType.MEASUREMENT) {
      return List.of();
    }
    boolean turns = taken.times().length > 0;
    double nanos = Series.median(turns ? taken.times() : around(roofline.stream));
    double rate = turns ? Series.median(taken.rates()) : roofline.rate(Roofline.PEAK_NANOS);
    return results(attributes(benchmark), nanos, rate);
  }

  /**
   * The two ceilings as times.
   *
   * @param attributes n x d
   * @param streamNanos of a sum over their bytes
   * @param rate attributes per nanosecond by arithmetic alone
   */
  static List<ScalarResult> results(long attributes, double streamNanos, double rate) {
    return List.of(micros(STREAM, streamNanos), micros(PEAK, attributes / rate));
  }

  private double[] around(MemoryStream stream) {
    double[] after = stream.measure(STREAM_NANOS);
    double[] all = Arrays.copyOf(before, before.length + after.length);
    System.arraycopy(after, 0, all, before.length, after.length);
    return all;
  }

  private static ScalarResult micros(String name, double nanos) {
    return new ScalarResult(name, nanos / 1000, "us", AggregationPolicy.AVG);
  }

  private static boolean hasShape(BenchmarkParams benchmark) {
    return benchmark.getParamsKeys().containsAll(List.of("n", "d"));
  }

  private static long attributes(BenchmarkParams benchmark) {
    return Long.parseLong(benchmark.getParam("n")) * Integer.parseInt(benchmark.getParam("d"));
  }

  private static int threads(BenchmarkParams benchmark) {
    return benchmark.getParamsKeys().contains("threads")
        ? Integer.parseInt(benchmark.getParam("threads"))
        : benchmark.getThreads();
  }
}
