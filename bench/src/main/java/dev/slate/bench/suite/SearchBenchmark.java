package dev.slate.bench.suite;

import dev.slate.kernel.Slate;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** One query at a time, by the kernel. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 5, jvmArgsPrepend = "--add-modules=jdk.incubator.vector")
public class SearchBenchmark {
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
