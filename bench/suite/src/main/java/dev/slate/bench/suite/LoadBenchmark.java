package dev.slate.bench.suite;

import dev.slate.bench.dataset.DataSet;
import dev.slate.bench.dataset.ExactAnswers;
import dev.slate.bench.dataset.WrongAnswer;
import dev.slate.data.Distribution;
import dev.slate.data.VectorFile;
import dev.slate.data.Vectors;
import dev.slate.kernel.Index;
import dev.slate.kernel.Metric;
import dev.slate.kernel.Strategy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Reading an npy file, and building the index of a scan from it. The file is in the page cache: the
 * subject is the ratio of the two times.
 */
@State(Scope.Benchmark)
public class LoadBenchmark extends SingleShotBenchmark {
  private static final int BUFFER_BYTES = 1 << 20;
  private static final int K = 10;
  private static final String UNIFORM = Distribution.UNIFORM.name();

  /** Number of items. */
  @Param("10000000")
  public int n;

  /** Number of attributes. */
  @Param("5")
  public int d;

  private Path folder = Path.of("");
  private Path file = Path.of("");

  /** JMH creates it. */
  public LoadBenchmark() {}

  /**
   * Writes the file, and compares the answers of an index of it with those of an index of the items
   * that were written.
   *
   * @throws IOException if there is no room for it
   * @throws WrongAnswer if they differ
   */
  @Setup
  public void write() throws IOException {
    folder = Files.createTempDirectory("slate-load");
    DataSet items = DataSet.of(Distribution.UNIFORM, n, d);
    items.write(folder, UNIFORM);
    file = folder.resolve(DataSet.itemsFile(UNIFORM, n, d));
    ExactAnswers.find(items, Metric.EUCLIDEAN, K, Runnable::run, 1)
        .require(load(), items.queries(), K);
  }

  /** Frees the last index outside the measurement. */
  @Setup(Level.Iteration)
  public void collect() {
    System.gc();
  }

  /**
   * Deletes what was written.
   *
   * @throws IOException if that fails
   */
  @TearDown
  public void delete() throws IOException {
    Path queries = folder.resolve(DataSet.queriesFile(UNIFORM, d));
    for (Path each : List.of(file, queries, folder)) {
      Files.delete(each);
    }
  }

  /**
   * Reads the file through one buffer.
   *
   * @return its length
   * @throws IOException if it cannot be read
   */
  @Benchmark
  public long read() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    long length = 0;
    try (FileChannel channel = FileChannel.open(file)) {
      for (int count = channel.read(buffer); count >= 0; count = channel.read(buffer.clear())) {
        length += count;
      }
    }
    return length;
  }

  /**
   * Opens the file and builds the index, on one thread.
   *
   * @return the index
   */
  @Benchmark
  public Index load() {
    try (VectorFile items = Vectors.open(file.toString())) {
      return Index.builder(items).strategy(Strategy.SCAN).build();
    }
  }
}
