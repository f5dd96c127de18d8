package dev.slate.bench.suite;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** One query at a time, by a peer. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 5, jvmArgsPrepend = "--add-modules=jdk.incubator.vector")
public class PeerBenchmark {
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
