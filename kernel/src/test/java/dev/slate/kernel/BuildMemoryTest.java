package dev.slate.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An index is built in the heap that was estimated, and is not in half of it. */
class BuildMemoryTest {
  /**
   * A heap whose young part is 2 MiB, so that everything large lies in the old one; ballast leaves
   * in that as much as is said.
   */
  @Test
  @Timeout(120)
  void aBuildFitsTheEstimateAndNotHalfOfIt() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx96m", "-Xmn2m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-Dslate.simd=scalar", "-cp", System.getProperty("java.class.path")));
    command.add(BuildMemoryTest.class.getName());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    List<String> lines = said.lines().filter(line -> line.startsWith("case ")).toList();
    assertEquals(CASES.size(), lines.size(), said);
    for (int i = 0; i < lines.size(); i++) {
      assertTrue(lines.get(i).contains(" whole: built"), said);
      boolean certain = CASES.get(i).strategy != null;
      assertTrue(!certain || lines.get(i).endsWith(" half: out of memory"), said);
    }
  }

  /** A catalogue of a size; no strategy where one is planned. */
  private record Case(Strategy strategy, Metric metric, int n, int d, boolean ids, int threads) {}

  private static final List<Case> CASES =
      List.of(
          new Case(Strategy.SCAN, Metric.COSINE, 100_000, 20, false, 1),
          new Case(Strategy.SCAN, Metric.DOT, 60_000, 24, true, 2),
          new Case(Strategy.TREE, Metric.EUCLIDEAN, 250_000, 5, true, 1),
          new Case(Strategy.TREE, Metric.DOT, 600_000, 1, false, 2),
          new Case(Strategy.QUANTIZED, Metric.EUCLIDEAN, 40_000, 48, false, 1),
          new Case(Strategy.QUANTIZED, Metric.DOT, 100_000, 9, false, 2),
          new Case(null, Metric.EUCLIDEAN, 60_000, 16, false, 1));

  /** Heap for what is no array of a build: threads, and objects of classes that are loaded late. */
  private static final long OBJECTS = 1 << 18;

  /** The process with little heap. */
  public static void main(String[] args) throws InterruptedException {
    for (Strategy strategy : Strategy.values()) {
      Case small = new Case(strategy, Metric.COSINE, 5_000, 9, true, 2);
      Index.builder(catalog(small)).strategy(strategy).build();
    }
    for (Case one : CASES) {
      IndexBuilder builder = Index.builder(catalog(one)).metric(one.metric);
      if (one.strategy != null) {
        builder.strategy(one.strategy);
      }
      Queue<Thread> workers = new ConcurrentLinkedQueue<>();
      builder.executor(task -> workers.add(Thread.ofPlatform().start(task)), one.threads);
      long estimate = builder.estimatedPeakBytes();
      String whole = tried(builder, workers, estimate);
      String half = tried(builder, workers, estimate / 2);
      System.out.println(
          "case %s estimate: %d whole: %s half: %s".formatted(one, estimate, whole, half));
    }
  }

  private static String tried(IndexBuilder builder, Queue<Thread> workers, long bytes)
      throws InterruptedException {
    System.gc();
    byte[] ballast = new byte[Math.toIntExact(left() - bytes - OBJECTS)];
    String how;
    try {
      how = builder.build().size() > 0 ? "built" : "empty";
    } catch (OutOfMemoryError e) {
      how = "out of memory";
    }
    while (!workers.isEmpty()) { // those that still end hold what they have built
      workers.remove().join();
    }
    return ballast.length > 0 ? how : "no ballast";
  }

  private static long left() {
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getName().equals("Tenured Gen")) {
        return pool.getUsage().getMax() - pool.getUsage().getUsed();
      }
    }
    throw new AssertionError("no old generation");
  }

  /** Rows that take no memory. */
  private static Catalog catalog(Case one) {
    return new Catalog() {
      @Override
      public int size() {
        return one.n;
      }

      @Override
      public int dimensions() {
        return one.d;
      }

      @Override
      public void copyRows(int first, int count, float[] dst, int offset) {
        for (int i = 0; i < count; i++) {
          SplittableRandom r = new SplittableRandom(first + i);
          for (int j = 0; j < one.d; j++) {
            dst[offset + i * one.d + j] = r.nextInt(1 << 20) * 0x1p-20f;
          }
        }
      }

      @Override
      public boolean hasIds() {
        return one.ids;
      }

      @Override
      public long id(int ordinal) {
        return 7L * ordinal;
      }
    };
  }

  @Test
  void anEstimateIsNotBelowTheIndex() {
    Random r = new Random(1);
    for (int n : new int[] {0, 1, 65, 3_000}) {
      for (int d : new int[] {1, 5, 24, 200}) {
        Catalog items = Catalog.of(Shape.CLUSTERED.rows(r, n, d), d);
        for (Metric metric : Metric.values()) {
          for (Strategy strategy : Strategy.values()) {
            IndexBuilder builder = Index.builder(items).metric(metric).strategy(strategy);
            long estimate = builder.estimatedPeakBytes();
            assertTrue(estimate >= builder.build().bytes(), strategy + " " + n + " x " + d);
          }
        }
      }
    }
  }

  @Test
  void anEstimateKnowsHowItIsPlanned() {
    Catalog items = Catalog.of(new float[80_000], 16);
    IndexBuilder builder = Index.builder(items);
    long planned = builder.estimatedPeakBytes();
    long measured = builder.planning(Planning.MEASURED).estimatedPeakBytes();
    assertTrue(measured > planned);
    for (Strategy strategy : Strategy.values()) {
      assertTrue(builder.strategy(strategy).estimatedPeakBytes() < planned);
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> Index.builder(new Wide()).strategy(Strategy.SCAN).estimatedPeakBytes());
  }

  /** More attributes than there may be. */
  private static final class Wide implements Catalog {
    @Override
    public int size() {
      return 1;
    }

    @Override
    public int dimensions() {
      return 1 << 20;
    }

    @Override
    public void copyRows(int first, int count, float[] dst, int offset) {}
  }
}
