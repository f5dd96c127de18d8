package dev.slate.kernel;

import dev.slate.kernel.planner.Strategies;
import dev.slate.kernel.search.Engine;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Items laid out for search under one metric. Immutable and safe from many threads, each with a
 * {@link Searcher} of its own. It copies what it needs; the catalogue may be dropped after the
 * build.
 */
public final class Index {
  final Engine engine;
  final boolean biased;
  final long @Nullable [] ids;

  private final @Nullable Long2IntOpenHashMap ordinals;
  private final int size;
  private final Metric metric;
  private final Plan plan;

  Index(
      Engine engine,
      int size,
      Metric metric,
      Plan plan,
      boolean biased,
      long @Nullable [] ids,
      @Nullable Long2IntOpenHashMap ordinals) {
    this.engine = engine;
    this.size = size;
    this.metric = metric;
    this.plan = plan;
    this.biased = biased;
    this.ids = ids;
    this.ordinals = ordinals;
  }

  /**
   * Starts the building of an index.
   *
   * @param items what to search
   * @return a builder with metric EUCLIDEAN, a strategy chosen by the planner, and no other threads
   */
  public static IndexBuilder builder(Catalog items) {
    return new IndexBuilder(Objects.requireNonNull(items, "items"), Strategies.ALL);
  }

  /**
   * Creates a searcher that works on the calling thread.
   *
   * @return a searcher for one thread at a time
   */
  public Searcher searcher() {
    return new Searcher(this, null, 1);
  }

  /**
   * Creates a searcher that shares each search among threads.
   *
   * @param executor where the other threads run; may be busy or refuse, at the cost of speed only
   * @param threads how many threads take part, the caller included
   * @return a searcher for one calling thread at a time
   * @throws IllegalArgumentException if threads is below 1
   */
  public Searcher searcher(Executor executor, int threads) {
    return new Searcher(this, Objects.requireNonNull(executor, "executor"), threads);
  }

  /**
   * Number of items.
   *
   * @return n
   */
  public int size() {
    return size;
  }

  /**
   * Number of attributes.
   *
   * @return d
   */
  public int dimensions() {
    return engine.dimensions();
  }

  /**
   * The metric that it was built for.
   *
   * @return the metric
   */
  public Metric metric() {
    return metric;
  }

  /**
   * Which strategy serves, and why.
   *
   * @return the plan
   */
  public Plan plan() {
    return plan;
  }

  /**
   * Heap that the index holds, without the caller's ids.
   *
   * @return bytes
   */
  public long bytes() {
    return engine.bytes();
  }

  /**
   * Heap that the caller's ids take, in both directions. An estimate: the hash table grows by
   * doubling.
   *
   * @return bytes, about; 0 without ids
   */
  public long idBytes() {
    long table = ordinals == null ? 0 : 16L * ordinals.size() * 4 / 3;
    return (ids == null ? 0 : 8L * ids.length) + table;
  }

  /**
   * Finds an item by the caller's id. O(1).
   *
   * @param id the id
   * @return its ordinal, or -1 if there is no such item
   */
  public int ordinal(long id) {
    if (ordinals != null) {
      return ordinals.get(id);
    }
    return id >= 0 && id < size ? (int) id : -1;
  }
}
