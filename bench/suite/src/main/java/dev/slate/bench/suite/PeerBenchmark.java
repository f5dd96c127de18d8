package dev.slate.bench.suite;

import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;

/** One query at a time, by a peer. */
public class PeerBenchmark extends SampledBenchmark {
  /** JMH creates it. */
  public PeerBenchmark() {}

  /**
   * Finds the k best.
   *
   * @param state the peer
   * @return ordinals
   */
  @Benchmark
  public int[] search(PeerState state) throws IOException {
    return state.search();
  }
}
