package dev.slate.bench.suite;

import dev.slate.kernel.Index;
import org.openjdk.jmh.annotations.Benchmark;

/** Building an index of rows that lie in memory. */
public class BuildBenchmark extends SingleShotBenchmark {
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
