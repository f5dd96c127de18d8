package dev.slate.kernel.live;

import dev.slate.kernel.journal.Journal;
import dev.slate.kernel.journal.Snapshot;
import dev.slate.kernel.observe.FileEvent;
import dev.slate.kernel.observe.Observer;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Writes snapshots of a store, one at a time, that replace the log so far. */
final class Saving {
  private static final Logger LOG = System.getLogger("dev.slate.kernel");

  /** Bytes of log from which on a snapshot is due, at least. */
  private static final long FEWEST = 1L << 26;

  private final LiveStore store;
  private final Journal journal;
  private final ReentrantLock lock;
  private final Condition ended;
  private final Merging merging;
  private final @Nullable Executor executor;
  private final Observer observer;

  // Guarded by the lock.
  /** Whether a snapshot is being written, or a task to write one is on its way. */
  private boolean saving;

  /** Whether one is being written. */
  private boolean started;

  private long from = FEWEST;

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
   * Whether the log has grown so long that the caller has to {@link #saveLater}. Under the lock.
   */
  boolean due() {
    boolean due = !saving && journal.logBytes() > from;
    saving |= due;
    return due;
  }

  /** Has the executor save, or does it here. */
  void saveLater() {
    if (executor != null) {
      try {
        executor.execute(this::saveOrSay);
        return;
      } catch (RejectedExecutionException e) {
        // the thread that writes does it
      }
    }
    saveOrSay();
  }

  private void saveOrSay() {
    try {
      save();
    } catch (IOException | RuntimeException e) {
      if (!merging.closed()) {
        LOG.log(Level.WARNING, "no snapshot was written; the log goes on to grow", e);
      }
    }
  }

  /** Saves, when nobody else does. */
  void saveNow() throws IOException {
    lock.lock();
    try {
      merging.requireOpen();
      while (saving) {
        ended.awaitUninterruptibly();
        merging.requireOpen();
      }
      saving = true;
    } finally {
      lock.unlock();
    }
    save();
  }

  /** Waits until no snapshot is being written. Under the lock, when the index is closed. */
  void close() {
    while (saving && started) {
      ended.awaitUninterruptibly();
    }
  }

  private void save() throws IOException {
    long start = System.nanoTime();
    FileEvent event = FileEvent.begun();
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
        started = true;
        number = journal.rotate();
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
        saving = false;
        started = false;
        // As much log as there are items costs about as much to replay as a snapshot to write.
        from = Math.max(FEWEST, done ? store.view().bytes() / 2 : journal.logBytes() + FEWEST);
        ended.signalAll();
      } finally {
        lock.unlock();
      }
    }
    observer.file(event, start, true, file, view.size(), bytes);
  }
}
