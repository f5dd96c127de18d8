package dev.slate.bench.suite;

import dev.slate.kernel.Slate;
import org.openjdk.jmh.annotations.Benchmark;

/** Many queries in one call, by the kernel. An operation is the whole batch. */
public class BatchBenchmark extends SampledBenchmark {
  /** JMH creates it. */
  public BatchBenchmark() {}

  /**
   * Finds the k best for each query.
   *
   * @param state the index and the batch
   * @return the answers
   */
  @Benchmark
  public Slate[] search(BatchState state) {
    state.searcher().searchAll(state.batch, state.slates);
    return state.slates;
  }
}
