package dev.slate.kernel.layout;

import it.unimi.dsi.fastutil.Hash;
import it.unimi.dsi.fastutil.HashCommon;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds an item's ordinal by the caller's id: a hash table of 16 to 32 bytes an item. It may be
 * left unfilled until somebody asks. Safe from many threads.
 */
public final class OrdinalsById {
  private final Ids ids;
  private volatile @Nullable Long2IntOpenHashMap table;

  /**
   * Leaves the table unfilled: the first call of {@link #get} or {@link #fill} reads all ids, O(n).
   *
   * @param ids by ordinal
   */
  public OrdinalsById(Ids ids) {
    this.ids = ids;
  }

  /**
   * Fills the table at once. O(n).
   *
   * @param ids by ordinal
   * @throws IllegalArgumentException if an id repeats, naming the rows
   */
  public static OrdinalsById filled(Ids ids) {
    OrdinalsById ordinals = new OrdinalsById(ids);
    ordinals.fill();
    return ordinals;
  }

  /**
   * Bytes of heap of the table of a number of ids, at most three quarters full: a long and an int
   * for each slot, and for one slot more.
   */
  public static long bytes(int count) {
    return (HashCommon.arraySize(count, Hash.DEFAULT_LOAD_FACTOR) + 1L)
        * (Long.BYTES + Integer.BYTES);
  }

  /** The ordinal of an id; -1 if no item has it. O(1) once the table is filled. */
  public int get(long id) {
    Long2IntOpenHashMap filled = table;
    return (filled == null ? table() : filled).get(id);
  }

  /** Fills the table, unless it is filled. */
  public void fill() {
    table();
  }

  private synchronized Long2IntOpenHashMap table() {
    Long2IntOpenHashMap filled = table;
    if (filled == null) {
      filled = new Long2IntOpenHashMap(ids.count());
      filled.defaultReturnValue(-1);
      for (int i = 0; i < ids.count(); i++) {
        int before = filled.put(ids.get(i), i);
        if (before >= 0) {
          throw new IllegalArgumentException(
              "id " + ids.get(i) + " is that of row " + before + " already, row " + i);
        }
      }
      table = filled;
    }
    return filled;
  }
}
