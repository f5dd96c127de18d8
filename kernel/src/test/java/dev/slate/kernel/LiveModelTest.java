package dev.slate.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

/**
 * A live index against a plain map that keeps the order of insertion: whatever was written, deleted
 * and merged, a search returns the ids and bits of a fresh index over the map.
 */
@PropertyDefaults(shrinking = ShrinkingMode.BOUNDED)
@SuppressWarnings({"ArrayRecordComponent", "ImmutableEnumChecker", "ExposedPrivateType"})
class LiveModelTest {
  private static final int D = 3;

  /** Few enough ids that they are often replaced, and enough for several levels of segments. */
  private static final int IDS = 700;

  private enum Kind {
    UPSERT,
    DELETE,
    BATCH,
    SEARCH,
    COMPACT
  }

  /** Each kind as often as it is likely. */
  private static final List<Kind> LIKELY =
      List.of(
          Kind.UPSERT,
          Kind.UPSERT,
          Kind.DELETE,
          Kind.BATCH,
          Kind.BATCH,
          Kind.BATCH,
          Kind.BATCH,
          Kind.SEARCH,
          Kind.SEARCH,
          Kind.COMPACT);

  /** Of some forty steps each: with {@code -Dslate.test.cases=25000} a million steps. */
  private static final int SEEDS = Integer.getInteger("slate.test.cases", 20);

  /**
   * A step.
   *
   * @param kind what is done
   * @param seed on which items, and how
   */
  private record Step(Kind kind, int seed) {}

  private record Item(float[] row, float bias, int group) {}

  private enum Hands {
    NONE(null),
    CALLER(Runnable::run),
    OTHERS(ForkJoinPool.commonPool()),
    STUCK(task -> {}),
    REFUSING(
        task -> {
          throw new RejectedExecutionException("a test");
        });

    private final Executor executor;

    Hands(Executor executor) {
      this.executor = executor;
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Kind> kinds =
        Arbitraries.frequency(
            Tuple.of(6, Kind.UPSERT),
            Tuple.of(3, Kind.DELETE),
            Tuple.of(12, Kind.BATCH),
            Tuple.of(6, Kind.SEARCH),
            Tuple.of(1, Kind.COMPACT));
    return Combinators.combine(kinds, Arbitraries.integers())
        .as(Step::new)
        .list()
        .ofMinSize(5)
        .ofMaxSize(80);
  }

  @Property(tries = 120)
  void answersAsAFreshIndexDoes(
      @ForAll("steps") List<Step> steps,
      @ForAll Metric metric,
      @ForAll Shape shape,
      @ForAll Hands hands,
      @ForAll("layouts") Strategy layout,
      @ForAll boolean grouped,
      @ForAll boolean longTails) {
    run(steps, metric, shape, hands, layout, grouped, longTails);
  }

