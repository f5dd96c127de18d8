package dev.slate.kernel.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.query.CompiledQuery;
import dev.slate.kernel.search.Counters;
import dev.slate.kernel.select.GroupCounts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Scans of tails against a sorted list, where many items tie and places are in any order. */
class TailScanTest {
  private static final int CASES = 1_500;

  private record Item(float key, long place, int group) {}

  private final TailScan scan = new TailScan();
  private final Merged best = new Merged();
  private final IdFilter filter = new IdFilter();
  private final LiveRequest request = new LiveRequest();

  TailScanTest() {
    request.operands.q = new float[1];
    request.operands.d = 1;
    request.operands.dot = true;
    request.operands.biased = true; // the bias is the score
  }

  @Test
  void tiesAreOrderedByPlace() {
    for (int seed = 0; seed < CASES; seed++) {
      Random r = new Random(seed);
      float[] scores = {0f, -0f, 1f, r.nextBoolean() ? -1f : Float.NEGATIVE_INFINITY};
      int different = 1 + r.nextInt(scores.length);
      int groups = 1 + r.nextInt(6);
      Tail[] tails = new Tail[1 + r.nextInt(3)];
      List<Item> items = new ArrayList<>();
      List<Long> places = places(r, tails.length * 256);
      long[] denied = r.longs(20L * r.nextInt(3), 0, places.size()).toArray();
      filter.deny(denied);
      for (int t = 0; t < tails.length; t++) {
        tails[t] = new Tail(256, 2);
        int count = r.nextInt(257);
        for (int slot = 0; slot < count; slot++) {
          long place = places.get(t * 256 + slot);
          float score = scores[r.nextInt(different)];
          int group = r.nextInt(9) == 0 ? GroupCounts.NO_GROUP : -r.nextInt(groups);
          tails[t].append(place, place, group, new float[] {score, -0f});
          if (r.nextInt(8) == 0) {
            tails[t].die(slot, r.nextInt(2)); // at version 1 only a search at 0 would find it
          } else if (!filter.excludes(place)) {
            items.add(new Item(-score, place, group));
          }
        }
      }
      int k = new int[] {1, 2, 10, 100, 1_000}[r.nextInt(5)];
      int most = r.nextInt(4);
      request.paged = r.nextInt(3) == 0;
      request.afterKey = -scores[r.nextInt(scores.length)];
      request.afterPlace = r.nextInt(places.size());
      search(k, most, tails);
      assertEquals(expected(items, k, most), found(), "seed " + seed);
    }
  }

  /** Nothing bounds them but the places of the best. */
  @Test
  void aTailOfTiesNeedsNoMoreRoomThanTwiceK() {
    for (int most = 0; most < 3; most++) {
      Tail tail = new Tail(4_096, 2);
      for (long place : places(new Random(most), 4_096)) {
        tail.append(place, place, GroupCounts.NO_GROUP, new float[] {1f, 0f});
      }
      search(10, most, tail);
      for (int i = 0; i < 10; i++) {
        assertEquals(i, best.place(i));
      }
      assertTrue(scan.room() <= 128, scan.room() + " candidates");
    }
  }

  private static List<Long> places(Random r, int count) {
    List<Long> places = new ArrayList<>();
    for (long place = 0; place < count; place++) {
      places.add(r.nextInt((int) place + 1), place);
    }
    return places;
  }

  private void search(int k, int most, Tail... tails) {
    request.k = k;
    request.mostOfGroup = most;
    best.reset(k, most);
    scan.reset();
    for (Tail tail : tails) {
      assertTrue(
          scan.search(
              tail, tail.size(), 1, request, new CompiledQuery(), filter, best, new Counters()));
    }
  }

  private List<String> expected(List<Item> items, int k, int most) {
    Comparator<Item> order = (a, b) -> a.key == b.key ? 0 : Float.compare(a.key, b.key);
    order = order.thenComparingLong(Item::place);
    Item after = new Item(request.afterKey, request.afterPlace, 0);
    Map<Integer, Integer> taken = new HashMap<>();
    List<String> expected = new ArrayList<>();
    items.sort(order);
    for (Item item : items) {
      if (expected.size() < k
          && (!request.paged || order.compare(item, after) > 0)
          && (most == 0
              || item.group == GroupCounts.NO_GROUP
              || taken.merge(item.group, 1, Integer::sum) <= most)) {
        expected.add(item.place + ":" + item.key);
      }
    }
    return expected;
  }

  private List<String> found() {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < best.size(); i++) {
      found.add(best.id(i) + ":" + best.key(i));
    }
    return found;
  }
}
