package dev.slate.bench.suite;

import dev.slate.bench.dataset.DataSet;
import dev.slate.bench.dataset.ExactAnswers;
import dev.slate.bench.dataset.WrongAnswer;
import dev.slate.kernel.Catalog;
import dev.slate.kernel.Index;
import dev.slate.kernel.Searcher;
import dev.slate.kernel.Slate;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Two versions of a catalogue that differ in one item of a hundred. A thread builds one and the
 * other, again and again, and swaps each in when it is ready. An index is immutable: a reader looks
 * up which one is current, and creates a new searcher when that has changed.
 */
@State(Scope.Benchmark)
public class UpdateState extends Workload {
  /** Whether the thread that builds is at work; if not, the first version stays. */
  @Param({"false", "true"})
  public boolean updating;

  /** How the kernel finds the answer. */
  @Param("TREE")
  public StrategyChoice strategy = StrategyChoice.TREE;

  /** One item in this many is another in the next version. */
  private static final int REPLACED = 100;

  Slate slate = new Slate(1);
  private DataSet[] versions = {};
  private volatile Index current = Index.builder(Catalog.of(new float[0], 1)).build();
  private volatile @Nullable Throwable failure;
  private Index searched = current;
  private Searcher searcher = current.searcher();

  /** JMH creates it. */
  public UpdateState() {}

  /**
   * Builds both versions, compares their answers with those of the scan, warms up and lets the
   * builder begin.
   *
   * @throws WrongAnswer if an answer differs
   */
  @Setup(Level.Trial)
  public void begin() {
    prepare();
    WarmUp.ofThisFork().run(() -> search(query()), updating);
    if (updating) {
      executor.execute(this::update);
    }
  }

  /** Builds both versions, compares their answers with those of the scan, and publishes one. */
  final void prepare() {
    load();
    float[] rows = new float[n * d];
    data.items().copyRows(0, n, rows, 0);
    float[] changed = rows.clone();
    for (int i = 0; i + REPLACED < n; i += REPLACED) {
      System.arraycopy(rows, (i + REPLACED / 2) * d, changed, i * d, d);
    }
    versions =
        new DataSet[] {
          new DataSet(Catalog.of(changed, d), data.queries()),
          new DataSet(Catalog.of(rows, d), data.queries())
        };
    slate = new Slate(k);
    for (DataSet version : versions) {
      long start = System.nanoTime();
      current = build(version);
      Facts.put(Facts.BUILD, (System.nanoTime() - start) / 1e6, "ms");
      int processors = Runtime.getRuntime().availableProcessors();
      ExactAnswers.find(version, metric, k, executor, processors)
          .require(current, version.queries(), k);
    }
  }

  /**
   * Searches the version that is current, as a reader does.
   *
   * @throws IllegalStateException if the builder has failed
   */
  void search(float[] query) {
    if (failure != null) {
      throw new IllegalStateException("no more updates", failure);
    }
    Index now = current;
    if (searched != now) {
      searched = now;
      searcher = now.searcher();
    }
    searcher.search(query, slate);
  }

  /** Builds the next version, beside the searches, and swaps it in. */
  void swap(int next) {
    current = build(versions[next]);
  }

  /** The versions: the last one is current at first. */
  DataSet version(int i) {
    return versions[i];
  }

  private void update() {
    try {
      for (int next = 0; !executor.isShutdown(); next = 1 - next) {
        swap(next);
      }
    } catch (RuntimeException | Error e) {
      failure = e;
    }
  }

  private Index build(DataSet version) {
    return strategy.tell(Index.builder(version.items())).metric(metric).expectedK(k).build();
  }
}
