package dev.slate.bench.suite;

import dev.slate.bench.dataset.DataSet;
import dev.slate.bench.dataset.ExactAnswers;
import dev.slate.bench.results.Environment;
import dev.slate.bench.roofline.Roofline;
import dev.slate.data.Distribution;
import dev.slate.kernel.Catalog;
import dev.slate.kernel.Metric;
import dev.slate.kernel.simd.Simd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The parameters that every search benchmark has, and the data that they stand for. */
@State(Scope.Benchmark)
public abstract class Workload {
  /** Number of items. */
  @Param("1000000")
  public int n;

  /** Number of attributes. */
  @Param("5")
  public int d;

  /** Number of items of an answer. */
  @Param("10")
  public int k;

  /** How items are scored. */
  @Param("EUCLIDEAN")
  public Metric metric = Metric.EUCLIDEAN;

  /** How items and queries are distributed, or the file that a run has them from. */
  @Param("UNIFORM")
  public String distribution = Distribution.UNIFORM.name();

  /** How many threads work at one operation. */
  @Param("1")
  public int threads = 1;

  DataSet data = new DataSet(Catalog.of(new float[0], 1), new float[0][]);
  ExecutorService executor = Executors.newCachedThreadPool(Workload::daemon);
  private int next;

  /** JMH creates it. */
  protected Workload() {}

  /** Loads or makes the data: first in every set-up. */
  final void load() {
    String directory = System.getProperty(DataSet.DIRECTORY);
    data =
        directory == null
            ? DataSet.of(DataSet.distribution(distribution), n, d)
            : DataSet.open(directory, distribution, n, d);
    Facts.put(Environment.VECTOR_BITS, Simd.bits(), "bits");
  }

  /** Ends the threads. */
  @TearDown(Level.Trial)
  public void stop() {
    executor.shutdownNow();
  }

  /** Lets the memory stream take its turn, where it is measured beside each operation. */
  @Setup(Level.Invocation)
  public void besideStream() {
    Roofline.beside();
  }

  /** The next query, in turn. */
  float[] query() {
    int i = next;
    next = i + 1 == data.queries().length ? 0 : i + 1;
    return data.queries()[i];
  }

  ExactAnswers answers() throws IOException {
    String directory = System.getProperty(DataSet.DIRECTORY);
    if (directory != null) {
      Path file = Path.of(directory, ExactAnswers.file(distribution, n, d, metric, k));
      if (Files.exists(file)) {
        return ExactAnswers.read(file);
      }
    }
    int processors = Runtime.getRuntime().availableProcessors();
    return ExactAnswers.find(data, metric, k, executor, processors);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "search");
    thread.setDaemon(true);
    return thread;
  }
}
