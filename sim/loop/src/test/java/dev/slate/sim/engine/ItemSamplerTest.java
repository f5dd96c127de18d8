package dev.slate.sim.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.ItemSet;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.RunSettings;
import dev.slate.sim.SlateBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Draws from what may be shown, by numbers that are made by hand. */
class ItemSamplerTest {
  private final ItemCatalog catalog =
      new ItemCatalog(
          "five",
          Catalog.of(new float[] {0, 1, 2, 3, 4}, 1),
          List.of("a"),
          item -> "item " + item,
          List.of("Ann", "Bob"),
          new int[] {0, 1, 0, 1, 1},
          ItemCatalog.NONE);

  private final List<Integer> bounds = new ArrayList<>();

  /** Gives the places asked for, and notes among how many they were. */
  private RandomGenerator places(int... places) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        throw new IllegalStateException("no bits were asked for");
      }

      @Override
      public int nextInt(int bound) {
        bounds.add(bound);
        return places[bounds.size() - 1];
      }
    };
  }

  private ItemSampler sampler(@Nullable ItemSet eligible) {
    int count = eligible == null ? catalog.size() : eligible.size();
    return new ItemSampler(new RunSettings(catalog, 5, List.of(), true, eligible, count));
  }

  private static ItemSet set(int... items) {
    ItemSet set = ItemSet.unbound(5);
    for (int item : items) {
      set.add(item);
    }
    return set;
  }

  private static List<Integer> items(SlateBuilder slate) {
    return IntStream.range(0, slate.size()).mapToObj(slate::item).toList();
  }

  @Test
  void aPlaceIsAnItemThatMayBeShown() {
    for (int place = 0; place < 5; place++) {
      bounds.clear();
      assertEquals(place, sampler(null).next(places(place)));
      assertEquals(List.of(5), bounds);
    }
    ItemSampler some = sampler(set(1, 2, 4));
    for (int place = 0; place < 3; place++) {
      bounds.clear();
      assertEquals(new int[] {1, 2, 4}[place], some.next(places(place)));
      assertEquals(List.of(3), bounds);
    }
  }

  /** A drawn item gives its place to the last that is left. */
  @Test
  void aWalkMeetsEachItemOnce() {
    SlateBuilder all = new SlateBuilder(5, catalog);
    sampler(null).walk(places(1, 0, 2, 1, 0), all, 5);
    assertEquals(List.of(1, 0, 2, 4, 3), items(all));
    assertEquals(List.of(5, 4, 3, 2, 1), bounds);
    bounds.clear();
    SlateBuilder some = new SlateBuilder(5, catalog);
    sampler(set(1, 2, 4)).walk(places(0, 0, 0), some, 5);
    assertEquals(List.of(1, 4, 2), items(some));
    assertEquals(List.of(3, 2, 1), bounds);
  }

  @Test
  void aWalkEndsWithTheSlateAndPassesOverWhatItRefuses() {
    SlateBuilder two = new SlateBuilder(5, catalog, 1);
    sampler(null).walk(places(0, 2, 1), two, 2);
    assertEquals(List.of(0, 1), items(two), "2 is by the author of 0");
    assertEquals(List.of(5, 4, 3), bounds);
  }

  @Test
  void itemsOfAnAuthor() {
    ItemSet set = ItemSet.unbound(5);
    sampler(null).itemsOf(1, set);
    for (int item = 0; item < 5; item++) {
      assertEquals(catalog.author(item) == 1, set.contains(item));
    }
    assertEquals(3, set.size());
  }
}
