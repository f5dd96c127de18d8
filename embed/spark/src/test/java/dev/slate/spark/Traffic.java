package dev.slate.spark;

import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** What tasks shuffle and send to the driver, by Spark's own metrics. */
final class Traffic extends SparkListener {
  private final SparkContext spark;
  private final AtomicLong shuffled = new AtomicLong();
  private final AtomicLong results = new AtomicLong();
  private final AtomicLong tasks = new AtomicLong();

  /**
   * Bytes of jobs.
   *
   * @param shuffled bytes that tasks wrote for later stages
   * @param results bytes that tasks sent to the driver
   * @param tasks number of tasks
   */
  record Bytes(long shuffled, long results, long tasks) {}

  /** Listens from now on. */
  Traffic(SparkContext spark) {
    this.spark = spark;
    spark.addSparkListener(this);
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    if (end.taskMetrics() != null) {
      shuffled.addAndGet(end.taskMetrics().shuffleWriteMetrics().bytesWritten());
      results.addAndGet(end.taskMetrics().resultSize());
      tasks.incrementAndGet();
    }
  }

  /** What the jobs since the last call moved. */
  Bytes take() {
    try {
      // Events come a little later than their jobs end.
      spark.listenerBus().waitUntilEmpty(60_000);
    } catch (TimeoutException e) {
      throw new IllegalStateException(e);
    }
    return new Bytes(shuffled.getAndSet(0), results.getAndSet(0), tasks.getAndSet(0));
  }

  /** Stops listening. */
  void close() {
    spark.removeSparkListener(this);
  }

  /**
   * The bytes that a sharded search shuffles, before compression and what frames add: vectors and
   * whole rows to the shards, ids and scores back.
   *
   * @param rowBytes of a query in Spark's binary form
   */
  static long predicted(long queries, int shards, int d, int k, int rowBytes) {
    long vector = Float.BYTES * (long) d;
    long answer = k * (long) (Long.BYTES + Float.BYTES);
    // A row goes to one shard, and comes back with its answers.
    return queries * (shards * (vector + answer) + 2L * rowBytes);
  }
}
