package dev.slate.bench.suite;

import dev.slate.kernel.Slate;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** One query at a time while the catalogue changes: a live update, as its readers feel it. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 5, jvmArgsPrepend = "--add-modules=jdk.incubator.vector")
public class UpdateBenchmark {
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
