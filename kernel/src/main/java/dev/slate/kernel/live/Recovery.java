package dev.slate.kernel.live;

import dev.slate.kernel.journal.Items;
import dev.slate.kernel.layout.RowChunks;
import dev.slate.kernel.observe.Observer;
import it.unimi.dsi.fastutil.longs.LongArrays;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Fills a store with items and writes from files. */
final class Recovery implements Items {
  private final LiveStore store;
  private final ReentrantLock lock;
  private final Merging merging;
  private final Observer observer;

  Recovery(LiveStore store, ReentrantLock lock, Merging merging, Observer observer) {
    this.observer = observer;
    this.store = store;
    this.lock = lock;
    this.merging = merging;
  }

  @Override
  public LongConsumer reading(Path file, long bytes) {
    return observer.opening(file, bytes);
  }

  @Override
  public void load(
      long[] ids,
      long[] places,
      int @Nullable [] groups,
      RowChunks rows,
      long version,
      long nextPlace) {
    int n = ids.length;
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    LongArrays.radixSortIndirect(order, places, true);
    long[] orderedIds = new long[n];
    long[] orderedPlaces = new long[n];
    int[] orderedGroups = groups == null ? null : new int[n];
    MergedRows ordered = new MergedRows(n, store.dimensions, store.biased);
    for (int i = 0; i < n; i++) {
      int item = order[i];
      orderedIds[i] = ids[item];
      orderedPlaces[i] = places[item];
      if (groups != null && orderedGroups != null) {
        orderedGroups[i] = groups[item];
      }
      rows.copy(item, 1, ordered.chunk(i), ordered.offset(i));
    }
    lock.lock();
    try {
      if (n > 0) {
        store.load(store.builder().apply(ordered), orderedIds, orderedPlaces, orderedGroups);
      }
      store.resume(version, nextPlace);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void begin(Path file, long version) throws IOException {
    lock.lock();
    merging.makeRoom();
    store.begin();
    if (version != store.version()) {
      throw new IOException(
          file + ": jumps from write " + (store.version() - 1) + " to write " + version);
    }
  }

  @Override
  public void put(long id, float[] row, int group) {
    store.put(id, row, group);
  }

  @Override
  public void remove(long id) {
    store.remove(id);
  }

  @Override
  public void end() {
    store.publish();
    List<Compaction> mine = merging.schedule();
    lock.unlock();
    merging.mergeAll(mine);
  }

  @Override
  public void cut(Path log, long end, Path kept) {
    observer.cut(log, end, kept);
  }

  /** Releases the lock if a write was begun and not ended. */
  void abandon() {
    if (lock.isHeldByCurrentThread()) {
      lock.unlock();
    }
  }
}
