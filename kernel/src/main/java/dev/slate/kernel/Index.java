package dev.slate.kernel;

import dev.slate.kernel.file.OnDemandFile;
import dev.slate.kernel.layout.Ids;
import dev.slate.kernel.layout.OrdinalsById;
import dev.slate.kernel.observe.Observer;
import dev.slate.kernel.planner.Strategies;
import dev.slate.kernel.search.Engine;
import dev.slate.kernel.search.StoredRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Items laid out for search under one metric. Immutable, and safe from many threads, each of which
 * uses a {@link Searcher} of its own. Attributes, ids and biases are copied: the catalogue is not
 * used after the build. Memory: {@link #bytes} and {@link #idBytes}.
 *
 * {@snippet :
 * Index index = Index.builder(Catalog.of(rows, d)).metric(Metric.DOT).build();
 * Slate slate = new Slate(10);
 * index.searcher().search(query, slate);
 * }
 */
public final class Index implements AutoCloseable {
  final Engine engine;
  final StoredRows rows;
  final boolean biased;
  final @Nullable Ids ids;
  final Map<String, byte[]> attachments;
  final Observer observer;

  /** The file whose arrays are not all read yet; null if everything is in memory. */
  final @Nullable OnDemandFile file;

  private final @Nullable OrdinalsById ordinals;
  private final int size;
  private final Metric metric;
  private final Plan plan;

  /**
   * Creates an index from its parts, built or read.
   *
   * @param rows the items, laid out by a strategy
   * @param biased whether row 0 of the layout holds biases
   * @param ids the caller's; null where there are none
   * @param ordinals of the ids; null where there are none
   * @param file the file whose arrays are not all read yet; null if everything is in memory
   */
  Index(
      StoredRows rows,
      Metric metric,
      Plan plan,
      boolean biased,
      @Nullable Ids ids,
      @Nullable OrdinalsById ordinals,
      Map<String, byte[]> attachments,
      @Nullable OnDemandFile file,
      Observer observer) {
    this.rows = rows;
    this.engine = rows.engine();
    this.size = rows.size();
    this.metric = metric;
    this.plan = plan;
    this.biased = biased;
    this.ids = ids;
    this.ordinals = ordinals;
    this.attachments = attachments;
    this.file = file;
    this.observer = observer;
  }

  /**
   * Starts the building of an index.
   *
   * @param items the items to search
   * @return a builder with metric EUCLIDEAN, a strategy chosen by the planner, and no other threads
   */
  public static IndexBuilder builder(Catalog items) {
    return new IndexBuilder(Objects.requireNonNull(items, "items"), Strategies.ALL);
  }

  /**
   * Opens an index that {@link #save} wrote: the same bits, counters and plan, without a build.
   * Reads the file once, into arrays: O(its bytes). Memory beyond the index: 1 MiB, and 4 bytes for
   * each 16 KiB of the file.
   *
   * @param file the snapshot
   * @return the index
   * @throws IOException if the file cannot be read, is not a snapshot, has a newer format, is cut
   *     off or was changed after it was written; the message names it
   */
  public static Index open(Path file) throws IOException {
    return open(file, Opening.LOAD);
  }

  /**
   * Opens an index, as {@link #open(Path)}, at once or in parts.
   *
   * <p>{@link Opening#ON_DEMAND} reads at once the arrays that every search needs, and the
   * attachments. For {@link Strategy#TREE} these are the routing nodes, 3 % of its file; for {@link
   * Strategy#QUANTIZED} the clusters, the bounds and 4 bytes an item. Rows, codes and ids are read
   * in parts, each by the first search that needs it. That search waits for the disk, whatever its
   * deadline; one thread at a time reads. If the part cannot be read or is damaged, the search
   * throws {@link UncheckedIOException} that names the file: no answer is computed from such a
   * part. Parts stay in memory, and are then searched as fast as those of a loaded index. {@link
   * #load} reads and checks all parts that are left.
   *
   * <p>Until all of it is read the file must not be written into; it may be renamed, replaced under
   * its name, or deleted. The first {@link #ordinal(long)} fills the hash table of ids. {@link
   * #copyRow}, {@link #warmUp}, {@link #groups} and a search of {@link Query#allowIds}, or with
   * sets that admit few items, read all rows of {@link Strategy#TREE}. Files of formats 1 and 2,
   * and files outside the default file system, are loaded at once.
   *
   * @param file the snapshot
   * @param opening at once, or in parts
   * @return the index; {@link #close} it if it was opened in parts and is not needed any more
   * @throws IOException as {@link #open(Path)}; with {@link Opening#ON_DEMAND}, damage in the parts
   *     that are read at once only
   */
  public static Index open(Path file, Opening opening) throws IOException {
    Objects.requireNonNull(opening, "opening");
    return IndexFile.open(file, opening, Strategies.ALL, Observer.NONE);
  }

  /**
   * Opens an index, as {@link #open(Path)}, with a listener of this opening and of later events.
   *
   * @param file the snapshot
   * @param listener called after each event
   * @return the index
   * @throws IOException as {@link #open(Path)}
   */
  public static Index open(Path file, IndexListener listener) throws IOException {
    return open(file, Opening.LOAD, listener);
  }

  /**
   * Opens an index, as {@link #open(Path, Opening)}, with a listener of this opening and of later
   * events.
   *
   * @param file the snapshot
   * @param opening at once, or in parts
   * @param listener called after each event
   * @return the index
   * @throws IOException as {@link #open(Path, Opening)}
   */
  public static Index open(Path file, Opening opening, IndexListener listener) throws IOException {
    Objects.requireNonNull(opening, "opening");
    Objects.requireNonNull(listener, "listener");
    return IndexFile.open(file, opening, Strategies.ALL, new Observer(listener));
  }

  /**
   * Reads and checks all parts of an index opened {@link Opening#ON_DEMAND} that are not read yet,
   * and closes the file. Other threads may search meanwhile. Runs on the calling thread, in time
   * proportional to the bytes that it reads; does nothing if everything was read.
   *
   * @throws IOException if a part cannot be read or is damaged; the message names the file.
   *     Searches that do not need it go on.
   * @throws IllegalStateException if the index is closed and was not read to its end
   */
  public void load() throws IOException {
    try {
      if (file != null) {
        file.load();
      }
      if (ordinals != null) {
        ordinals.fill();
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * Closes the file of an index that was opened {@link Opening#ON_DEMAND}, if it is still open.
   * Searches go on, but a search that needs an unread part throws {@link IllegalStateException}.
   * Other indexes hold memory only, and nothing happens. An index that is unreachable need not be
   * closed. An index that {@link #attach} returned shares the file, and its closing.
   */
  @Override
  public void close() {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes the index to a file: to a temporary file in the same directory, which is forced to the
   * disk and then renamed. So the name always stands for a whole file, the new one or the one
   * before. A process that is killed meanwhile leaves {@code .NAME.RANDOM.part}. Memory: 1 MiB, and
   * 4 bytes for each 16 KiB of the file. Reads all parts that are not read yet, possibly of the
   * same file.
   *
   * @param file the snapshot; replaced if it exists
   * @throws java.nio.file.NoSuchFileException if its directory does not exist
   * @throws IOException if it cannot be written, or exists and is not a regular file; the message
   *     names it
   * @throws IllegalStateException if this index is closed and was not read to its end
   */
  public void save(Path file) throws IOException {
    IndexFile.save(this, file, channel -> channel);
  }

  /**
   * Writes the index to a channel in the format of {@link #save(Path)}, for files that the caller
   * creates, forces to the disk and renames. The header is written last, so that {@link #open}
   * refuses an unfinished file. Memory: as {@link #save(Path)}.
   *
   * @param channel an empty file, at position 0; stays open
   * @throws IOException if it cannot be written
   * @throws IllegalStateException as {@link #save(Path)}
   */
  public void save(SeekableByteChannel channel) throws IOException {
    IndexFile.write(this, channel, bytes -> {});
  }

  /**
   * Returns this index with bytes attached to it, which {@link #save} writes and {@link #open}
   * reads: names of the items, say, or the scale of the attributes. The two indexes share all
   * memory but the bytes. Sets from {@link #items()} and {@link #groups} of one are refused by the
   * other.
   *
   * @param name of the attachment; bytes of that name are replaced
   * @param bytes copied
   * @return an index that shares everything else with this one
   */
  public Index attach(String name, byte[] bytes) {
    Map<String, byte[]> all = new TreeMap<>(attachments);
    all.put(Objects.requireNonNull(name, "name"), bytes.clone());
    return with(all, observer);
  }

  private Index with(Map<String, byte[]> all, Observer told) {
    return new Index(rows, metric, plan, biased, ids, ordinals, all, file, told);
  }

  /**
   * Returns the attachment of a name.
   *
   * @param name as given to {@link #attach}
   * @return a copy of the bytes, or null if there are none of that name
   */
  public byte @Nullable [] attachment(String name) {
    byte[] bytes = attachments.get(Objects.requireNonNull(name, "name"));
    return bytes == null ? null : bytes.clone();
  }

  /**
   * Creates a searcher that works on the calling thread.
   *
   * @return a searcher for one thread at a time
   */
  public Searcher searcher() {
    return new Searcher(this, null, 1);
  }

  /**
   * Creates a searcher that shares each search among threads.
   *
   * @param executor where the other threads run; may be busy or refuse, at the cost of speed only
   * @param threads how many threads take part, the caller included
   * @return a searcher for one calling thread at a time
   * @throws IllegalArgumentException if threads is not in 1..1024
   */
  public Searcher searcher(Executor executor, int threads) {
    return new Searcher(this, Objects.requireNonNull(executor, "executor"), threads);
  }

  /**
   * Number of items.
   *
   * @return n
   */
  public int size() {
    return size;
  }

  /**
   * Number of attributes.
   *
   * @return d
   */
  public int dimensions() {
    return engine.dimensions();
  }

  /**
   * The metric that it was built for.
   *
   * @return the metric
   */
  public Metric metric() {
    return metric;
  }

  /**
   * The strategy that serves, its settings, and the reasons for them.
   *
   * @return the plan
   */
  public Plan plan() {
    return plan;
  }

  /**
   * Heap that the index holds, without the caller's ids; of one that was opened {@link
   * Opening#ON_DEMAND}, when all of it is read.
   *
   * @return bytes
   */
  public long bytes() {
    return engine.bytes();
  }

  /**
   * Heap of the caller's ids and of the hash table that finds an ordinal by its id, when it is
   * filled: 24 to 40 bytes an item, since the number of its slots is a power of two.
   *
   * @return bytes; 0 without ids
   */
  public long idBytes() {
    return ids == null ? 0 : ids.bytes() + OrdinalsById.bytes(size);
  }

  /**
   * Finds an item by the caller's id. O(1); of an index that was opened {@link Opening#ON_DEMAND},
   * the first call reads all ids and fills a hash table, O(n).
   *
   * @param id the id
   * @return its ordinal, or -1 if there is no such item
   * @throws UncheckedIOException if the index was opened {@link Opening#ON_DEMAND}, and what this
   *     needs cannot be read or is damaged in the file, which the message names
   * @throws IllegalStateException if the index is closed, and a part of its file that this needs
   *     was not loaded before
   */
  public int ordinal(long id) {
    if (ordinals != null) {
      return ordinals.get(id);
    }
    return id >= 0 && id < size ? (int) id : -1;
  }

  /**
   * Creates an empty set of this index's items, which another index refuses.
   *
   * @return a set over n items
   */
  public ItemSet items() {
    return new ItemSet(size, this);
  }

  /**
   * Creates a set of the items that have the given ids. For some hundred ids {@link Query#denyIds}
   * and {@link Query#allowIds} cost less.
   *
   * @param ids the caller's ids; those without an item are ignored
   * @return a set over n items, which another index refuses
   * @throws UncheckedIOException as {@link #ordinal}
   * @throws IllegalStateException as {@link #ordinal}
   */
  public ItemSet items(long... ids) {
    ItemSet set = items();
    for (long id : ids) {
      int ordinal = ordinal(id);
      if (ordinal >= 0) {
        set.add(ordinal);
      }
    }
    return set;
  }

  /**
   * Creates the groups of this index's items, for {@link Query#atMost(int, ItemGroups)}. Make them
   * once and use them for many searches: O(n). They let {@link Strategy#TREE} leave out whole parts
   * of the tree that belong to one group; an index that was opened {@link Opening#ON_DEMAND} reads
   * all rows of {@link Strategy#TREE} for it.
   *
   * @param groupOf the group of each ordinal, n of them, {@link Query#NO_GROUP} where an item
   *     belongs to none; copied
   * @return the groups, which another index refuses
   * @throws IllegalArgumentException if there are not n of them
   * @throws UncheckedIOException as {@link #copyRow}
   * @throws IllegalStateException as {@link #copyRow}
   */
  public ItemGroups groups(int... groupOf) {
    return new ItemGroups(this, groupOf);
  }

  /**
   * Copies an item's attributes, as the catalogue had them; for COSINE of length 1. Where the
   * strategy keeps items in an order of its own, the first call builds a list of 4 bytes an item.
   *
   * @param ordinal the item
   * @param row receives d floats
   * @throws IndexOutOfBoundsException if there is no such item
   * @throws IllegalArgumentException if the row has another length
   * @throws UncheckedIOException if the index was opened {@link Opening#ON_DEMAND}, and what this
   *     needs cannot be read or is damaged in the file, which the message names
   * @throws IllegalStateException if the index is closed, and a part of its file that this needs
   *     was not loaded before
   */
  public void copyRow(int ordinal, float[] row) {
    Objects.checkIndex(ordinal, size);
    if (row.length != dimensions()) {
      throw new IllegalArgumentException(
          "row has " + row.length + " attributes, but the index has d = " + dimensions());
    }
    if (!biased) {
      rows.read(ordinal, row, 0);
      return;
    }
    float[] stored = new float[row.length + 1];
    rows.read(ordinal, stored, 0);
    System.arraycopy(stored, 1, row, 0, row.length);
  }

  /**
   * Searches, so that the JVM compiles the code of a search before a service takes requests. The
   * queries are rows of the index. Takes the given time, on the calling thread; no time for an
   * index without items. A listener is told of none of these searches, however slow.
   *
   * @param time how long; a second is enough on an idle machine
   * @throws UncheckedIOException as {@link #copyRow}
   * @throws IllegalStateException as {@link #copyRow}
   */
  public void warmUp(Duration time) {
    long nanos = TimeUnit.NANOSECONDS.convert(time);
    long start = System.nanoTime();
    Searcher searcher = with(attachments, observer.withoutSlowSearches()).searcher();
    Slate slate = new Slate(10);
    float[] row = new float[dimensions()];
    for (long i = 0; size > 0 && System.nanoTime() - start < nanos; i++) {
      copyRow(scattered(i, size), row);
      searcher.search(row, slate);
    }
  }

  /** An ordinal for each number, far from those of the numbers around it. */
  static int scattered(long i, int size) {
    return (int) Long.remainderUnsigned(i * 0x9e3779b9L, size);
  }

  /** The numbers of items and attributes, the metric and the strategy, for a log. */
  @Override
  public String toString() {
    String strategy = plan.strategy().name().toLowerCase(Locale.ROOT);
    return "Index[n=" + size + ", d=" + dimensions() + ", " + metric + ", " + strategy + "]";
  }
}
