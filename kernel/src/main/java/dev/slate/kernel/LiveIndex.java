package dev.slate.kernel;

import dev.slate.kernel.live.LiveSearch;
import dev.slate.kernel.live.LiveWriter;
import dev.slate.kernel.live.Location;
import dev.slate.kernel.observe.Observer;
import dev.slate.kernel.select.GroupCounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Items that are inserted, replaced and deleted while others search. The answer of a search has the
 * bits and the order of an {@link Index} that is built of the same items at that moment. Of items
 * with equal scores the one that was inserted earlier comes first. An upsert that replaces an item
 * keeps its place in that order; an id that is inserted again after its deletion comes last.
 *
 * <p>Every method may be called by any thread, platform or virtual. A search sees the latest state
 * of the items, and neither waits for writes nor delays them; its scratch comes from a pool, so it
 * allocates nothing once warm. Writes are made one after the other. A {@link LiveBatch} becomes
 * visible at once. A write that runs out of memory has no effect; later writes are refused and
 * searches go on, as when the directory cannot be written. A write to a directory is visible before
 * it is durable. If it cannot be stored, it throws {@link UncheckedIOException}; searches see the
 * item until the index is closed, and it may be missing when the directory is opened again.
 *
 * <p>Written items go to a tail of 256 to 4,096 items, which is scanned. The {@link
 * LiveIndexBuilder#executor} merges tails into immutable segments whose sizes double: there are
 * O(log n) segments, and an item is laid out O(log n) times. Where merging falls behind, writes
 * wait for it.
 *
 * <p>Heap: that of an Index of the same items and strategy; 14 to 22 bytes an item for ids and
 * places; 4 bytes an item for groups, in segments where an item has one; up to a third of all for
 * rows that were replaced and not merged away yet; and during a merge twice the merged part.
 *
 * {@snippet :
 * try (LiveIndex live = LiveIndex.builder(d).open(directory)) {
 *   live.upsert(42, row);
 *   Slate slate = new Slate(10);
 *   live.search(query, slate);
 *   live.delete(42);
 * }
 * }
 */
public final class LiveIndex implements AutoCloseable {
  private final LiveRows rows;
  private final LiveWriter writer;
  private final Observer observer;

  LiveIndex(LiveRows rows, LiveWriter writer, Observer observer) {
    this.rows = rows;
    this.writer = writer;
    this.observer = observer;
  }

  /**
   * Starts the building of a live index.
   *
   * @param d number of attributes, 1..65,536
   * @return a builder with metric EUCLIDEAN and no items
   * @throws IllegalArgumentException if d is out of range
   */
  public static LiveIndexBuilder builder(int d) {
    return new LiveIndexBuilder(d);
  }

  /**
   * Inserts an item, or replaces its row and takes its bias and group away. O(d), and a share of
   * merging.
   *
   * @param id the caller's id
   * @param row d finite attributes; copied
   * @throws IllegalArgumentException if the row has another length, or holds NaN or an infinity,
   *     naming the column
   * @throws IllegalStateException if the index is closed, or takes no writes any more
   * @throws UncheckedIOException if the index has a directory that cannot be written
   */
  public void upsert(long id, float... row) {
    upsert(id, row, 0f);
  }

  /**
   * Inserts an item with a bias, or replaces its row and bias and takes its group away.
   *
   * @param id the caller's id
   * @param row d finite attributes; copied
   * @param bias a finite number; not 0 only where the index is {@link LiveIndexBuilder#biased}
   * @throws IllegalArgumentException if the row has another length, a number is not finite, or
   *     there is a bias where the index has none
   * @throws IllegalStateException if the index is closed, or takes no writes any more
   * @throws UncheckedIOException if the index has a directory that cannot be written
   */
  public void upsert(long id, float[] row, float bias) {
    upsert(id, row, bias, GroupCounts.NO_GROUP);
  }

  /**
   * Inserts an item with a bias and a group, or replaces its row, bias and group. In a directory,
   * the first item with a group begins a file of a format that older versions refuse.
   *
   * @param id the caller's id
   * @param row d finite attributes; copied
   * @param bias a finite number; not 0 only where the index is {@link LiveIndexBuilder#biased}
   * @param group of which {@link Query#atMost(int)} limits the number; {@link Query#NO_GROUP} for
   *     an item that belongs to none
   * @throws IllegalArgumentException if the row has another length, a number is not finite, or
   *     there is a bias where the index has none
   * @throws IllegalStateException if the index is closed, or takes no writes any more
   * @throws UncheckedIOException if the index has a directory that cannot be written
   */
  public void upsert(long id, float[] row, float bias, int group) {
    rows.check(row, bias);
    float[] stored = rows.stored(row, bias);
    writer.write(group != GroupCounts.NO_GROUP, to -> to.put(id, stored, group));
  }

  /**
   * Deletes an item.
   *
   * @param id the caller's id
   * @return whether there was one
   * @throws IllegalStateException if the index is closed, or takes no writes any more
   * @throws UncheckedIOException if the index has a directory that cannot be written
   */
  public boolean delete(long id) {
    boolean[] there = new boolean[1];
    writer.write(false, to -> there[0] = to.remove(id));
    return there[0];
  }

  /**
   * Makes the writes and deletions of a batch, in their order. A search sees all of them or none.
   * O(m d) for m writes, see {@link LiveBatch} for many.
   *
   * @param batch of the same d
   * @return the version at which they are visible
   * @throws IllegalArgumentException if the batch has another d, a bias where the index has none,
   *     or would take more than 256 MiB in a log
   * @throws IllegalStateException if the index is closed, or takes no writes any more
   * @throws UncheckedIOException if the index has a directory that cannot be written
   */
  public long apply(LiveBatch batch) {
    rows.check(batch);
    float[] row = new float[rows.dimensions()];
    return writer.write(
        batch.grouped(),
        to -> {
          for (int i = 0; i < batch.size(); i++) {
            if (batch.deletes(i)) {
              to.remove(batch.id(i));
            } else {
              batch.copyRow(i, row);
              to.put(batch.id(i), rows.stored(row, batch.bias(i)), batch.group(i));
            }
          }
        });
  }

  /**
   * Finds the best items for a query. Time: a search of each segment, as {@link Searcher} says for
   * the strategy, and O(d) for each of up to 4,096 items of each tail. The k-th best so far bounds
   * the next part.
   *
   * @param query d finite attributes
   * @param out receives the k best
   * @throws IllegalArgumentException if the query has another length or an attribute is not finite,
   *     naming its column
   * @throws IllegalStateException if the index is closed
   */
  public void search(float[] query, Slate out) {
    Objects.requireNonNull(out, "out");
    LiveSearch search = writer.take();
    try {
      rows.compile(query, search);
      search.request.clear();
      find(search, out);
    } finally {
      writer.give(search);
    }
  }

  /**
   * Finds the best items for a query with conditions.
   *
   * @param query the query; filters by {@link Query#allowIds} and {@link Query#denyIds} and groups
   *     by {@link Query#atMost(int)}, since items have no ordinals; {@link Query#after} takes the
   *     {@link Slate#place} of an item
   * @param out receives the k best that meet the conditions
   * @throws IllegalArgumentException as {@link Searcher#search(Query, Slate)}, and if the query has
   *     an {@link ItemSet} or groups of its own
   * @throws IllegalStateException if the index is closed
   */
  public void search(Query query, Slate out) {
    Objects.requireNonNull(out, "out");
    LiveSearch search = writer.take();
    try {
      rows.compile(query.vector, search);
      QueryCompiler.conditions(query, rows.metric(), rows.dimensions(), search.request);
      find(search, out);
    } finally {
      writer.give(search);
    }
  }

  private void find(LiveSearch search, Slate out) {
    long begun = observer.beginSearch();
    search.request.k = out.k();
    writer.search(search);
    out.set(search, rows.metric());
    if (observer.isSlow(begun)) {
      observer.slowSearch(begun, SearchStats.of(search.counters));
    }
  }

  /**
   * Copies an item's attributes. O(d).
   *
   * @param id the caller's id
   * @param row receives d floats; for COSINE the normalised ones
   * @return whether there is such an item
   * @throws IllegalArgumentException if the row has another length
   */
  public boolean copyRow(long id, float[] row) {
    rows.checkTarget(row);
    Location found = writer.find(id);
    if (found == null) {
      return false;
    }
    rows.copy(found, row);
    return true;
  }

  /**
   * Copies an item with what belongs to it, all as of one moment. O(d).
   *
   * @param id the caller's id
   * @return the item; null if there is none
   */
  public @Nullable LiveItem item(long id) {
    Location found = writer.find(id);
    return found == null ? null : rows.item(id, found);
  }

  /**
   * Tells whether there is an item. O(1).
   *
   * @param id the caller's id
   * @return whether it was inserted and not deleted since
   */
  public boolean contains(long id) {
    return writer.find(id) != null;
  }

  /**
   * Number of items. O(1).
   *
   * @return n
   */
  public long size() {
    return writer.size();
  }

  /**
   * Number of writes so far; a batch counts as one. Searches that see equal versions give equal
   * answers.
   *
   * @return the version that a search would see
   */
  public long version() {
    return writer.version();
  }

  /**
   * Number of attributes.
   *
   * @return d
   */
  public int dimensions() {
    return rows.dimensions();
  }

  /**
   * The metric.
   *
   * @return how items are scored
   */
  public Metric metric() {
    return rows.metric();
  }

  /**
   * Whether items may have a bias, as {@link LiveIndexBuilder#biased} says.
   *
   * @return false where a write with a bias other than 0 is refused
   */
  public boolean biased() {
    return rows.biased();
  }

  /**
   * Number of parts that a search visits, segments and tails.
   *
   * @return at least 1; O(log n) when merging keeps up
   */
  public int parts() {
    return writer.parts();
  }

  /**
   * Number of times that parts were merged.
   *
   * @return compactions that have ended
   */
  public long compactions() {
    return writer.compactions();
  }

  /**
   * Heap that the items hold.
   *
   * @return bytes, including ids and replaced rows that wait to be merged away
   */
  public long bytes() {
    return writer.bytes();
  }

  /**
   * Merges all parts into one, on the calling thread, while others search and write. O(n) and more,
   * as the building of an {@link Index} is.
   *
   * @throws IllegalStateException if the index is closed, or takes no writes any more
   */
  public void compact() {
    writer.compact();
  }

  /**
   * Writes a snapshot of the items into the directory, which replaces the log of writes so far, so
   * that the next opening has less to replay. Others go on to search and write. Happens by itself
   * when the log has grown. Does nothing where there is no directory.
   *
   * @throws IOException if it cannot be written; nothing is lost then
   * @throws IllegalStateException if the index is closed
   */
  public void save() throws IOException {
    writer.save();
  }

  /**
   * Refuses further searches and writes, and waits for merges to stop. Searches that have begun go
   * on to their end.
   *
   * @throws UncheckedIOException if the last writes could not be brought to the disk
   */
  @Override
  public void close() {
    writer.close();
  }

  /** The numbers of items, attributes and parts, and the metric, for a log. */
  @Override
  public String toString() {
    return "LiveIndex[n="
        + size()
        + ", d="
        + dimensions()
        + ", "
        + metric()
        + ", parts="
        + parts()
        + "]";
  }
}
