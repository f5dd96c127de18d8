package dev.slate.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Searches, writes, deletions, merges, saves and reopenings, in a JVM of its own: heap, open files,
 * threads and memory outside of the heap end where they began.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LiveSoakTest {
  /** {@code -Dslate.soak.seconds=600} for ten minutes. */
  private static final int SECONDS = Integer.getInteger("slate.soak.seconds", 2);

  private static final int WRITES = 1_500;

  private static final List<Strategy> STRATEGIES = List.of(Strategy.values());

  /** Rounds before the first measurement. */
  private static final int FIRST = 3;

  /** What a small heap may differ by: the JVM's own caches. A leak of any round is larger. */
  private static final long HEAP_BYTES = 2 << 20;

  @TempDir private Path root;

  @Test
  void endsWhereItBegan() throws Exception {
    Process process =
        TestProcess.start(
            LiveSoakTest.class, List.of(), "64m", root.toString(), Integer.toString(SECONDS));
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertEquals(0, process.exitValue(), said);
      assertTrue(said.contains("after " + FIRST + " rounds: "), said);
      System.out.print(SECONDS > 60 ? said : "");
    } finally {
      process.destroyForcibly();
    }
  }

  /** The process that is measured. */
  public static void main(String[] args) throws Exception {
    Rounds soak = new Rounds(Path.of(args[0]));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Integer.parseInt(args[1]));
    Usage began = null;
    int round = 0;
    while (round <= FIRST || System.nanoTime() < end) {
      soak.round(round++);
      if (round == FIRST) {
        began = Usage.least();
        System.out.println("after " + round + " rounds: " + began);
      }
    }
    Usage ended = Usage.least();
    System.out.println("after " + round + " rounds: " + ended + ", " + soak.model.count());
    if (began == null || !ended.within(began)) {
      throw new AssertionError("it began with " + began + " and ended with " + ended);
    }
  }

  private record Usage(long heap, long files, long threads, long buffers) {
    private static final int TRIES = 40;

    boolean within(Usage other) {
      return heap <= other.heap + HEAP_BYTES
          && files <= other.files
          && threads <= other.threads
          && buffers <= other.buffers;
    }

    /** What is in use when the collector has run; threads and files need a moment to end. */
    static Usage least() throws InterruptedException {
      Usage least = now();
      for (int i = 0; i < TRIES; i++) {
        System.gc();
        Thread.sleep(20);
        Usage next = now();
        least =
            new Usage(
                Math.min(least.heap, next.heap),
                Math.min(least.files, next.files),
                Math.min(least.threads, next.threads),
                Math.min(least.buffers, next.buffers));
      }
      return least;
    }

    private static Usage now() {
      long buffers = 0;
      for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
        buffers += pool.getMemoryUsed(); // direct and mapped
      }
      UnixOperatingSystemMXBean system =
          ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class);
      return new Usage(
          ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
          system.getOpenFileDescriptorCount(),
          ManagementFactory.getThreadMXBean().getThreadCount(),
          buffers);
    }
  }

  /** What is done over and over. */
  private static final class Rounds {
    private final NumberedWrites model = new NumberedWrites();
    private final Path directory;
    private final Path file;

    Rounds(Path root) {
      this.directory = root.resolve("live");
      this.file = root.resolve("x.slate");
    }

    void round(int round) throws Exception {
      try (ExecutorService merging = Executors.newFixedThreadPool(2);
          ExecutorService searching = Executors.newVirtualThreadPerTaskExecutor();
          LiveIndex live =
              LiveIndex.builder(NumberedWrites.D)
                  .durability(Durability.PROCESS_DEATH)
                  .parts(STRATEGIES.get(round % STRATEGIES.size()), 64)
                  .executor(merging)
                  .open(directory)) {
        assertEquals(model.count(), live.version());
        model.assertHeldBy(live);
        AtomicBoolean stop = new AtomicBoolean();
        List<Future<?>> searches = new ArrayList<>();
        for (int t = 0; t < 2; t++) {
          Random r = new Random(round * 2L + t);
          searches.add(searching.submit(() -> search(live, r, stop)));
        }
        for (int i = 1; i <= WRITES; i++) {
          NumberedWrites.write(model.count() + i, live);
          if (round % 3 == 1 && i == WRITES / 2) {
            live.save();
            live.compact();
          }
        }
        stop.set(true);
        for (Future<?> each : searches) {
          each.get();
        }
        model.proceedTo(live.version());
        model.assertHeldBy(live);
      }
      files(round);
    }

    private static void search(LiveIndex live, Random r, AtomicBoolean stop) {
      Slate slate = new Slate(20);
      while (!stop.get()) {
        Query query = Query.of(Shape.UNIFORM.rows(r, 1, NumberedWrites.D));
        switch (r.nextInt(4)) {
          case 0 -> query.denyIds(r.longs(50, 0, 500).toArray());
          case 1 -> query.allowIds(r.longs(50, 0, 500).toArray());
          case 2 -> query.atMost(2).deadline(1 + r.nextInt(1_000_000));
          default -> query.radius(r.nextFloat());
        }
        live.search(query, slate);
        for (int i = 1; i < slate.size(); i++) {
          assertTrue(slate.score(i - 1) <= slate.score(i));
        }
      }
    }

    /** An index in a file, which is opened at once and in parts, and not always closed. */
    private void files(int round) throws IOException {
      int n = 20_000;
      Random r = new Random(round);
      Strategy strategy = STRATEGIES.get(round % STRATEGIES.size());
      Index built =
          Index.builder(Catalog.of(Shape.UNIFORM.rows(r, n, 4), 4)).strategy(strategy).build();
      built.save(file);
      float[] q = Shape.UNIFORM.rows(r, 1, 4);
      Slate expected = new Slate(10);
      built.searcher().search(q, expected);
      for (Opening opening : Opening.values()) {
        Index opened = Index.open(file, opening);
        Slate found = new Slate(10);
        opened.searcher().search(q, found);
        assertEquals(expected.toString(), found.toString());
        if (round % 4 > 0) {
          opened.close();
        }
      }
      Files.delete(file);
    }
  }
}
