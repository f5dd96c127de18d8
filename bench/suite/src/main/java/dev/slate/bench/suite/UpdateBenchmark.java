package dev.slate.bench.suite;

import dev.slate.kernel.Slate;
import org.openjdk.jmh.annotations.Benchmark;

/** One query at a time while the catalogue changes: a live update, as its readers feel it. */
public class UpdateBenchmark extends SampledBenchmark {
  /** JMH creates it. */
  public UpdateBenchmark() {}

  /**
   * Finds the k best of the version that is current.
   *
   * @param state the versions
   * @return the answer
   */
  @Benchmark
  public Slate search(UpdateState state) {
    state.search(state.query());
    return state.slate;
  }
}
