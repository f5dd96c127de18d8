package dev.slate.bench.suite;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** Many queries in one call, by a peer. An operation is the whole batch. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 5, jvmArgsPrepend = "--add-modules=jdk.incubator.vector")
public class PeerBatchBenchmark {
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