  /** The same from seeds, in numbers that the soak sets: a failure names its seed. */
  @Test
  void answersAsAFreshIndexDoesForManySeeds() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Random r = new Random(seed);
      List<Step> steps = new ArrayList<>();
      for (int left = 5 + r.nextInt(75); left > 0; left--) {
        steps.add(new Step(LIKELY.get(r.nextInt(LIKELY.size())), r.nextInt()));
      }
      Metric metric = any(r, Metric.values());
      Shape shape = any(r, Shape.values());
      Hands hands = any(r, Hands.values());
      Strategy layout = any(r, Strategy.values());
      try {
        run(steps, metric, shape, hands, layout, r.nextBoolean(), r.nextBoolean());
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private static <T> T any(Random r, T[] all) {
    return all[r.nextInt(all.length)];
  }

  @Provide
  Arbitrary<Strategy> layouts() {
    return Arbitraries.of(Strategy.SCAN, Strategy.TREE, Strategy.QUANTIZED);
  }

  private static void run(
      List<Step> steps,
      Metric metric,
      Shape shape,
      Hands hands,
      Strategy layout,
      boolean grouped,
      boolean longTails) {
    boolean biased = metric == Metric.DOT && steps.size() % 2 == 0;
    LiveIndexBuilder builder =
        LiveIndex.builder(D).metric(metric).parts(layout, longTails ? 256 : 64);
    if (biased) {
      builder.biased();
    }
    if (hands.executor != null) {
      builder.executor(hands.executor);
    }
    Map<Long, Item> model = new LinkedHashMap<>();
    Random r = new Random(steps.hashCode());
    try (LiveIndex live = builder.build()) {
      for (Step step : steps) {
        Random own = new Random(step.seed);
        switch (step.kind) {
          case UPSERT -> {
            long id = own.nextInt(IDS);
            Item item = item(shape, own, biased, grouped);
            live.upsert(id, item.row, item.bias, item.group);
            model.put(id, item);
          }
          case DELETE -> {
            long id = own.nextInt(IDS);
            assertEquals(model.remove(id) != null, live.delete(id));
          }
          case BATCH -> batch(live, model, own, shape, biased, grouped);
          case SEARCH -> compare(live, model, r, shape, metric, biased);
          case COMPACT -> live.compact();
        }
        assertEquals(model.size(), live.size());
      }
      compare(live, model, r, shape, metric, biased);
      rows(live, model, metric);
    }
  }

  /** Some items of no group, many of one, and a few of each of the others. */
  private static Item item(Shape shape, Random r, boolean biased, boolean grouped) {
    float[] row = shape.rows(r, 1, D);
    float bias = biased ? shape.rows(r, 1, 1)[0] : 0f;
    int group = grouped && r.nextInt(4) > 0 ? r.nextInt(2) * r.nextInt(40) : Query.NO_GROUP;
    return new Item(row, bias, group);
  }

  private static void batch(
      LiveIndex live,
      Map<Long, Item> model,
      Random r,
      Shape shape,
      boolean biased,
      boolean grouped) {
    LiveBatch batch = new LiveBatch(D);
    int size = 1 + r.nextInt(120);
    boolean fresh = r.nextBoolean();
    for (int i = 0; i < size; i++) {
      long id = fresh ? model.size() : r.nextInt(IDS);
      if (r.nextInt(4) == 0) {
        batch.delete(id);
        model.remove(id);
      } else {
        Item item = item(shape, r, biased, grouped);
        batch.upsert(id, item.row, item.bias, item.group);
        model.put(id, item);
      }
    }
    long before = live.version();
    assertEquals(before + 1, live.apply(batch));
  }

  private static void compare(
      LiveIndex live, Map<Long, Item> model, Random r, Shape shape, Metric metric, boolean biased) {
    long[] ids = model.keySet().stream().mapToLong(Long::longValue).toArray();
    Index fresh = fresh(model, metric, biased);
    Searcher searcher = fresh.searcher();
    for (int round = 0; round < 4; round++) {
      float[] q = shape.rows(r, 1, D);
      if (ids.length > 0 && r.nextBoolean()) {
        q = model.get(ids[r.nextInt(ids.length)]).row;
      }
      Query query = Query.of(q);
      Query same = Query.of(q);
      if (r.nextInt(3) == 0) {
        long[] denied = r.longs(r.nextInt(60), 0, IDS).toArray();
        query.denyIds(denied);
        same.deny(set(ids, denied));
      }
      if (r.nextInt(4) == 0) {
        long[] allowed = r.longs(r.nextInt(60), 0, IDS).toArray();
        query.allowIds(allowed);
        same.allow(set(ids, allowed));
      }
      if (metric == Metric.EUCLIDEAN && r.nextInt(3) == 0) {
        float[] w = {r.nextInt(2), r.nextFloat(), 1};
        query.weights(w);
        same.weights(w);
      }
      int k = new int[] {1, 10, 70, ids.length + 1, Integer.MAX_VALUE}[r.nextInt(5)];
      int most = r.nextInt(2) * (1 + r.nextInt(3));
      if (most > 0) {
        query.atMost(most);
      }
      Slate got = new Slate(k);
      Slate all = new Slate(Math.max(1, ids.length));
      for (int page = 0; page < 3; page++) {
        live.search(query, got);
        searcher.search(same, all);
        List<Integer> expected = capped(all, ids, model, most, k);
        assertSame(all, expected, got, ids);
        if (got.size() == 0) {
          break;
        }
        int at = r.nextInt(got.size());
        float score = got.score(at);
        if (r.nextBoolean() && !Float.isNaN(score)) {
          query.radius(score);
          same.radius(score);
        } else {
          query.after(score, got.place(at));
          same.after(score, all.ordinal(expected.get(at)));
        }
      }
    }
  }

  private static Index fresh(Map<Long, Item> model, Metric metric, boolean biased) {
    CatalogBuilder items = Catalog.builder(D);
    for (Item item : model.values()) {
      items.add(item.row);
      if (biased) {
        items.bias(item.bias);
      }
    }
    return Index.builder(items.build()).metric(metric).strategy(Strategy.SCAN).build();
  }

  private static ItemSet set(long[] ids, long[] members) {
    ItemSet set = ItemSet.unbound(ids.length);
    for (int i = 0; i < ids.length; i++) {
      long id = ids[i];
      if (LongStream.of(members).anyMatch(m -> m == id)) {
        set.add(i);
      }
    }
    return set;
  }

  /** Which of all items, best first, are the k best that the groups admit. */
  private static List<Integer> capped(
      Slate all, long[] ids, Map<Long, Item> model, int most, int k) {
    List<Integer> kept = new ArrayList<>();
    Map<Integer, Integer> taken = new HashMap<>();
    for (int i = 0; i < all.size() && kept.size() < k; i++) {
      int group = model.get(ids[all.ordinal(i)]).group;
      if (most == 0 || group == Query.NO_GROUP || taken.merge(group, 1, Integer::sum) <= most) {
        kept.add(i);
      }
    }
    return kept;
  }

  private static void assertSame(Slate all, List<Integer> expected, Slate got, long[] ids) {
    List<String> wanted = new ArrayList<>();
    List<String> found = new ArrayList<>();
    for (int i : expected) {
      wanted.add(ids[all.ordinal(i)] + ":" + Float.floatToRawIntBits(all.score(i)));
    }
    for (int i = 0; i < got.size(); i++) {
      found.add(got.id(i) + ":" + Float.floatToRawIntBits(got.score(i)));
    }
    assertEquals(wanted, found);
  }

  private static void rows(LiveIndex live, Map<Long, Item> model, Metric metric) {
    float[] row = new float[D];
    for (long id = 0; id < IDS; id++) {
      assertEquals(model.containsKey(id), live.contains(id));
      assertEquals(model.containsKey(id), live.copyRow(id, row));
      LiveItem item = live.item(id);
      assertEquals(model.containsKey(id), item != null);
      if (item != null) {
        assertEquals(id, item.id());
        assertArrayEquals(row, item.row());
        assertEquals(model.get(id).bias, item.bias());
        assertEquals(model.get(id).group, item.group());
      }
      if (model.containsKey(id) && metric != Metric.COSINE) {
        for (int j = 0; j < D; j++) {
          assertTrue(model.get(id).row[j] == row[j], "row of " + id);
        }
      }
    }
  }
}
