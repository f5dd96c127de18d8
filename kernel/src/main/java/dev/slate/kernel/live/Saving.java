package dev.slate.kernel.live;

import dev.slate.kernel.journal.Journal;
import dev.slate.kernel.journal.Snapshot;
import dev.slate.kernel.observe.FileEvent;
import dev.slate.kernel.observe.Observer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Writes snapshots of a store, one at a time, that replace the log so far. */
final class Saving {
  private static final Logger LOG = System.getLogger("dev.slate.kernel");

  /** Least size of the log, in bytes, at which a snapshot is due. */
  private static final long FEWEST = 1L << 26;

  private final LiveStore store;
  private final Journal journal;
  private final ReentrantLock lock;
  private final Condition ended;
  private final Merging merging;
  private final @Nullable Executor executor;
  private final Observer observer;

  // All guarded by the lock.

  /** Whether a task to write a snapshot is with the executor, or about to be. */
  private boolean queued;

  /** Whether a snapshot is being written. */
  private boolean running;

  /** Bytes of log above which a snapshot is due. */
  private long threshold = FEWEST;

  Saving(
      LiveStore store,
      Journal journal,
      ReentrantLock lock,
      Merging merging,
      @Nullable Executor executor,
      Observer observer) {
    this.store = store;
    this.journal = journal;
    this.lock = lock;
    this.ended = lock.newCondition();
    this.merging = merging;
    this.executor = executor;
    this.observer = observer;
  }

  /**
   * The writing of a snapshot that is due as the log is long, to be run without the lock; null if
   * none is. If a task still waits in the executor when the log is twice as long as is due, the
   * caller writes the snapshot itself. Under the lock.
   */
  @Nullable Runnable due() {
    long bytes = journal.logBytes();
    if (running || bytes <= threshold) {
      return null;
    }
    if (queued) {
      return bytes > 2 * threshold ? this::saveIfDue : null;
    }
    queued = true;
    return this::saveLater;
  }

  /** Saves by the executor; on the calling thread where there is none, or it refuses. */
  private void saveLater() {
    if (executor != null) {
      try {
        executor.execute(this::saveIfDue);
        return;
      } catch (RuntimeException | Error e) {
        // It refuses, is broken, or has no memory for one more thread: the thread that writes
        // saves.
      }
    }
    saveIfDue();
  }

  /** Saves unless somebody else does, or has since the task was queued. */
  private void saveIfDue() {
    lock.lock();
    try {
      queued = false;
      if (running || merging.closed() || journal.logBytes() <= threshold) {
        return;
      }
      running = true;
    } finally {
      lock.unlock();
    }
    try {
      save();
    } catch (IOException | RuntimeException e) {
      if (!merging.closed()) {
        LOG.log(Level.WARNING, "no snapshot was written; the log goes on to grow", e);
      }
    }
  }

  /** Saves as soon as nobody else does; a task that waits in the executor is no reason to wait. */
  void saveNow() throws IOException {
    lock.lock();
    try {
      merging.requireOpen();
      while (running) {
        ended.awaitUninterruptibly();
        merging.requireOpen();
      }
      running = true;
    } finally {
      lock.unlock();
    }
    save();
  }

  /** Waits until no snapshot is being written. Under the lock, when the index is closed. */
  void close() {
    while (running) {
      ended.awaitUninterruptibly();
    }
  }

  private long rotated() throws IOException {
    try {
      return journal.rotate();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Saves, for the thread that has set {@link #running}. */
  private void save() throws IOException {
    long start = System.nanoTime();
    FileEvent event = Observer.beginFile();
    boolean done = false;
    Path file;
    long bytes;
    View view;
    try {
      long number;
      long nextPlace;
      boolean grouped;
      lock.lock();
      try {
        merging.requireOpen();
        number = rotated();
        view = store.view();
        nextPlace = store.nextPlace();
        grouped = store.grouped();
      } finally {
        lock.unlock();
      }
      try (Snapshot snapshot =
          journal.snapshot(
              number, view.size(), view.version(), nextPlace, grouped, observer::saving)) {
        view.save(snapshot, store.width, merging::closed);
        snapshot.finish();
        file = snapshot.file();
        bytes = snapshot.bytes();
      }
      journal.drop(number);
      done = true;
    } finally {
      lock.lock();
      try {
        running = false;
        // As much log as there are items costs about as much to replay as a snapshot to write.
        threshold = Math.max(FEWEST, done ? store.view().bytes() / 2 : journal.logBytes() + FEWEST);
        ended.signalAll();
      } finally {
        lock.unlock();
      }
    }
    observer.file(event, start, true, file, view.size(), bytes);
  }
}
