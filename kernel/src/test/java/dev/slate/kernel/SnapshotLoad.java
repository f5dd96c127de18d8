package dev.slate.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A load on snapshots, to be run by hand. Builds one if there is none: uniform items, {@link
 * Strategy#TREE}. Then opens it at once, beside two ways of reading the same file without looking
 * at it, in turns in one JVM: into one buffer, and into an array that is created for it. Then
 * starts as many JVMs, with the options at the end, each of which opens it on demand and answers
 * one query. The file is in the page cache.
 *
 * <pre>
 *   java -Xms4g -XX:+AlwaysPreTouch -XX:+UseTransparentHugePages --add-modules jdk.incubator.vector \
 *       -cp ... dev.slate.kernel.SnapshotLoad FILE ITEMS D ROUNDS [OPTION...]
 * </pre>
 */
final class SnapshotLoad {
  private static final int STEP = 1 << 20;
  private static final int WARM_UP = 5;

  private final Path file;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(STEP).order(ByteOrder.LITTLE_ENDIAN);

  private SnapshotLoad(Path file) {
    this.file = file;
  }

  private interface Step {
    Object run() throws IOException;
  }

  public static void main(String[] args) throws Exception {
    SnapshotLoad load = new SnapshotLoad(Path.of(args[0]));
    if (args.length == 1) {
      load.answer();
      return;
    }
    int n = Integer.parseInt(args[1]);
    int d = Integer.parseInt(args[2]);
    int rounds = Integer.parseInt(args[3]);
    if (!Files.exists(load.file)) {
      Catalog items = Catalog.of(Shape.UNIFORM.rows(new Random(1), n, d), d);
      Index.builder(items).strategy(Strategy.TREE).build().save(load.file);
    }
    System.out.printf("%,d bytes%n", Files.size(load.file));
    load.open(rounds);
    load.firstAnswers(rounds, List.of(args).subList(4, args.length));
  }

  private void open(int rounds) throws IOException {
    double[][] times = new double[3][rounds];
    for (int round = -WARM_UP; round < rounds; round++) {
      double[] now = {time(this::reused), time(this::fresh), time(() -> Index.open(file))};
      for (int i = 0; i < now.length && round >= 0; i++) {
        times[i][round] = now[i];
      }
    }
    for (double[] each : times) {
      Arrays.sort(each);
    }
    double reused = times[0][rounds / 2];
    double fresh = times[1][rounds / 2];
    double open = times[2][rounds / 2];
    System.out.printf(
        "read into one buffer %.1f ms, into new arrays %.1f ms; open %.1f ms (%.1f to %.1f):"
            + " %.2f and %.2f times as long%n",
        reused, fresh, open, times[2][0], times[2][rounds - 1], open / reused, open / fresh);
  }

  private static double time(Step step) throws IOException {
    long start = System.nanoTime();
    Object result = step.run();
    double ms = (System.nanoTime() - start) / 1e6;
    if (result.hashCode() == 0) { // keeps it reachable
      System.out.println();
    }
    return ms;
  }

  private Object reused() throws IOException {
    long bytes = 0;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      for (int read = 0; read >= 0; read = channel.read(buffer.clear())) {
        bytes += read;
      }
    }
    return bytes;
  }

  private Object fresh() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      float[] all = new float[(int) (channel.size() / Float.BYTES)];
      int at = 0;
      while (channel.read(buffer.clear()) > 0) {
        int some = buffer.flip().remaining() / Float.BYTES;
        buffer.asFloatBuffer().get(all, at, some);
        at += some;
      }
      return all;
    }
  }

  private void firstAnswers(int rounds, List<String> options) throws Exception {
    double[][] times = new double[3][rounds];
    for (int round = 0; round < rounds; round++) {
      Process process = TestProcess.vectorised(options, SnapshotLoad.class, file.toString());
      String[] said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
              .strip()
              .split(" ", -1);
      for (int i = 0; i < times.length; i++) {
        times[i][round] = Long.parseLong(said[i]) / 1e6;
      }
    }
    for (double[] each : times) {
      Arrays.sort(each);
    }
    System.out.printf(
        "first answer of a JVM after %.0f ms (%.0f to %.0f): open %.0f ms, searcher and search %.0f ms%n",
        times[2][rounds / 2],
        times[2][0],
        times[2][rounds - 1],
        times[0][rounds / 2],
        times[1][rounds / 2]);
  }

  /**
   * Prints the nanoseconds of opening on demand, of a search, and of both, in a JVM that did
   * neither.
   */
  private void answer() throws IOException {
    long start = System.nanoTime();
    try (Index index = Index.open(file, Opening.ON_DEMAND)) {
      long opened = System.nanoTime();
      index.searcher().search(new float[index.dimensions()], new Slate(10));
      long answered = System.nanoTime();
      System.out.println((opened - start) + " " + (answered - opened) + " " + (answered - start));
    }
  }
}
