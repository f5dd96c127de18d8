package dev.slate.bench.suite;

import dev.slate.kernel.Slate;
import org.openjdk.jmh.annotations.Benchmark;

/** One query at a time among those items that a filter admits, by the kernel. */
public class FilterBenchmark extends SampledBenchmark {
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
