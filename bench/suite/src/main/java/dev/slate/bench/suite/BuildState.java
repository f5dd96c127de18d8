package dev.slate.bench.suite;

import dev.slate.bench.dataset.ExactAnswers;
import dev.slate.bench.dataset.WrongAnswer;
import dev.slate.kernel.Catalog;
import dev.slate.kernel.Index;
import java.io.IOException;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Rows in memory, of which an index is built that answers rightly. */
@State(Scope.Benchmark)
public class BuildState extends Workload {
  /** What is built. */
  @Param({"SCAN", "TREE", "QUANTIZED"})
  public StrategyChoice strategy = StrategyChoice.SCAN;

  private Catalog rows = Catalog.of(new float[0], 1);

  /** JMH creates it. */
  public BuildState() {}

  /**
   * Takes the rows into memory, and checks the answers of an index of them.
   *
   * @throws IOException if the right answers cannot be read
   * @throws WrongAnswer if the index answers otherwise than the scan
   */
  @Setup
  public void prepare() throws IOException {
    load();
    float[] floats = new float[n * d];
    data.items().copyRows(0, n, floats, 0);
    rows = Catalog.of(floats, d);
    check(build(), answers());
  }

  /** Frees the last index outside the measurement. */
  @Setup(Level.Iteration)
  public void collect() {
    System.gc();
  }

  final Index build() {
    return strategy.tell(Index.builder(rows)).metric(metric).executor(executor, threads).build();
  }

  void check(Index index, ExactAnswers answers) {
    Facts.put("indexBytes", (double) index.bytes(), "B");
    answers.require(index, data.queries(), k);
  }
}
