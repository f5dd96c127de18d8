package dev.slate.bench.suite;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How an operation is measured that takes long and fills the heap: once in each iteration. Huge
 * pages are asked for where the JVM has the flag, which is on Linux.
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
public abstract class SingleShotBenchmark {
  /** JMH creates its subclasses. */
  protected SingleShotBenchmark() {}
}
