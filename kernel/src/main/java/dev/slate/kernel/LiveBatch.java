package dev.slate.kernel;

import dev.slate.kernel.catalog.ArrayCatalog;
import dev.slate.kernel.select.GroupCounts;
import java.util.Arrays;
import java.util.Objects;

/**
 * Writes and deletions that a {@link LiveIndex} makes visible at once, in their order. Reusable:
 * {@link #clear} keeps the memory. Heap: 4 d + 20 bytes a write, 20 bytes a deletion, and up to as
 * much again. In a batch of more than about ten thousand writes, each write also searches the
 * writes of the batch that are not merged yet: O(m^2) for m writes. Not thread-safe.
 *
 * {@snippet :
 * LiveIndex live = LiveIndex.builder(d).build();
 * LiveBatch batch = new LiveBatch(d);
 * batch.upsert(42, row);
 * batch.delete(7);
 * live.apply(batch);
 * }
 */
public final class LiveBatch {
  private static final int DELETION = -1;

  private final int d;

  /** Of the writes alone, d floats each. */
  private float[] rows = {};

  private float[] biases = {};
  private int[] groups = {};
  private long[] ids = {};

  /** The row of each write; {@link #DELETION} otherwise. */
  private int[] rowOf = {};

  private int size;
  private int writes;

  /** Whether a write has a group. */
  private boolean grouped;

  /**
   * Creates an empty batch.
   *
   * @param d number of attributes of the index, 1..65,536
   * @throws IllegalArgumentException if d is out of range
   */
  public LiveBatch(int d) {
    ArrayCatalog.checkDimensions(d);
    this.d = d;
  }

  /**
   * Adds a write.
   *
   * @param id the caller's id
   * @param row d finite attributes; copied
   * @return this
   * @throws IllegalArgumentException if the row has another length, holds NaN or an infinity, or
   *     the batch would take more than 256 MiB in a log
   */
  public LiveBatch upsert(long id, float... row) {
    return upsert(id, row, 0f);
  }

  /**
   * Adds a write with a bias.
   *
   * @param id the caller's id
   * @param row d finite attributes; copied
   * @param bias a finite number; not 0 only where the index is {@link LiveIndexBuilder#biased}
   * @return this
   * @throws IllegalArgumentException if the row has another length, a number is not finite, or the
   *     batch would take more than 256 MiB in a log
   */
  public LiveBatch upsert(long id, float[] row, float bias) {
    return upsert(id, row, bias, GroupCounts.NO_GROUP);
  }

  /**
   * Adds a write with a bias and a group.
   *
   * @param id the caller's id
   * @param row d finite attributes; copied
   * @param bias a finite number; not 0 only where the index is {@link LiveIndexBuilder#biased}
   * @param group of which {@link Query#atMost(int)} limits the number; {@link Query#NO_GROUP} for
   *     an item that belongs to none
   * @return this
   * @throws IllegalArgumentException if the row has another length, a number is not finite, or the
   *     batch would take more than 256 MiB in a log
   */
  public LiveBatch upsert(long id, float[] row, float bias, int group) {
    LiveRows.check(row, bias, d);
    LiveRows.checkSize(writes + 1, size - writes, d);
    if (writes * d == rows.length) {
      rows = Arrays.copyOf(rows, Math.max(16, 2 * writes) * d);
    }
    System.arraycopy(row, 0, rows, writes * d, d);
    add(id, writes++);
    biases[size - 1] = bias;
    groups[size - 1] = group;
    grouped |= group != GroupCounts.NO_GROUP;
    return this;
  }

  /**
   * Adds a deletion; of an id that is not there it does nothing.
   *
   * @param id the caller's id
   * @return this
   * @throws IllegalArgumentException if the batch would take more than 256 MiB in a log
   */
  public LiveBatch delete(long id) {
    LiveRows.checkSize(writes, size - writes + 1, d);
    add(id, DELETION);
    return this;
  }

  /**
   * Number of writes and deletions.
   *
   * @return how many were added since the last {@link #clear}
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
    return d;
  }

  /**
   * Empties the batch.
   *
   * @return this
   */
  public LiveBatch clear() {
    size = 0;
    writes = 0;
    grouped = false;
    return this;
  }

  long id(int i) {
    return ids[Objects.checkIndex(i, size)];
  }

  /** Number of writes, without the deletions. */
  int writes() {
    return writes;
  }

  boolean deletes(int i) {
    return rowOf[i] == DELETION;
  }

  float bias(int i) {
    return biases[i];
  }

  int group(int i) {
    return groups[i];
  }

  boolean grouped() {
    return grouped;
  }

  void copyRow(int i, float[] to) {
    System.arraycopy(rows, rowOf[i] * d, to, 0, d);
  }

  private void add(long id, int row) {
    if (size == ids.length) {
      int capacity = Math.max(16, 2 * size);
      biases = Arrays.copyOf(biases, capacity);
      groups = Arrays.copyOf(groups, capacity);
      ids = Arrays.copyOf(ids, capacity);
      rowOf = Arrays.copyOf(rowOf, capacity);
    }
    rowOf[size] = row;
    ids[size++] = id;
  }
}
