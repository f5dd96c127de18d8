package dev.slate.bench.suite;

import dev.slate.data.Distribution;
import dev.slate.data.VectorFile;
import dev.slate.data.VectorWriter;
import dev.slate.data.Vectors;
import dev.slate.data.World;
import dev.slate.kernel.Index;
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
 * Reading an npy file, and making the index of a scan from it. The file lies in the page cache:
 * what counts is how many times the one takes longer than the other.
 */
@State(Scope.Benchmark)
public class LoadBenchmark extends SingleShotBenchmark {
  private static final int BUFFER_BYTES = 1 << 20;
  private static final int PIECE_ROWS = 1 << 14;

  /** Number of items. */
  @Param("10000000")
  public int n;

  /** Number of attributes. */
  @Param("5")
  public int d;

  private Path file;

  /** JMH creates it. */
  public LoadBenchmark() {}

  /**
   * Writes the file.
   *
   * @throws IOException if there is no room for it
   */
  @Setup
  public void write() throws IOException {
    file = Files.createTempFile("slate-load", ".npy");
    World world = new World(Distribution.UNIFORM, d, 1);
    float[] piece = new float[PIECE_ROWS * d];
    try (VectorWriter writer = Vectors.create(file.toString(), d, List.of())) {
      for (int first = 0; first < n; first += PIECE_ROWS) {
        int count = Math.min(PIECE_ROWS, n - first);
        world.items(n).copyRows(first, count, piece, 0);
        writer.append(piece, 0, count);
      }
      writer.commit();
    }
  }

  /** Frees the last index outside the measurement. */
  @Setup(Level.Iteration)
  public void collect() {
    System.gc();
  }

  /**
   * Deletes the file.
   *
   * @throws IOException if that fails
   */
  @TearDown
  public void delete() throws IOException {
    Files.delete(file);
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
