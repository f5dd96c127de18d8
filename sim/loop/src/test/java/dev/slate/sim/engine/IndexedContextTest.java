package dev.slate.sim.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.ItemSet;
import dev.slate.kernel.Slate;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.RunSettings;
import dev.slate.sim.SlateBuilder;
import dev.slate.sim.engine.RandomStreams.Purpose;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Slates that are filled, where authors are limited or few items may be shown. */
class IndexedContextTest {
  private static final int ITEMS = 300;
  private static final int NEAR = 200;

  /** Items on a line. The first 200 are by one author, the others by fifty, two each. */
  private final ItemCatalog catalog =
      new ItemCatalog(
          "line",
          Catalog.of(line(), 1),
          List.of("x"),
          item -> "item " + item,
          IntStream.rangeClosed(0, (ITEMS - NEAR) / 2).mapToObj(i -> "author " + i).toList(),
          IntStream.range(0, ITEMS).map(i -> i < NEAR ? 0 : 1 + (i - NEAR) / 2).toArray(),
          ItemCatalog.NONE);

  private static float[] line() {
    float[] rows = new float[ITEMS];
    for (int i = 0; i < ITEMS; i++) {
      rows[i] = i;
    }
    return rows;
  }

  private final RandomStreams random = new RandomStreams(7, 0);

  private IndexedContext context(int k, @Nullable ItemSet eligible) {
    int count = eligible == null ? ITEMS : eligible.size();
    RunSettings settings = new RunSettings(catalog, k, List.of(), true, eligible, count);
    IndexedContext context =
        new IndexedContext(settings, new ItemSampler(settings), random, new PickLog(1, 0));
    random.enter(Purpose.STEP, 1, 0);
    return context;
  }

  private static List<Integer> items(SlateBuilder slate) {
    return IntStream.range(0, slate.size()).mapToObj(slate::item).toList();
  }

  private static List<Integer> range(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  private static ItemSet set(List<Integer> items) {
    ItemSet set = ItemSet.unbound(ITEMS);
    items.forEach(set::add);
    return set;
  }

  @Test
  void theNearestInTheirOrder() {
    IndexedContext context = context(5, null);
    Slate three = context.nearest(new float[] {0}, 3);
    Slate five = context.nearest(new float[] {10}, 5);
    assertEquals(3, three.size());
    assertEquals(5, five.size());
    assertEquals(10, five.ordinal(0));
    assertEquals(ITEMS, context.nearest(new float[] {0}, ITEMS + 9).size());
    SlateBuilder slate = new SlateBuilder(5, catalog);
    context.fillNearest(new float[] {0}, slate);
    assertEquals(range(0, 5), items(slate));
  }

  /** Neither the nearest items nor eight times as many are by anybody else. */
  @Test
  void searchesOnWhereAnAuthorHasEnough() {
    for (int limit = 1; limit <= 3; limit++) {
      IndexedContext context = context(6, null);
      SlateBuilder slate = new SlateBuilder(6, catalog, limit);
      for (int repeated = 0; repeated < 2; repeated++) {
        slate.clear();
        context.fillNearest(new float[] {0}, slate);
        List<Integer> expected = new ArrayList<>(range(0, limit));
        for (int item = NEAR; expected.size() < 6; item += limit == 1 ? 2 : 1) {
          expected.add(item);
        }
        assertEquals(expected, items(slate), "at most " + limit);
      }
    }
  }

  /** The slate holds items already, of authors who may have more; they are kept, none twice. */
  @Test
  void keepsWhatASlateHolds() {
    IndexedContext context = context(6, null);
    SlateBuilder slate = new SlateBuilder(6, catalog, 2);
    slate.add(201);
    slate.addAdvertisement(1);
    context.fillNearest(new float[] {0}, slate);
    assertEquals(List.of(201, 1, 0, 2, 200, 202), items(slate));
  }

  @Test
  void endsWhereNothingIsLeft() {
    IndexedContext context = context(6, set(List.of(3, 4, 5, 6, 250)));
    SlateBuilder slate = new SlateBuilder(6, catalog, 2);
    context.fillNearest(new float[] {0}, slate);
    assertEquals(List.of(3, 4, 250), items(slate), "the author of the near ones has enough");
    SlateBuilder all = new SlateBuilder(6, catalog);
    context.fillNearest(new float[] {0}, all);
    assertEquals(List.of(3, 4, 5, 6, 250), items(all));
  }

  @Test
  void randomItemsAreThoseOfTheStream() {
    IndexedContext context = context(6, null);
    SlateBuilder slate = new SlateBuilder(6, catalog);
    context.fillRandom(slate);
    RandomStreams same = new RandomStreams(7, 0).enter(Purpose.STEP, 1, 0);
    List<Integer> drawn = new ArrayList<>();
    while (drawn.size() < 6) {
      int item = same.nextInt(ITEMS);
      if (!drawn.contains(item)) {
        drawn.add(item);
      }
    }
    assertEquals(drawn, items(slate));
    assertEquals(same.nextLong(), random.nextLong(), "no draw more");
  }

  /** Draws fail 64 times in succession now and then, where 150 of 300 are on the slate. */
  @Test
  void aRandomSlateOfEverythingIsFilledByAWalk() {
    List<Integer> some = range(20, 50);
    IndexedContext context = context(ITEMS, set(some));
    SlateBuilder slate = new SlateBuilder(ITEMS, catalog);
    context.fillRandom(slate);
    List<Integer> sorted = new ArrayList<>(items(slate));
    Collections.sort(sorted);
    assertEquals(some, sorted);

    // At most one of the 200, so most draws are in vain: the slate is full by what a walk finds.
    int k = 51;
    IndexedContext limited = context(k, null);
    SlateBuilder one = new SlateBuilder(k, catalog, 1);
    limited.fillRandom(one);
    Set<Integer> authors = new HashSet<>();
    items(one).forEach(item -> authors.add(catalog.author(item)));
    assertEquals(k, authors.size());

    // In a stream of its own: draws until 64 in succession were in vain, then the walk.
    RandomStreams same = new RandomStreams(7, 0).enter(Purpose.STEP, 1, 0);
    SlateBuilder plain = new SlateBuilder(k, catalog, 1);
    for (int vain = 0; plain.size() < k && vain < 64; ) {
      vain = plain.add(same.nextInt(ITEMS)) ? 0 : vain + 1;
    }
    if (plain.size() < k) {
      RunSettings settings = new RunSettings(catalog, k, List.of(), true, null, ITEMS);
      new ItemSampler(settings).walk(same, plain, k);
    }
    assertEquals(items(plain), items(one));
  }
}
