package dev.slate.bench.suite;

import dev.slate.kernel.Index;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Building an index of rows that lie in memory. Huge pages are asked for where the JVM has the
 * flag, which is on Linux.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 8)
@Measurement(iterations = 12)
@Fork(
    value = 5,
    jvmArgsAppend = {
      "--add-modules=jdk.incubator.vector",
      "-Xms4g",
      "-Xmx4g",
      "-XX:+IgnoreUnrecognizedVMOptions",
      "-XX:+UseTransparentHugePages"
    })
public class BuildBenchmark {
  /** JMH creates it. */
  public BuildBenchmark() {}

  /**
   * Builds an index.
   *
   * @param state the rows
   * @return the index
   */
  @Benchmark
  public Index build(BuildState state) {
    return state.build();
  }
}
