package dev.slate.bench.suite;

import dev.slate.kernel.Slate;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** One query at a time among those items that a filter admits, by the kernel. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 5, jvmArgsPrepend = "--add-modules=jdk.incubator.vector")
public class FilterBenchmark {
  /** JMH creates it. */
  public FilterBenchmark() {}

  /**
   * Finds the k best that are admitted.
   *
   * @param state the index and the filter
   * @return the answer
   */
  @Benchmark
  public Slate search(FilterState state) {
    state.search(state.query());
    return state.slate;
  }
}
