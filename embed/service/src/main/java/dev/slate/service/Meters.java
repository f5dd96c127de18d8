package dev.slate.service;

import dev.slate.kernel.Index;
import dev.slate.kernel.IndexListener;
import dev.slate.kernel.LiveIndex;
import dev.slate.micrometer.SlateMeters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;

/**
 * Counts for {@code /metrics}: those of the index, which it is given as its {@link #listener}, and
 * of the requests. Safe from any number of threads.
 */
public final class Meters {
  /** Upper ends of the buckets for searches, in microseconds. */
  private static final double[] MICROS = {
    5, 10, 20, 50, 100, 200, 500, 1_000, 5_000, 20_000, 100_000
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final SlateMeters index;
  private final Counter refused;
  private final Counter failed;

  /** Counts from zero. */
  public Meters() {
    registry.config().meterFilter(new Buckets());
    this.index = new SlateMeters(registry, Tags.empty());
    this.refused =
        counter("refused", "requests answered with 4xx or 505, or cut off by the client");
    this.failed =
        counter(
            "failed",
            "requests answered with other 5xx: the disk or the service failed, or it was stopping");
  }

  private Counter counter(String name, String description) {
    return Counter.builder("slate.requests." + name).description(description).register(registry);
  }

  /**
   * The listener to build or open the served index with.
   *
   * @return counts what the index does
   */
  public IndexListener listener() {
    return index;
  }

  void bind(LiveIndex live) {
    index.bind(live);
  }

  void bind(Index fixed) {
    index.bind(fixed);
  }

  /** Counts a search, by the time that the kernel took. */
  void searched(long nanos) {
    index.searches().record(nanos, TimeUnit.NANOSECONDS);
  }

  void refused() {
    refused.increment();
  }

  void failed() {
    failed.increment();
  }

  /** All counts, in the text format of Prometheus. */
  String text() {
    return registry.scrape();
  }

  /** Gives the timer of searches buckets, from which Prometheus tells percentiles. */
  private static final class Buckets implements MeterFilter {
    @Override
    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
      return id.getName().equals("slate.search")
          ? DistributionStatisticConfig.builder()
              .serviceLevelObjectives(DoubleStream.of(MICROS).map(us -> us * 1_000).toArray())
              .build()
              .merge(config)
          : config;
    }
  }
}
