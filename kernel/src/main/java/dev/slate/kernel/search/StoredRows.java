package dev.slate.kernel.search;

import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a layout by ordinal. Where ordinals are not in the order of the layout, the
 * first read lists their slots, 4 bytes an item. Safe from many threads.
 */
public final class StoredRows {
  private final Engine engine;
  private final int size;
  private volatile @Nullable Slots slots;
  private volatile int @Nullable [] slotOf;

  /**
   * Reads a layout.
   *
   * @param engine the layout
   * @param size number of items
   */
  public StoredRows(Engine engine, int size) {
    this.engine = engine;
    this.size = size;
  }

  /** The layout. */
  public Engine engine() {
    return engine;
  }

  /** Number of items. */
  public int size() {
    return size;
  }

  /**
   * Copies an item.
   *
   * @param ordinal which
   * @param to receives the bias, where there is one, and the attributes
   * @param at where they go
   */
  public void read(int ordinal, float[] to, int at) {
    Slots known = slots;
    if (known == null) {
      known = engine.slots();
      slots = known;
    }
    read(known, ordinal, to, at);
  }

  private void read(Slots slots, int ordinal, float[] to, int at) {
    slots.read(slots.ordered() ? ordinal : table(slots)[ordinal], to, at);
  }

  /** Bytes of heap that the list of slots takes. */
  public long bytes() {
    int[] known = slotOf;
    return known == null ? 0 : 4L * known.length;
  }

  /** Built twice where two threads come first, with the same content. */
  private int[] table(Slots slots) {
    int[] known = slotOf;
    if (known == null) {
      known = new int[size];
      for (int slot = 0; slot < slots.count(); slot++) {
        int ordinal = slots.ordinal(slot);
        if (ordinal >= 0) {
          known[ordinal] = slot;
        }
      }
      slotOf = known;
    }
    return known;
  }
}
