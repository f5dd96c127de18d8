package dev.slate.bench.suite;

import dev.slate.kernel.Slate;
import org.openjdk.jmh.annotations.Benchmark;

/** One query at a time, by the kernel. */
public class SearchBenchmark extends SampledBenchmark {
  /** JMH creates it. */
  public SearchBenchmark() {}

  /**
   * Finds the k best.
   *
   * @param state the index
   * @return the answer
   */
  @Benchmark
  public Slate search(SearchState state) {
    state.searcher().search(state.query(), state.slate);
    return state.slate;
  }
}
