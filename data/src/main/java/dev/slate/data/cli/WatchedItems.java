package dev.slate.data.cli;

import dev.slate.kernel.Catalog;
import java.util.concurrent.atomic.DoubleAccumulator;
import java.util.concurrent.atomic.LongAdder;

/**
 * Items from which an index is built, with progress on standard error: the number of rows that the
 * build has read. A strategy may read a row more than once and computes between these passes, so a
 * thread of its own prints the progress until this is closed.
 */
final class WatchedItems implements Catalog, AutoCloseable {
  private static final long TICK_MILLIS = 100;

  private final Catalog items;
  private final LongAdder read = new LongAdder();
  private final DoubleAccumulator smallest =
      new DoubleAccumulator(Math::min, Double.POSITIVE_INFINITY);
  private final Thread teller;

  /**
   * Starts to tell.
   *
   * @param items the items
   * @param progress closed with this
   */
  WatchedItems(Catalog items, RowProgress progress) {
    this.items = items;
    this.teller = Thread.ofPlatform().daemon().name("slate-progress").start(() -> tell(progress));
  }

  private void tell(RowProgress progress) {
    try (progress) {
      while (true) {
        Thread.sleep(TICK_MILLIS);
        progress.update(read.sum());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public int size() {
    return items.size();
  }

  @Override
  public int dimensions() {
    return items.dimensions();
  }

  @Override
  public void copyRows(int first, int count, float[] dst, int offset) {
    items.copyRows(first, count, dst, offset);
    read.add(count);
    watch(dst, offset, count * items.dimensions());
  }

  private void watch(float[] values, int offset, int length) {
    float least = Float.POSITIVE_INFINITY;
    for (int i = offset; i < offset + length; i++) {
      float magnitude = Math.abs(values[i]);
      least = Math.min(least, magnitude == 0 ? Float.POSITIVE_INFINITY : magnitude);
    }
    smallest.accumulate(least);
  }

  /** The smallest magnitude of a value that is not 0, among the rows read so far. */
  float smallest() {
    return (float) smallest.get();
  }

  @Override
  public boolean hasIds() {
    return items.hasIds();
  }

  @Override
  public long id(int ordinal) {
    return items.id(ordinal);
  }

  @Override
  public boolean hasBias() {
    return items.hasBias();
  }

  @Override
  public float bias(int ordinal) {
    return items.bias(ordinal);
  }

  /** Ends the telling; nothing is told once this returns. */
  @Override
  public void close() {
    teller.interrupt();
    try {
      teller.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
