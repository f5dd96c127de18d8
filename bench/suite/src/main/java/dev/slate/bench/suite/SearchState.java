package dev.slate.bench.suite;

import dev.slate.bench.dataset.ExactAnswers;
import dev.slate.bench.dataset.WrongAnswer;
import dev.slate.kernel.Index;
import dev.slate.kernel.SearchStats;
import dev.slate.kernel.Searcher;
import dev.slate.kernel.Slate;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** An index of the kernel, checked before it is timed. */
@State(Scope.Benchmark)
public class SearchState extends Workload {
  /** How the kernel finds the answer. */
  @Param("SCAN")
  public StrategyChoice strategy = StrategyChoice.SCAN;

  Slate slate = new Slate(1);
  private @Nullable Searcher searcher;

  /** JMH creates it. */
  public SearchState() {}

  /** Builds the index, compares its answers with those of the scan, and warms up. */
  @Setup(Level.Trial)
  public void build() throws IOException {
    prepare();
    warmUp(() -> search(query()));
  }

  /** Builds the index and compares its answers with those of the scan. */
  final void prepare() throws IOException {
    load();
    long start = System.nanoTime();
    Index index =
        strategy
            .tell(Index.builder(data.items()))
            .metric(metric)
            .expectedK(k)
            .executor(executor, Runtime.getRuntime().availableProcessors())
            .build();
    Facts.put(Facts.BUILD, (System.nanoTime() - start) / 1e6, "ms");
    Facts.put("indexBytes", (double) index.bytes(), "B");
    searcher = threads == 1 ? index.searcher() : index.searcher(executor, threads);
    slate = new Slate(k);
    check(answers());
  }

  /** Warms up an operation, whose allocation is then watched. */
  final void warmUp(Runnable operation) {
    WarmUp.ofThisFork().run(operation, false);
    Facts.observe(operation);
  }

  /** Searches for a vector, as it is timed. */
  void search(float[] vector) {
    searcher().search(vector, slate);
  }

  Searcher searcher() {
    if (searcher == null) {
      throw new IllegalStateException("the index is not built");
    }
    return searcher;
  }

  /**
   * Compares the first answers with the right ones, and counts what the searches look at.
   *
   * @throws WrongAnswer if they differ
   */
  void check(ExactAnswers answers) {
    SearchStats sum = new SearchStats(0, 0, 0, 0);
    int queries = Math.min(ExactAnswers.CHECKED, answers.ordinals().length);
    for (int q = 0; q < queries; q++) {
      search(data.queries()[q]);
      if (!answers.same(q, slate)) {
        throw new WrongAnswer(
            "strategy " + strategy + " answers query " + q + " otherwise than the scan: " + slate);
      }
      sum = sum.plus(searcher().stats());
    }
    Facts.put(Facts.RECALL, 1, "ratio");
    note(sum, queries);
  }

  /** Notes the counters of some operations. */
  static void note(SearchStats sum, double operations) {
    Facts.put("itemsScored", sum.itemsScored() / operations, "items/op");
    Facts.put("blocksVisited", sum.blocksVisited() / operations, "blocks/op");
    Facts.put("blocksPruned", sum.blocksPruned() / operations, "blocks/op");
    Facts.put("bytesRead", sum.bytesRead() / operations, "B/op");
  }
}
