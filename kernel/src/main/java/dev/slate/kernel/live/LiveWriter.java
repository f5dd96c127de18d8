package dev.slate.kernel.live;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.journal.Journal;
import dev.slate.kernel.journal.RowFormat;
import dev.slate.kernel.observe.Observer;
import dev.slate.kernel.search.Engine;
import dev.slate.kernel.select.GroupCounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a live index: a {@link LiveStore}, the lock under which it is written to, {@link
 * Merging} and {@link Saving} of its parts, and the {@link Journal} of a directory where there is
 * one. Safe from many threads.
 */
public final class LiveWriter {
  private static final int TAIL_BYTES = 1 << 18;
  private static final int FEWEST = 256;
  private static final int MOST = 4_096;

  private final LiveStore store;
  private final @Nullable Executor executor;
  private final ReentrantLock lock = new ReentrantLock();
  private final Merging merging;
  private final Observer observer;

  private @Nullable Journal journal;
  private @Nullable Saving saving;

  /**
   * Creates an empty store and its writer.
   *
   * @param dimensions number of attributes
   * @param biased whether each item begins with a bias
   * @param tailCapacity items of a tail, a multiple of 64; see {@link #tailCapacity}
   * @param builder lays rows out, on the thread that merges
   * @param executor where parts are merged; null for the thread that writes
   * @param observer is told of compactions, and of snapshots
   */
  public LiveWriter(
      int dimensions,
      boolean biased,
      int tailCapacity,
      Function<Catalog, Engine> builder,
      @Nullable Executor executor,
      Observer observer) {
    this.store = new LiveStore(dimensions, biased, tailCapacity, builder);
    this.executor = executor;
    this.observer = observer;
    this.merging = new Merging(store, lock, executor, observer);
  }

  /**
   * Items of a tail: a scan of them takes a few microseconds, or longer where rows are wide, as a
   * tail has {@link #FEWEST} items at least.
   */
  public static int tailCapacity(int width) {
    return Math.clamp(TAIL_BYTES / (4 * width), FEWEST, MOST) & -64;
  }

  /** A write, or several that become visible at once. */
  @FunctionalInterface
  public interface Change {
    /** Makes the change. */
    void apply(LiveWriter to);
  }

  /**
   * Adds the items that the index starts with, in the order of their places.
   *
   * @param groups their groups; null if none belongs to one
   */
  public void load(Engine engine, long[] ids, long[] places, int @Nullable [] groups) {
    lock.lock();
    try {
      store.load(engine, ids, places, groups);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Adds the items of a directory, and logs there what is written from now on. To be called first,
   * if at all.
   *
   * @param directory holds nothing else
   * @param format the format of the items
   * @param forced whether a write is forced to the disk before it counts
   * @throws IOException if a file is damaged or cannot be read or written
   */
  public void open(Path directory, RowFormat format, boolean forced) throws IOException {
    Recovery recovery = new Recovery(store, lock, merging, observer);
    try {
      Journal opened = Journal.open(directory, format, forced, recovery);
      journal = opened;
      saving = new Saving(store, opened, lock, merging, executor, observer);
    } finally {
      recovery.abandon();
    }
  }

  /**
   * Writes, and then merges what is due.
   *
   * <p>A change that fails halfway, for want of memory, leaves the items as they were: searches go
   * on, further writes are refused, and a directory holds nothing of the change.
   *
   * @param grouped whether an item that is written belongs to a group
   * @return the version at which it is visible
   * @throws IllegalStateException if the index is closed, or a change failed halfway
   */
  public long write(boolean grouped, Change change) {
    List<Compaction> mine = List.of();
    @Nullable Journal to = null;
    @Nullable Runnable due = null;
    long version;
    long frame = 0;
    lock.lock();
    try {
      merging.makeRoom();
      to = journal;
      if (to != null) {
        if (grouped) {
          to.allowGroups();
        }
        to.begin(store.version() + 1);
      }
      store.begin();
      boolean whole = false;
      try {
        change.apply(this);
        View next = store.next();
        frame = to == null ? 0 : to.end();
        store.publish(next);
        whole = true;
      } finally {
        if (!whole) {
          merging.stop();
          if (to != null) {
            to.abandon();
          }
        }
      }
      version = store.version();
      mine = merging.schedule();
      due = saving == null ? null : saving.due();
    } finally {
      lock.unlock();
      follow(to, frame, mine, due); // the write may be visible, also if an executor has thrown
    }
    return version;
  }

  /** Waits until a write is in the log, then merges and saves what is due. Without the lock. */
  private void follow(
      @Nullable Journal to, long frame, List<Compaction> mine, @Nullable Runnable due) {
    try {
      if (to != null) {
        to.await(frame);
      }
    } finally {
      try {
        merging.mergeAll(mine);
      } finally {
        if (due != null) {
          due.run();
        }
      }
    }
  }

  /**
   * Writes an item, within a {@link Change}.
   *
   * @param group its group, or {@link GroupCounts#NO_GROUP}
   */
  public void put(long id, float[] row, int group) {
    store.put(id, row, group);
    if (journal != null) {
      journal.put(id, row, group);
    }
  }

  /** Deletes an item, within a {@link Change}; false if there is none. */
  public boolean remove(long id) {
    boolean there = store.remove(id);
    if (there && journal != null) {
      journal.remove(id);
    }
    return there;
  }

  /**
   * Writes a snapshot of the items, which replaces the log so far. Others go on to search and
   * write.
   *
   * @throws IOException if it cannot be written; the files from before are still there
   */
  public void save() throws IOException {
    Saving to = saving;
    if (to == null) {
      merging.requireOpen();
    } else {
      to.saveNow();
    }
  }

  /** Takes scratch for a search. */
  public LiveSearch take() {
    merging.requireOpen();
    return store.take();
  }

  /** Searches the latest state. */
  public void search(LiveSearch search) {
    store.search(search);
  }

  /** Gives scratch back. */
  public void give(LiveSearch search) {
    store.give(search);
  }

  /** Finds the item of an id, as it is now; null if there is none. */
  public @Nullable Location find(long id) {
    Location found = new Location();
    return store.view().locate(id, found) ? found : null;
  }

  /** Number of writes, or batches of them, so far. */
  public long version() {
    return store.view().version();
  }

  /** Number of items. */
  public long size() {
    return store.view().size();
  }

  /** Number of segments and tails. */
  public int parts() {
    View view = store.view();
    return view.segments().length + view.frozen().length + 1;
  }

  /** Number of compactions that have ended. */
  public long compactions() {
    lock.lock();
    try {
      return merging.compactions();
    } finally {
      lock.unlock();
    }
  }

  /** Bytes of heap. */
  public long bytes() {
    return store.view().bytes();
  }

  /** Merges all parts into one, on the calling thread. Others go on to search and write. */
  public void compact() {
    merging.mergeEverything();
  }

  /** Refuses further writes and searches, and waits for what runs to stop. */
  public void close() {
    lock.lock();
    try {
      merging.close();
      if (saving != null) {
        saving.close();
      }
      Journal last = journal;
      journal = null; // also if it fails: a second close has nothing left to do
      if (last != null) {
        last.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lock.unlock();
    }
  }
}
