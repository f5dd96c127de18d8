package dev.slate.bench.suite;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;
import org.openjdk.jmh.runner.IterationType;

/**
 * Adds the {@link Facts} of the fork to each iteration's results, and the bytes that a warm search
 * allocates on the calling thread: JMH's own {@code gc.alloc.rate.norm} divides the harness's few
 * kilobytes an iteration by the operations, which for slow ones is more than nothing. Adds the 99th
 * percentile of fast operations, too, see {@link TailLatency}.
 */
public final class FactsProfiler implements InternalProfiler {
  private static final int MOST_SEARCHES = 100;
  private static final long NANOS = 30_000_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** JMH creates it by name. */
  public FactsProfiler() {}

  @Override
  public String getDescription() {
    return "Counters of the search, recall, allocation and 99th percentile of a warm search";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {}

  @Override
  public Collection<ScalarResult> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    List<ScalarResult> results = new ArrayList<>();
    if (iteration.getType() == IterationType.MEASUREMENT) {
      for (Map.Entry<String, Facts.Fact> fact : Facts.all().entrySet()) {
        results.add(scalar(fact.getKey(), fact.getValue().value(), fact.getValue().unit()));
      }
      Runnable search = Facts.search();
      if (search != null) {
        results.add(scalar(Facts.ALLOCATED, allocated(search), "B/op"));
        double median = result.getPrimaryResult().getStatistics().getPercentile(50);
        double p99 =
            TailLatency.p99(search, median * benchmark.getTimeUnit().toNanos(1), System::nanoTime);
        if (!Double.isNaN(p99)) {
          results.add(scalar(Facts.P99, p99, "us/op"));
        }
      }
    }
    return results;
  }

  private double allocated(Runnable search) {
    search.run();
    long start = System.nanoTime();
    long before = threads.getCurrentThreadAllocatedBytes();
    int searches = 0;
    while (searches == 0 || (searches < MOST_SEARCHES && System.nanoTime() - start < NANOS)) {
      search.run();
      searches++;
    }
    return (double) (threads.getCurrentThreadAllocatedBytes() - before) / searches;
  }

  private static ScalarResult scalar(String name, double value, String unit) {
    return new ScalarResult(name, value, unit, AggregationPolicy.AVG);
  }
}
