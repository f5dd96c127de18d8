package dev.slate.micrometer;

import dev.slate.kernel.Index;
import dev.slate.kernel.IndexListener;
import dev.slate.kernel.LiveIndex;
import dev.slate.kernel.SearchStats;
import dev.slate.kernel.Strategy;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * Meters of an index in a registry: a listener that times what the index does, and gauges of what
 * it is. One for each index, told apart by tags. Safe from any number of threads.
 *
 * <p>A registry holds an index weakly: once nothing else does, its gauges are NaN.
 */
public final class SlateMeters implements IndexListener {
  private final MeterRegistry registry;
  private final Tags tags;
  private final Duration slow;
  private final Timer searches;
  private final Timer slowSearches;
  private final Timer builds;
  private final Timer saves;
  private final Timer opens;
  private final Timer compactions;
  private final Timer recoveries;

  /**
   * Registers the timers; searches are slow from 10 ms on.
   *
   * @param registry where meters live
   * @param tags of each meter; those of two indexes differ
   */
  public SlateMeters(MeterRegistry registry, Iterable<Tag> tags) {
    this(registry, tags, SLOW_SEARCH);
  }

  /**
   * Registers the timers.
   *
   * @param registry where meters live
   * @param tags of each meter; those of two indexes differ
   * @param slow time from which on a search is slow
   */
  public SlateMeters(MeterRegistry registry, Iterable<Tag> tags, Duration slow) {
    this.registry = Objects.requireNonNull(registry, "registry");
    this.tags = Tags.of(tags);
    this.slow = Objects.requireNonNull(slow, "slow");
    this.searches = timer("slate.search", "searches, as the caller timed them");
    this.slowSearches = timer("slate.search.slow", "searches that took long");
    this.builds = timer("slate.build", "builds of an index");
    this.saves = timer("slate.save", "indexes that were written to a file");
    this.opens = timer("slate.open", "indexes that were read from a file");
    this.compactions = timer("slate.compaction", "parts of a live index that became one");
    this.recoveries = timer("slate.recovery", "live indexes that were opened in a directory");
  }

  private Timer timer(String name, String description) {
    return Timer.builder(name).tags(tags).description(description).register(registry);
  }

  /**
   * The timer of searches, {@code slate.search}, which are the caller's own loop: {@code
   * meters.searches().record(nanos, TimeUnit.NANOSECONDS)}.
   *
   * @return the timer
   */
  public Timer searches() {
    return searches;
  }

  /**
   * Registers gauges of an index: {@code slate.items} and {@code slate.heap}, in bytes, ids
   * included.
   *
   * @param index the index
   */
  public void bind(Index index) {
    items(index, Index::size);
    heap(index, i -> i.bytes() + i.idBytes());
  }

  /**
   * Registers gauges and counters of a live index: {@code slate.items}, {@code slate.heap} in
   * bytes, {@code slate.parts}, and {@code slate.writes}, batches counted as one.
   *
   * @param index the index
   */
  public void bind(LiveIndex index) {
    items(index, LiveIndex::size);
    heap(index, LiveIndex::bytes);
    Gauge.builder("slate.parts", index, LiveIndex::parts)
        .tags(tags)
        .description("parts that a search visits")
        .register(registry);
    FunctionCounter.builder("slate.writes", index, LiveIndex::version)
        .tags(tags)
        .description("writes, or batches of them")
        .register(registry);
  }

  private <T> void items(T index, ToDoubleFunction<T> size) {
    Gauge.builder("slate.items", index, size).tags(tags).description("items").register(registry);
  }

  private <T> void heap(T index, ToDoubleFunction<T> bytes) {
    Gauge.builder("slate.heap", index, bytes)
        .tags(tags)
        .baseUnit("bytes")
        .description("heap that the index holds")
        .register(registry);
  }

  @Override
  public void built(Strategy strategy, int items, long bytes, long nanos) {
    builds.record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void saved(Path file, long bytes, long nanos) {
    saves.record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void opened(Path file, long bytes, long nanos) {
    opens.record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void compacted(int parts, long items, long nanos) {
    compactions.record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void recovered(long items, long version, long nanos) {
    recoveries.record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void slowSearch(SearchStats stats, long nanos) {
    slowSearches.record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public Duration slowSearchThreshold() {
    return slow;
  }
}
