package dev.slate.kernel.search;

import dev.slate.kernel.layout.Blocks;
import org.jspecify.annotations.Nullable;

/** The items of {@link Blocks}. */
public final class BlockSlots implements Slots {
  private final Blocks blocks;
  private final int @Nullable [] ordinals;

  /**
   * Shows blocks.
   *
   * @param blocks the items
   * @param ordinals the ordinal of each item in the order of the blocks; null if it is its position
   */
  public BlockSlots(Blocks blocks, int @Nullable [] ordinals) {
    this.blocks = blocks;
    this.ordinals = ordinals;
  }

  @Override
  public int count() {
    return blocks.size();
  }

  @Override
  public int ordinal(int slot) {
    return ordinals == null ? slot : ordinals[slot];
  }

  @Override
  public boolean ordered() {
    return ordinals == null;
  }

  @Override
  public int width() {
    return blocks.rows();
  }

  @Override
  public void read(int slot, float[] to, int at) {
    int block = slot / Blocks.SIZE;
    float[] chunk = blocks.chunk(block);
    int from = blocks.offset(block, slot % Blocks.SIZE);
    for (int j = 0; j < blocks.rows(); j++) {
      to[at + j] = chunk[from + j * Blocks.STRIP];
    }
  }
}
