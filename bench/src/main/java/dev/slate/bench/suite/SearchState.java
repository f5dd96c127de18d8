package dev.slate.bench.suite;

import dev.slate.bench.roofline.Roofline;
import dev.slate.kernel.Index;
import dev.slate.kernel.SearchStats;
import dev.slate.kernel.Searcher;
import dev.slate.kernel.Slate;
import dev.slate.kernel.Strategy;
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
  public Strategy strategy = Strategy.SCAN;

  Slate slate = new Slate(1);
  private @Nullable Searcher searcher;

  /** JMH creates it. */
  public SearchState() {}

  /** Builds the index and compares its answers with those of the scan. */
  @Setup(Level.Trial)
  public void build() throws IOException {
    load();
    long start = System.nanoTime();
    Index index =
        Index.builder(data.items())
            .metric(metric)
            .strategy(strategy)
            .executor(executor, Runtime.getRuntime().availableProcessors())
            .build();
    Facts.put(Facts.BUILD, (System.nanoTime() - start) / 1e6, "ms");
    Facts.put("indexBytes", (double) index.bytes(), "B");
    searcher = threads == 1 ? index.searcher() : index.searcher(executor, threads);
    slate = new Slate(k);
    check(answers());
    Facts.measureAllocation(() -> searcher().search(query(), slate));
  }

  Searcher searcher() {
    if (searcher == null) {
      throw new IllegalStateException("the index is not built");
    }
    return searcher;
  }

  private void check(Answers answers) {
    long items = 0;
    long visited = 0;
    long pruned = 0;
    long bytes = 0;
    int queries = answers.ordinals().length;
    long start = System.nanoTime();
    for (int q = 0; q < queries; q++) {
      searcher().search(data.queries()[q], slate);
      if (!answers.same(q, slate)) {
        throw new IllegalStateException(
            "strategy " + strategy + " answers query " + q + " otherwise than the scan: " + slate);
      }
      SearchStats stats = searcher().stats();
      items += stats.itemsScored();
      visited += stats.blocksVisited();
      pruned += stats.blocksPruned();
      bytes += stats.bytesRead();
    }
    Roofline.interleave((double) (System.nanoTime() - start) / queries);
    Facts.put(Facts.RECALL, 1, "ratio");
    Facts.put("itemsScored", (double) items / queries, "items/op");
    Facts.put("blocksVisited", (double) visited / queries, "blocks/op");
    Facts.put("blocksPruned", (double) pruned / queries, "blocks/op");
    Facts.put("bytesRead", (double) bytes / queries, "B/op");
  }
}
