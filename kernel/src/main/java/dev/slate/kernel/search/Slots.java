package dev.slate.kernel.search;

/**
 * The items as an {@link Engine} lays them out, for those that read rows back. Immutable and safe
 * from many threads.
 */
public interface Slots {
  /** Number of places for an item. */
  int count();

  /** The ordinal of the item at a place; -1 if there is none. */
  int ordinal(int slot);

  /** Whether an item's slot is its ordinal. */
  default boolean ordered() {
    return false;
  }

  /** Floats of an item: the bias, where there is one, and the attributes. */
  int width();

  /**
   * Copies an item.
   *
   * @param slot its place
   * @param to receives {@link #width} floats
   * @param at where they go
   */
  void read(int slot, float[] to, int at);
}
