package dev.slate.data.cli;

import dev.slate.kernel.Catalog;
import java.util.concurrent.atomic.LongAdder;

/**
 * Items from which an index is built, telling how many rows were read for it. A strategy may read a
 * row more than once and computes between the sweeps, so a thread of its own tells, with the time,
 * until this is closed.
 */
final class WatchedItems implements Catalog, AutoCloseable {
  private static final long TICK_MILLIS = 100;

  private final Catalog items;
  private final LongAdder read = new LongAdder();
  private final Thread teller;

  /**
   * Starts to tell.
   *
   * @param items what is read
   * @param progress closed with this
   */
  WatchedItems(Catalog items, Progress progress) {
    this.items = items;
    this.teller = Thread.ofPlatform().daemon().name("slate-progress").start(() -> tell(progress));
  }

  private void tell(Progress progress) {
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
