package dev.slate.kernel.observe;

import dev.slate.kernel.IndexListener;
import dev.slate.kernel.SearchStats;
import dev.slate.kernel.Strategy;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Passes events to the listener of an index and to the flight recorder. Without a listener, and
 * while the recorder does not run, it adds the reading of two fields to a search. Immutable.
 *
 * <p>The class of an event is initialised when the recorder runs, and not before: its registration
 * reads the metadata of all events, which takes a young JVM longer than an index is opened on
 * demand. The logger is found when there is something to log, for the same reason.
 */
public final class Observer {
  /** Passes events to the flight recorder alone. */
  public static final Observer NONE = new Observer(null);

  private final @Nullable IndexListener listener;
  private final long slowNanos;

  /**
   * Passes events to a listener and to the flight recorder.
   *
   * @param listener the listener; null for none
   */
  public Observer(@Nullable IndexListener listener) {
    this.listener = listener;
    Duration slow = listener == null ? IndexListener.SLOW_SEARCH : listener.slowSearchThreshold();
    this.slowNanos = TimeUnit.NANOSECONDS.convert(slow);
  }

  private Observer(@Nullable IndexListener listener, long slowNanos) {
    this.listener = listener;
    this.slowNanos = slowNanos;
  }

  /** The same but for slow searches, of which nobody is told. */
  public Observer withoutSlowSearches() {
    return new Observer(listener, Long.MAX_VALUE);
  }

  /** Begins an event, if the flight recorder runs; null otherwise. */
  public static @Nullable BuildEvent beginBuild() {
    return FlightRecorder.isInitialized() ? begun(new BuildEvent()) : null;
  }

  /** Begins an event, if the flight recorder runs; null otherwise. */
  public static @Nullable FileEvent beginFile() {
    return FlightRecorder.isInitialized() ? begun(new FileEvent()) : null;
  }

  /** Begins an event, if the flight recorder runs; null otherwise. */
  public static @Nullable CompactionEvent beginCompaction() {
    return FlightRecorder.isInitialized() ? begun(new CompactionEvent()) : null;
  }

  /** Begins an event, if the flight recorder runs; null otherwise. */
  public static @Nullable RecoveryEvent beginRecovery() {
    return FlightRecorder.isInitialized() ? begun(new RecoveryEvent()) : null;
  }

  private static <E extends Event> E begun(E event) {
    event.begin();
    return event;
  }

  /** Tells of a build. */
  public void built(
      @Nullable BuildEvent event, long start, Strategy strategy, int items, int d, long bytes) {
    if (event != null) {
      event.end();
      if (event.shouldCommit()) {
        event.strategy = strategy.name();
        event.items = items;
        event.dimensions = d;
        event.bytes = bytes;
        event.commit();
      }
    }
    if (listener != null) {
      listener.built(strategy, items, bytes, since(start));
    }
  }

  /** Tells of a file that was written, or read. */
  public void file(
      @Nullable FileEvent event, long start, boolean saved, Path file, long items, long bytes) {
    if (event != null) {
      event.end();
      if (event.shouldCommit()) {
        event.operation = saved ? "save" : "open";
        event.file = file.toString();
        event.items = items;
        event.bytes = bytes;
        event.commit();
      }
    }
    if (listener != null && saved) {
      listener.saved(file, bytes, since(start));
    } else if (listener != null) {
      listener.opened(file, bytes, since(start));
    }
  }

  /**
   * Receives the number of bytes of a file that were written so far.
   *
   * @param total how many there will be, about
   */
  public LongConsumer saving(Path file, long total) {
    IndexListener told = listener;
    return told == null
        ? Observer::ignore
        : new FileProgress(bytes -> told.saving(file, bytes, Math.max(bytes, total)));
  }

  /**
   * Receives the number of bytes of a file that were read so far.
   *
   * @param total how many there are
   */
  public LongConsumer opening(Path file, long total) {
    IndexListener told = listener;
    return told == null
        ? Observer::ignore
        : new FileProgress(bytes -> told.opening(file, bytes, total));
  }

  /** Tells of parts that were merged. */
  public void compacted(@Nullable CompactionEvent event, long start, int parts, long items) {
    if (event != null) {
      event.end();
      if (event.shouldCommit()) {
        event.parts = parts;
        event.items = items;
        event.commit();
      }
    }
    if (listener != null) {
      listener.compacted(parts, items, since(start));
    }
  }

  /** Tells of a log that was cut off, which is logged too. */
  public void cut(Path file, long end, Path kept) {
    Logger log = System.getLogger("dev.slate.kernel");
    log.log(
        Level.WARNING,
        file
            + ": the last flush reached the disk in part, as after a loss of power; cut off at byte "
            + end
            + ", and kept the rest in "
            + kept);
    if (listener != null) {
      listener.cut(file, end, kept);
    }
  }

  /** Tells of a directory whose items and log were read. */
  public void recovered(
      @Nullable RecoveryEvent event, long start, Path directory, long items, long version) {
    if (event != null) {
      event.end();
      if (event.shouldCommit()) {
        event.directory = directory.toString();
        event.items = items;
        event.version = version;
        event.commit();
      }
    }
    if (listener != null) {
      listener.recovered(items, version, since(start));
    }
  }

  /** The start time of a search in nanoseconds; 0 if nothing receives slow searches. */
  public long beginSearch() {
    return listener != null || FlightRecorder.isInitialized() ? System.nanoTime() | 1 : 0;
  }

  /** Whether a search took so long that {@link #slowSearch} tells of it. */
  public boolean isSlow(long begun) {
    return begun != 0 && since(begun) >= slowNanos;
  }

  /** Tells of a search. */
  public void slowSearch(long begun, SearchStats stats) {
    long nanos = since(begun);
    if (FlightRecorder.isInitialized()) {
      SlowSearchEvent event = new SlowSearchEvent();
      event.time = nanos;
      event.itemsScored = stats.itemsScored();
      event.blocksVisited = stats.blocksVisited();
      event.blocksPruned = stats.blocksPruned();
      event.bytesRead = stats.bytesRead();
      event.commit();
    }
    if (listener != null) {
      listener.slowSearch(stats, nanos);
    }
  }

  private static void ignore(long bytes) {}

  private static long since(long start) {
    return System.nanoTime() - start;
  }
}
