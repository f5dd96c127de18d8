package dev.slate.kernel;

import dev.slate.kernel.catalog.ArrayCatalog;
import dev.slate.kernel.live.LiveWriter;
import dev.slate.kernel.observe.Observer;
import dev.slate.kernel.observe.RecoveryEvent;
import dev.slate.kernel.search.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Chooses how a {@link LiveIndex} works. Not thread-safe.
 *
 * {@snippet :
 * LiveIndex live =
 *     LiveIndex.builder(d).metric(Metric.DOT).executor(executor).open(directory);
 * live.upsert(42, row);
 * live.close();
 * }
 */
public final class LiveIndexBuilder {
  /** Segments below this many floats are scanned: a better layout has nothing to gain there. */
  private static final int SCANNED_FLOATS = 1 << 15;

  private final int dimensions;
  private Metric metric = Metric.EUCLIDEAN;
  private boolean biased;
  private @Nullable Executor executor;
  private @Nullable Catalog items;
  private int @Nullable [] groups;
  private @Nullable Strategy strategy;
  private Durability durability = Durability.POWER_LOSS;
  private Observer observer = Observer.NONE;
  private int tailCapacity;

  LiveIndexBuilder(int dimensions) {
    ArrayCatalog.checkDimensions(dimensions);
    this.dimensions = dimensions;
    this.tailCapacity = LiveWriter.tailCapacity(dimensions);
  }

  /** For tests: how segments are laid out, and how many items a tail takes. */
  LiveIndexBuilder parts(Strategy strategy, int tailCapacity) {
    this.strategy = strategy;
    this.tailCapacity = tailCapacity;
    return this;
  }

  /**
   * Sets the metric.
   *
   * @param metric how items are scored; EUCLIDEAN unless set
   * @return this
   */
  public LiveIndexBuilder metric(Metric metric) {
    this.metric = Objects.requireNonNull(metric, "metric");
    return this;
  }

  /**
   * Gives each item a bias, the start value of its dot product: 4 bytes an item. DOT only.
   *
   * @return this
   */
  public LiveIndexBuilder biased() {
    this.biased = true;
    return this;
  }

  /**
   * Sets the executor that merges parts and writes snapshots. It gets at most three tasks at a
   * time, one of them a snapshot. Without an executor, or where it refuses or runs tasks at once,
   * threads that write do both.
   *
   * @param executor with two threads, so that a short merge need not wait for a long one
   * @return this
   */
  public LiveIndexBuilder executor(Executor executor) {
    this.executor = Objects.requireNonNull(executor, "executor");
    return this;
  }

  /**
   * Sets the items that the index starts with, in the order of the catalogue. O(n d) at once, and
   * far faster than n upserts.
   *
   * @param items rows of the same d; their ids are those of the catalogue, or their row numbers
   * @return this
   * @throws IllegalArgumentException if the catalogue has another d
   */
  public LiveIndexBuilder items(Catalog items) {
    if (items.dimensions() != dimensions) {
      throw new IllegalArgumentException(
          "items have d = " + items.dimensions() + ", but the index has d = " + dimensions);
    }
    this.items = items;
    this.groups = null;
    return this;
  }

  /**
   * Sets the items that the index starts with and their groups, in the order of the catalogue.
   *
   * @param items as in {@link #items(Catalog)}
   * @param groups the group of each row, {@link Query#NO_GROUP} where an item belongs to none;
   *     copied
   * @return this
   * @throws IllegalArgumentException if the catalogue has another d, or another number of rows than
   *     there are groups
   */
  public LiveIndexBuilder items(Catalog items, int[] groups) {
    if (groups.length != items.size()) {
      throw new IllegalArgumentException(
          "there are " + groups.length + " groups, but " + items.size() + " items");
    }
    items(items);
    this.groups = groups.clone();
    return this;
  }

  /**
   * Sets the point at which a write to an index that has a directory returns.
   *
   * @param durability POWER_LOSS unless set
   * @return this
   */
  public LiveIndexBuilder durability(Durability durability) {
    this.durability = Objects.requireNonNull(durability, "durability");
    return this;
  }

