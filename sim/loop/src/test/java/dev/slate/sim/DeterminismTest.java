package dev.slate.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.sim.report.TableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeterminismTest {
  private static final List<String> FILES =
      List.of("trajectories.csv", "impressions.csv", "items.csv", "users.csv");

  @TempDir Path directory;

  private byte[][] run(Selector selector, int threads, long seed, int replication)
      throws IOException {
    ItemCatalog catalog = TestCatalogs.grid(700, 5, 2);
    try (TableFiles tables = new TableFiles(directory, catalog, 1, 6, Simulation::userName)) {
      new Simulation(catalog, selector)
          .size(1_100, 6, 4)
          .threads(threads)
          .seed(seed, replication)
          .behavior(new Behavior(0.3, 0.1, true, 0.1, 0.05, 0.2))
          .editorial(List.of(3, 1, 4, 15))
          .run(tables);
      tables.commit();
    }
    byte[][] bytes = new byte[FILES.size()][];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = Files.readAllBytes(directory.resolve(FILES.get(i)));
    }
    return bytes;
  }

  @Test
  void threadsDoNotShow() throws IOException {
    for (String name : Selectors.descriptions(getClass().getClassLoader()).keySet()) {
      byte[][] one = run(Selectors.create(name), 1, 7, 0);
      byte[][] again = run(Selectors.create(name), 1, 7, 0);
      byte[][] three = run(Selectors.create(name), 3, 7, 0);
      for (int i = 0; i < one.length; i++) {
        assertArrayEquals(one[i], again[i], name + ", again");
        assertArrayEquals(one[i], three[i], name + ", three threads");
      }
    }
  }

  /** Many users are served in another order than a few, and each user fares the same. */
  @Test
  void theOrderOfUsersDoesNotShow() {
    ItemCatalog catalog = TestCatalogs.grid(700, 5, 2);
    assertArrayEquals(ends(catalog, 30), Arrays.copyOf(ends(catalog, 3_000), 30));
  }

  private static float[] ends(ItemCatalog catalog, int users) {
    float[] ends = new float[users];
    new Simulation(catalog, Selectors.create("nearest"))
        .size(users, 20, 4)
        .run(
            state -> {
              for (int user = 0; user < users; user++) {
                ends[user] = state.preference(user, 1);
              }
            });
    return ends;
  }

  @Test
  void seedsAndReplicationsDo() throws IOException {
    byte[][] first = run(Selectors.create("nearest"), 2, 7, 0);
    assertFalse(Arrays.equals(first[0], run(Selectors.create("nearest"), 2, 8, 0)[0]));
    assertFalse(Arrays.equals(first[0], run(Selectors.create("nearest"), 2, 7, 1)[0]));
  }

  @Test
  void nothingIsLeftBesideTheTables() throws IOException {
    run(Selectors.create("random"), 1, 1, 0);
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(FILES.size(), files.count());
    }
  }

  /** Draws items, and a number, and hears of each step before its users come. */
  private static final class Drawing implements Selector {
    private final AtomicInteger steps = new AtomicInteger();
    private final Set<Integer> items = ConcurrentHashMap.newKeySet();
    private final Set<Float> numbers = ConcurrentHashMap.newKeySet();

    @Override
    public String name() {
      return "drawing";
    }

    @Override
    public String description() {
      return "draws";
    }

    @Override
    public void beforeStep(StepState state) {
      steps.incrementAndGet();
    }

    @Override
    public void select(SelectorContext context, SlateBuilder slate) {
      numbers.add(context.random().nextFloat());
      while (!slate.full()) {
        int item = context.randomItem();
        items.add(item);
        slate.add(item);
      }
    }
  }

  @Test
  void drawsOfASelectorAreThoseOfItsUserAndStep() {
    ItemCatalog catalog = TestCatalogs.grid(700, 5, 2);
    Drawing[] drawings = {new Drawing(), new Drawing()};
    for (int i = 0; i < 2; i++) {
      new Simulation(catalog, drawings[i]).size(40, 6, 4).threads(1 + 2 * i).run(state -> {});
    }
    assertEquals(drawings[0].numbers, drawings[1].numbers);
    assertEquals(drawings[0].items, drawings[1].items);
    assertTrue(drawings[0].numbers.size() > 200, "numbers " + drawings[0].numbers.size());
    assertTrue(drawings[0].items.size() > 300, "items " + drawings[0].items.size());
    assertTrue(drawings[0].items.stream().allMatch(item -> item >= 0 && item < catalog.size()));
    assertTrue(drawings[0].steps.get() >= 5, "steps " + drawings[0].steps);
  }
}
