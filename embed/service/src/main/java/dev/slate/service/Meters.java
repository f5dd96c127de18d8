package dev.slate.service;

import dev.slate.kernel.LiveIndex;
import java.util.concurrent.atomic.LongAdder;

/** Counts for {@code /metrics}, in the text format of Prometheus. */
final class Meters {
  /** Upper ends of the buckets, in microseconds. */
  private static final int[] MICROS = {5, 10, 20, 50, 100, 200, 500, 1_000, 5_000, 20_000, 100_000};

  private final LongAdder[] buckets = new LongAdder[MICROS.length + 1];
  private final LongAdder searchNanos = new LongAdder();
  private final LongAdder writes = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder failed = new LongAdder();

  Meters() {
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] = new LongAdder();
    }
  }

  /** Counts a search, by the time that the kernel took. */
  void searched(long nanos) {
    int bucket = 0;
    while (bucket < MICROS.length && nanos > MICROS[bucket] * 1_000L) {
      bucket++;
    }
    buckets[bucket].increment();
    searchNanos.add(nanos);
  }

  void wrote(int items) {
    writes.add(items);
  }

  void refused() {
    refused.increment();
  }

  void failed() {
    failed.increment();
  }

  String text(LiveIndex index) {
    StringBuilder text = new StringBuilder(1_024);
    text.append("# TYPE slate_search_seconds histogram\n");
    long total = 0;
    for (int i = 0; i < buckets.length; i++) {
      total += buckets[i].sum();
      String end = i == MICROS.length ? "+Inf" : Double.toString(MICROS[i] / 1e6);
      text.append("slate_search_seconds_bucket{le=\"").append(end).append("\"} ");
      text.append(total).append('\n');
    }
    line(text, "slate_search_seconds_sum", searchNanos.sum() / 1e9);
    line(text, "slate_search_seconds_count", total);
    counter(text, "slate_writes_total", writes.sum());
    counter(text, "slate_requests_refused_total", refused.sum());
    counter(text, "slate_requests_failed_total", failed.sum());
    counter(text, "slate_compactions_total", index.compactions());
    gauge(text, "slate_items", index.size());
    gauge(text, "slate_version", index.version());
    gauge(text, "slate_parts", index.parts());
    gauge(text, "slate_heap_bytes", index.bytes());
    return text.toString();
  }

  private static void counter(StringBuilder text, String name, long value) {
    text.append("# TYPE ").append(name).append(" counter\n");
    line(text, name, value);
  }

  private static void gauge(StringBuilder text, String name, long value) {
    text.append("# TYPE ").append(name).append(" gauge\n");
    line(text, name, value);
  }

  private static void line(StringBuilder text, String name, Number value) {
    text.append(name).append(' ').append(value).append('\n');
  }
}
