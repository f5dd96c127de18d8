package dev.slate.bench.suite;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a fork finds out about its subject besides times: counters of the search, recall, time to
 * build. {@link FactsProfiler} takes them over into JMH's results. A benchmark's set-up writes,
 * before the first iteration ends; the profiler reads.
 */
public final class Facts {
  /** Share of the right answers that the subject gave. */
  public static final String RECALL = "recall";

  /** Bytes that one search allocates, once warm. */
  public static final String ALLOCATED = "allocated";

  /** The 99th percentile of an operation that is too fast for JMH's own. */
  public static final String P99 = "tail.p99";

  /** Time to build the subject from rows in memory. */
  public static final String BUILD = "build";

  private static final Map<String, Fact> FACTS = new LinkedHashMap<>();
  private static @Nullable Runnable search;

  private Facts() {}

  /**
   * A number that holds for the whole fork.
   *
   * @param value the number
   * @param unit in JMH's spelling
   */
  record Fact(double value, String unit) {}

  /** Notes a number. */
  public static synchronized void put(String name, double value, String unit) {
    FACTS.put(name, new Fact(value, unit));
  }

  /** Names the work whose allocation and percentiles are of interest: one search. */
  public static synchronized void observe(Runnable work) {
    search = work;
  }

  static synchronized Map<String, Fact> all() {
    return new LinkedHashMap<>(FACTS);
  }

  static synchronized @Nullable Runnable search() {
    return search;
  }
}