  /**
   * Sets the listener of the build, of recovery, compactions and slow searches.
   *
   * @param listener called after each of them
   * @return this
   */
  public LiveIndexBuilder listener(IndexListener listener) {
    this.observer = new Observer(Objects.requireNonNull(listener, "listener"));
    return this;
  }

  /**
   * Opens the live index of a directory, or creates one there. A write is in the directory before
   * it returns, as {@link #durability} says. After a crash every write that had returned is there;
   * a write that had not returned is there as a whole or not at all. Where a loss of power left the
   * last flush of a log incomplete, the log is truncated before it, and the listener is told
   * ({@link IndexListener#cut}). Set {@link #items} only for a new directory. Time: the snapshot is
   * read and laid out as a build does, and the log replayed. Heap meanwhile: up to three times the
   * rows of the snapshot.
   *
   * @param directory for this index alone: its files are {@code lock}, {@code log-N} and {@code
   *     snapshot-N}; created if it does not exist
   * @return an index that is ready to be searched and written to
   * @throws IOException if a file cannot be read or written, or is damaged, naming it
   * @throws IllegalArgumentException as {@link #build}, and if the directory holds items of another
   *     d or metric, or items at all where the builder starts with some
   * @throws IllegalStateException if the directory is open, in this process or another
   */
  public LiveIndex open(Path directory) throws IOException {
    LiveWriter writer = writer();
    try {
      long start = System.nanoTime();
      RecoveryEvent event = Observer.beginRecovery();
      writer.open(directory, rows().format(), durability == Durability.POWER_LOSS);
      observer.recovered(event, start, directory, writer.size(), writer.version());
      Catalog first = items;
      if (first != null && first.size() > 0) {
        if (writer.version() > 0 || writer.size() > 0) {
          throw new IllegalArgumentException(directory + " holds items already");
        }
        load(first, writer);
        writer.save();
      }
      return new LiveIndex(rows(), writer, observer);
    } catch (UncheckedIOException e) {
      writer.close();
      throw e.getCause();
    } catch (IOException | RuntimeException | Error e) {
      writer.close();
      throw e;
    }
  }

  /**
   * Creates the live index, in memory alone.
   *
   * @return an index that is ready to be searched and written to
   * @throws IllegalArgumentException if there are biases and the metric is not DOT; if the items
   *     have biases and the index has none; if an attribute or a bias is not finite; or if an id
   *     repeats
   */
  public LiveIndex build() {
    LiveWriter writer = writer();
    Catalog first = items;
    if (first != null && first.size() > 0) {
      load(first, writer);
    }
    return new LiveIndex(rows(), writer, observer);
  }

  private LiveRows rows() {
    return new LiveRows(dimensions, metric, biased);
  }

  private LiveWriter writer() {
    if (biased && metric != Metric.DOT) {
      throw new IllegalArgumentException("a bias goes with DOT only, but the metric is " + metric);
    }
    return new LiveWriter(dimensions, biased, tailCapacity, this::engine, executor, observer);
  }

  private void load(Catalog first, LiveWriter writer) {
    if (first.hasBias() && !biased) {
      throw new IllegalArgumentException("the items have a bias: call biased()");
    }
    Catalog stored = biased && !first.hasBias() ? new ZeroBiased(first) : first;
    Index index = Index.builder(stored).metric(metric).observer(observer).build();
    long[] ids = index.ids == null ? null : index.ids.toArray();
    long[] places = new long[first.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = i;
    }
    writer.load(index.engine, ids == null ? places.clone() : ids, places, groups);
  }

  /** Items without biases, each with a bias of 0: the rows of an index that has biases. */
  private record ZeroBiased(Catalog items) implements Catalog {
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
      return true;
    }
  }

  /** Lays out rows that were checked, and normalised for COSINE, when they were written. */
  private Engine engine(Catalog rows) {
    IndexBuilder builder =
        Index.builder(rows).metric(metric == Metric.COSINE ? Metric.DOT : metric);
    if (strategy != null) {
      builder.strategy(strategy);
    } else if ((long) rows.size() * rows.dimensions() < SCANNED_FLOATS) {
      builder.strategy(Strategy.SCAN);
    }
    return builder.build().engine;
  }
}
