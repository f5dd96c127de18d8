package dev.slate.bench.suite;

import dev.slate.bench.dataset.ExactAnswers;
import dev.slate.bench.dataset.WrongAnswer;
import dev.slate.kernel.Slate;
import java.io.IOException;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** An index and a batch of queries, checked before it is timed. */
@State(Scope.Benchmark)
public class BatchState extends SearchState {
  /** Number of queries of the batch. */
  @Param("64")
  public int queries = 64;

  float[] batch = {};
  Slate[] slates = {};

  /** JMH creates it. */
  public BatchState() {}

  @Setup(Level.Trial)
  @Override
  public void build() throws IOException {
    prepare();
    batch = new float[queries * d];
    for (int q = 0; q < queries; q++) {
      System.arraycopy(data.queries()[q % data.queries().length], 0, batch, q * d, d);
    }
    slates = new Slate[queries];
    Arrays.setAll(slates, q -> new Slate(k));
    searcher().searchAll(batch, slates);
    ExactAnswers answers = answers();
    for (int q = 0; q < Math.min(queries, answers.ordinals().length); q++) {
      if (!answers.same(q, slates[q])) {
        throw new WrongAnswer(
            "strategy "
                + strategy
                + " answers query "
                + q
                + " of the batch otherwise: "
                + slates[q]);
      }
    }
    note(searcher().stats(), 1);
    warmUp(() -> searcher().searchAll(batch, slates));
  }
}
