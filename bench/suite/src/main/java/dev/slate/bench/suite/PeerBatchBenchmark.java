package dev.slate.bench.suite;

import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;

/** Many queries in one call, by a peer. An operation is the whole batch. */
public class PeerBatchBenchmark extends SampledBenchmark {
  /** JMH creates it. */
  public PeerBatchBenchmark() {}

  /**
   * Finds the k best for each query.
   *
   * @param state the peer and the batch
   * @return ordinals for each query
   */
  @Benchmark
  public int[][] search(PeerBatchState state) throws IOException {
    return state.searchAll();
  }
}
