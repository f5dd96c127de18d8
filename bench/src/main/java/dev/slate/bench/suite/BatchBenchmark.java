package dev.slate.bench.suite;

import dev.slate.kernel.Slate;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** Many queries in one call, by the kernel. An operation is the whole batch. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 5, jvmArgsPrepend = "--add-modules=jdk.incubator.vector")
public class BatchBenchmark {
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
