package dev.slate.kernel;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The classes of the kernel can be unloaded, as where a server deploys an application anew: no
 * thread, cleaner or hidden class keeps their loader.
 */
class UnloadingTest {
  @Test
  void aLoaderIsFreeOnceTheKernelIsNoLongerUsed(@TempDir Path directory) throws Exception {
    WeakReference<ClassLoader> loader = used(directory);
    for (int i = 0; i < 100 && loader.get() != null; i++) {
      System.gc();
      Thread.sleep(20);
    }
    assertNull(loader.get());
  }

  private static WeakReference<ClassLoader> used(Path directory) throws Exception {
    URL[] places = {place(Index.class), place(Use.class), place(Long2IntOpenHashMap.class)};
    try (URLClassLoader loader = new URLClassLoader(places, ClassLoader.getPlatformClassLoader())) {
      Class<?> use = loader.loadClass(Use.class.getName());
      assertNotSame(Use.class, use);
      use.getMethod("use", Path.class).invoke(null, directory);
      return new WeakReference<>(loader);
    }
  }

  private static URL place(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  /** What runs in a loader of its own. */
  public static final class Use {
    private Use() {}

    /** Builds and searches by each strategy, from a file too, and writes to a live index. */
    public static void use(Path directory) throws IOException {
      int d = 8;
      float[] rows = new float[2_000 * d];
      Random random = new Random(1);
      for (int i = 0; i < rows.length; i++) {
        rows[i] = random.nextFloat();
      }
      float[] query = new float[d];
      Slate slate = new Slate(3);
      for (Strategy strategy : new Strategy[] {Strategy.SCAN, Strategy.TREE, Strategy.QUANTIZED}) {
        Index index = Index.builder(Catalog.of(rows, d)).strategy(strategy).build();
        index.searcher().search(query, slate);
        Path file = directory.resolve("items.slate");
        index.save(file);
        try (Index opened = Index.open(file, Opening.ON_DEMAND)) {
          opened.searcher().search(query, slate);
        }
        Files.delete(file);
      }
      ExecutorService executor = Executors.newFixedThreadPool(2);
      try (LiveIndex live =
          LiveIndex.builder(d).executor(executor).open(directory.resolve("live"))) {
        live.upsert(1, query);
        live.search(query, slate);
        live.compact();
      } finally {
        executor.shutdown();
      }
    }
  }
}
