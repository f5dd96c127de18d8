package dev.slate.data.cli;

import dev.slate.kernel.SearchStats;
import dev.slate.kernel.Slate;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** All queries of a search, batch by batch: read, answered, checked, written. */
final class SearchRun {
  private static final int BATCH_FLOATS = 1 << 20;
  private static final int BATCH_ANSWERS = 1 << 20;
  private static final int MAX_BATCH = 1 << 13;
  private static final int UNBOUNDED_BATCH = 1 << 6;

  private final QueryRows rows;
  private final QueryWorkers search;
  private final AnswerWriter results;
  private final @Nullable GroundTruth truth;
  private final Exclusions exclusions;
  private final ScoreRange range;
  private long done;
  private long nanos;

  SearchRun(
      QueryRows rows,
      QueryWorkers search,
      AnswerWriter results,
      @Nullable GroundTruth truth,
      Exclusions exclusions,
      ScoreRange range) {
    this.exclusions = exclusions;
    this.range = range;
    this.rows = rows;
    this.search = search;
    this.results = results;
    this.truth = truth;
  }

  /**
   * Answers all queries.
   *
   * @param limit the most items in an answer; {@link Integer#MAX_VALUE} where there is no limit
   * @param progress is told after each batch
   */
  void all(int limit, RowProgress progress) {
    int d = rows.dimensions();
    int most = batch(limit, d);
    float[] batch = new float[most * d];
    Slate[] slates = new Slate[most];
    Arrays.setAll(slates, i -> limit == Integer.MAX_VALUE ? Slate.unbounded() : new Slate(limit));
    for (int count = rows.next(batch, most); count > 0; count = rows.next(batch, most)) {
      Slate[] some = count == most ? slates : Arrays.copyOf(slates, count);
      int[][] denied = exclusions.next(count);
      long start = System.nanoTime();
      search.search(batch, some, denied);
      nanos += System.nanoTime() - start;
      for (int i = 0; i < count; i++) {
        if (truth != null) {
          truth.add(Arrays.copyOfRange(batch, i * d, (i + 1) * d), some[i]);
        }
        range.add(some[i]);
        results.add(some[i]);
      }
      done += count;
      progress.update(done);
    }
    results.commit();
  }

  private static int batch(int limit, int d) {
    int answers = limit == Integer.MAX_VALUE ? UNBOUNDED_BATCH : BATCH_ANSWERS / limit;
    return Math.clamp(Math.min(answers, BATCH_FLOATS / d), 1, MAX_BATCH);
  }

  /**
   * Tells how long the searches took, and what they looked at. The process is young, so the time
   * includes that of compiling them.
   */
  void explain(int items, PrintWriter err) {
    double micros = nanos / 1e3;
    err.printf(
        Locale.ROOT,
        "search: %s for %d %s, %s each, JIT compilation included%n",
        Times.text(micros),
        done,
        done == 1 ? "query" : "queries",
        Times.text(micros / Math.max(1, done)));
    SearchStats stats = search.stats();
    err.printf(
        Locale.ROOT,
        "items scored: %d, %.3g %% of items x queries; blocks visited: %d, pruned: %d; bytes read: %d%n",
        stats.itemsScored(),
        100.0 * stats.itemsScored() / Math.max(1, done * items),
        stats.blocksVisited(),
        stats.blocksPruned(),
        stats.bytesRead());
  }
}
