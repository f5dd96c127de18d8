package dev.slate.kernel.search;

import dev.slate.kernel.Metric;
import dev.slate.kernel.query.CompiledQuery;
import dev.slate.kernel.rows.Normalizer;
import dev.slate.kernel.select.TopK;

/** One thread's scratch for searches: a cursor, a compiled query, a selection, and counters. */
public final class SearchContext {
  /** The thread's search of the engine. */
  public final Cursor cursor;

  /** The query of this thread; other threads may search it too. */
  public final CompiledQuery query = new CompiledQuery();

  /** The best items that this thread has met. */
  public final TopK best = new TopK();

  /** Counts of this thread's work. */
  public final Counters counters = new Counters();

  /** The items that a query of this thread denies by id. */
  public final DeniedIds denied = new DeniedIds();

  /** Whether this thread has taken part in the search. */
  public boolean started;

  private final boolean normalise;
  private final float[] row;

  /**
   * Creates the scratch of one thread.
   *
   * @param engine what is searched
   * @param metric how items are scored
   * @param biased whether row 0 of each block holds biases
   */
  public SearchContext(Engine engine, Metric metric, boolean biased) {
    this.cursor = engine.cursor();
    this.normalise = metric == Metric.COSINE;
    this.row = new float[engine.dimensions()];
    query.d = engine.dimensions();
    query.dot = metric.largerIsBetter();
    query.biased = biased;
  }

  /** Whether queries are brought to length 1. */
  public boolean normalises() {
    return normalise;
  }

  /**
   * A vector as the query computes with it: itself, or a copy of length 1 that lasts until the next
   * call.
   *
   * @param vector d checked attributes
   */
  public float[] operand(float[] vector) {
    if (!normalise) {
      return vector;
    }
    System.arraycopy(vector, 0, row, 0, row.length);
    Normalizer.normalise(row, 0, row.length);
    return row;
  }

  /**
   * Makes a row of a batch the query, without conditions, and starts the selection.
   *
   * @param queries checked rows of d
   * @param i the row
   * @param k number of items wanted
   */
  public void start(float[] queries, int i, int k) {
    System.arraycopy(queries, i * row.length, row, 0, row.length);
    if (normalise) {
      Normalizer.normalise(row, 0, row.length);
    }
    query.plain(row, k);
    query.start(best);
  }

  /** Does this thread's share of a query, which may be another context's. */
  public void search(CompiledQuery shared, SharedSearch share) {
    counters.reset();
    shared.start(best);
    started = true;
    cursor.search(shared, best, share, counters);
  }
}
