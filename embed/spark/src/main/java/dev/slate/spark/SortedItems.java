package dev.slate.spark;

import dev.slate.kernel.Catalog;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The items of a shard in ascending order of their ids, as a catalogue: ordinals are places in that
 * order, so the kernel's smaller ordinal is the smaller id. Rows stay in the blocks that they came
 * in.
 */
final class SortedItems implements Catalog {
  private final List<ItemBlock> blocks;
  private final IdColumn ids;
  private final int[] blockOf;
  private final int[] rowOf;
  private final int d;
  private final boolean biased;

  /**
   * Sorts items. O(n log n), 12 bytes an item beside their ids.
   *
   * @param blocks at least one; all with biases or none
   * @throws InputException if an id is there twice or items differ in d, naming ids
   */
  SortedItems(List<ItemBlock> blocks) {
    this.blocks = blocks;
    ItemBlock first = blocks.getFirst();
    this.d = first.dimensions();
    this.biased = first.biases() != null;
    IdColumn.Builder gathered = IdColumn.Builder.like(first.ids());
    int n = blocks.stream().mapToInt(ItemBlock::size).reduce(0, Math::addExact);
    int[] block = new int[n];
    int[] row = new int[n];
    int at = 0;
    for (int b = 0; b < blocks.size(); b++) {
      ItemBlock each = blocks.get(b);
      check(each, first);
      for (int i = 0; i < each.size(); i++) {
        gathered.add(each.ids(), i);
        block[at] = b;
        row[at++] = i;
      }
    }
    IdColumn unsorted = gathered.build();
    int[] order = unsorted.ascending();
    this.blockOf = new int[n];
    this.rowOf = new int[n];
    for (int i = 0; i < n; i++) {
      int from = order[i];
      if (i > 0 && unsorted.compare(order[i - 1], unsorted, from) == 0) {
        throw new InputException("item " + unsorted.toString(from) + ": this id is there twice");
      }
      gathered.add(unsorted, from);
      blockOf[i] = block[from];
      rowOf[i] = row[from];
    }
    this.ids = gathered.build();
  }

  private static void check(ItemBlock block, ItemBlock first) {
    if (block.dimensions() != first.dimensions()) {
      throw differ(
          block.ids().toString(0), block.dimensions(), first.ids().toString(0), first.dimensions());
    }
  }

  /** Two items that differ in d. */
  static InputException differ(String id, int d, String otherId, int otherD) {
    return new InputException(
        "item " + id + ": has " + d + " features, but item " + otherId + " has " + otherD);
  }

  IdColumn ids() {
    return ids;
  }

  @Override
  public int size() {
    return ids.size();
  }

  @Override
  public int dimensions() {
    return d;
  }

  @Override
  public void copyRows(int first, int count, float[] dst, int offset) {
    for (int i = 0; i < count; i++) {
      float[] rows = blocks.get(blockOf[first + i]).rows();
      System.arraycopy(rows, rowOf[first + i] * d, dst, offset + i * d, d);
    }
  }

  @Override
  public boolean hasBias() {
    return biased;
  }

  @Override
  public float bias(int ordinal) {
    float[] biases = blocks.get(blockOf[ordinal]).biases();
    return biases == null ? 0f : biases[rowOf[ordinal]];
  }

  /** The items in order, in blocks of a size; each is made when it is asked for. */
  Iterator<ItemBlock> inBlocks(int rowsPerBlock) {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < size();
      }

      @Override
      public ItemBlock next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        ItemBlock block = block(next, Math.min(rowsPerBlock, size() - next));
        next += block.size();
        return block;
      }
    };
  }

  private ItemBlock block(int first, int count) {
    IdColumn.Builder some = IdColumn.Builder.like(ids);
    float[] rows = new float[count * d];
    float[] biases = biased ? new float[count] : null;
    copyRows(first, count, rows, 0);
    for (int i = 0; i < count; i++) {
      some.add(ids, first + i);
      if (biases != null) {
        biases[i] = bias(first + i);
      }
    }
    return new ItemBlock(some.build(), rows, biases);
  }
}
