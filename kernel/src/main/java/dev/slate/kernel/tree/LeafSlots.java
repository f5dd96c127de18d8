package dev.slate.kernel.tree;

import dev.slate.kernel.search.Slots;

/** The items of {@link Leaves}. */
final class LeafSlots implements Slots {
  private final Leaves leaves;

  LeafSlots(Leaves leaves) {
    this.leaves = leaves;
  }

  @Override
  public int count() {
    return leaves.count() * leaves.lanes;
  }

  @Override
  public int ordinal(int slot) {
    return leaves.ordinal(slot / leaves.lanes, slot % leaves.lanes);
  }

  @Override
  public int width() {
    return leaves.width;
  }

  @Override
  public void read(int slot, float[] to, int at) {
    int leaf = slot / leaves.lanes;
    float[] chunk = leaves.chunk(leaf);
    int from = leaves.offset(leaf) + slot % leaves.lanes;
    for (int j = 0; j < leaves.width; j++) {
      to[at + j] = chunk[from + j * leaves.lanes];
    }
  }
}
