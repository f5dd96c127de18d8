package dev.slate.kernel.select;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TopKTest {
  @Property(tries = 500)
  void keepsTheSmallestInOrder(
      @ForAll @Size(max = 2000) List<Float> keys, @ForAll @IntRange(min = 1, max = 600) int k) {
    TopK best = new TopK();
    best.reset(k, Candidate.FIRST, Candidate.NONE);
    long[] all = new long[keys.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = Candidate.pack(keys.get(i), i);
      best.offer(all[i]);
    }
    Arrays.sort(all);
    assertArrayEquals(Arrays.copyOf(all, Math.min(k, all.length)), kept(best));
  }

  @Property(tries = 300)
  void whatIsAppendedInOrderIsKept(
      @ForAll @IntRange(min = 1, max = 100) int k,
      @ForAll @IntRange(max = 40) int appended,
      @ForAll @Size(max = 40) List<@IntRange(max = 50) Integer> others) {
    TopK best = new TopK();
    best.reset(k, Candidate.FIRST, Candidate.NONE);
    long[] all = new long[appended + others.size()];
    for (int i = 0; i < appended; i++) {
      all[i] = Candidate.pack(i, i);
      best.append(all[i]);
    }
    for (int i = appended; i < all.length; i++) {
      all[i] = Candidate.pack(others.get(i - appended), i);
      best.offer(all[i]);
    }
    Arrays.sort(all);
    assertArrayEquals(Arrays.copyOf(all, Math.min(k, all.length)), kept(best));
  }

  @Property
  void packingKeepsKeyAndOrdinal(
      @ForAll float key, @ForAll @IntRange(min = 0, max = Integer.MAX_VALUE) int ordinal) {
    long candidate = Candidate.pack(key, ordinal);
    assertEquals(ordinal, Candidate.ordinal(candidate));
    assertEquals(Float.floatToIntBits(key), Float.floatToRawIntBits(Candidate.key(candidate)));
  }

  @Property
  void orderIsByKeyThenOrdinal(
      @ForAll float a,
      @ForAll @IntRange(min = 0, max = 9) int i,
      @ForAll float b,
      @ForAll @IntRange(min = 10, max = 19) int j) {
    boolean first = a < b || (Float.isNaN(b) && !Float.isNaN(a)) || (a == b && i < j);
    first |= Float.isNaN(a) && Float.isNaN(b) && i < j;
    assertEquals(first, Candidate.pack(a, i) < Candidate.pack(b, j), a + " " + b);
  }

  @Test
  void zerosAreEqualAndKeepTheirSign() {
    long minus = Candidate.pack(-0f, 3);
    long plus = Candidate.pack(0f, 3);
    assertTrue(Candidate.pack(0f, 2) < minus && minus < Candidate.pack(0f, 4));
    assertTrue(Candidate.pack(-0f, 2) < plus && plus < Candidate.pack(-0f, 4));
    assertEquals(Integer.MIN_VALUE, Float.floatToRawIntBits(Candidate.key(minus)));
    assertEquals(0, Float.floatToRawIntBits(Candidate.key(plus)));
    assertEquals(0, Float.floatToRawIntBits(Candidate.bound(minus)));
  }

  @Test
  void nanComesLast() {
    long nan = Candidate.pack(Float.intBitsToFloat(0xffc12345), 1);
    assertTrue(Candidate.pack(Float.POSITIVE_INFINITY, 2) < nan);
    assertEquals(0x7fc00000, Float.floatToRawIntBits(Candidate.key(nan)));
    assertTrue(nan > Candidate.last(Float.POSITIVE_INFINITY));
  }

  @Test
  void aCapKeepsTheCandidateItself() {
    TopK best = new TopK();
    best.reset(3, Candidate.FIRST, Candidate.NONE);
    long kth = Candidate.pack(1f, 7);
    best.cap(kth);
    best.offer(kth);
    best.offer(Candidate.pack(1f, 8));
    best.offer(Candidate.pack(1f, 6));
    assertArrayEquals(new long[] {Candidate.pack(1f, 6), kth}, kept(best));
  }

  /** Two selections take turns in one object, as the queries of a sweep do. */
  @Test
  void goesOnWithWhatWasPutAside() {
    Random r = new Random(1);
    for (int k : new int[] {1, 10, 40, 41, 100, 128}) {
      TopK turns = new TopK();
      TopK[] alone = {new TopK(), new TopK()};
      long[] aside = new long[2 * TopK.capacity(k)];
      int[] sizes = new int[2];
      long[] worst = new long[2];
      for (int i = 0; i < 2; i++) {
        alone[i].reset(k, Candidate.FIRST, Candidate.NONE);
        for (int ordinal = 0; ordinal < k; ordinal++) {
          alone[i].offer(Candidate.pack(r.nextFloat(), ordinal));
        }
        alone[i].putAside(aside, i * TopK.capacity(k));
        sizes[i] = alone[i].size();
        worst[i] = alone[i].worst();
      }
      for (int round = 1; round < 30; round++) {
        int i = r.nextInt(2);
        turns.resume(k, aside, i * TopK.capacity(k), sizes[i], worst[i]);
        for (int some = r.nextInt(2 * k); some > 0; some--) {
          long next = Candidate.pack(r.nextFloat(), round * 2 * k + some);
          turns.offer(next);
          alone[i].offer(next);
        }
        turns.putAside(aside, i * TopK.capacity(k));
        sizes[i] = turns.size();
        worst[i] = turns.worst();
      }
      for (int i = 0; i < 2; i++) {
        turns.resume(k, aside, i * TopK.capacity(k), sizes[i], worst[i]);
        assertArrayEquals(kept(alone[i]), kept(turns), "k = " + k);
      }
    }
  }

  /** Groups, exclusions, a page and a limit at once, against a sort of everything. */
  @Test
  void keepsTheBestThatItsConditionsAdmit() {
    Random r = new Random(2);
    for (int round = 0; round < 2_000; round++) {
      int k = 1 + r.nextInt(round % 2 == 0 ? 45 : 130);
      int n = r.nextInt(5 * k);
      int most = 1 + r.nextInt(4);
      int[] groupOf = new int[n];
      for (int i = 0; i < n; i++) {
        groupOf[i] = r.nextInt(4) == 0 ? GroupCounts.NO_GROUP : r.nextInt(1 + n / 3);
      }
      boolean grouped = r.nextBoolean();
      long after = r.nextBoolean() ? Candidate.FIRST : Candidate.pack(r.nextInt(8), n / 2);
      long limit = r.nextBoolean() ? Candidate.NONE : Candidate.pack(12 + r.nextInt(8), n / 3);
      int excluded = r.nextInt(4);
      TopK[] parts = {new TopK(), new TopK()};
      for (TopK part : parts) {
        part.reset(k, after, limit);
        part.exclude(excluded == 0 ? null : ordinal -> ordinal % 4 == excluded);
        part.limitGroups(grouped ? groupOf : null, most);
      }
      long[] all = new long[n];
      for (int i = 0; i < n; i++) {
        all[i] = Candidate.pack(r.nextInt(20), i);
        parts[r.nextInt(2)].offer(all[i]);
      }
      parts[0].take(parts[1]);
      Arrays.sort(all);
      Map<Integer, Integer> counts = new HashMap<>();
      long[] expected =
          Arrays.stream(all)
              .filter(candidate -> candidate > after && candidate <= limit)
              .filter(each -> excluded == 0 || Candidate.ordinal(each) % 4 != excluded)
              .filter(
                  candidate -> {
                    int group = groupOf[Candidate.ordinal(candidate)];
                    return !grouped
                        || group == GroupCounts.NO_GROUP
                        || counts.merge(group, 1, Integer::sum) <= most;
                  })
              .limit(k)
              .toArray();
      long worst = parts[0].worst();
      assertArrayEquals(expected, kept(parts[0]), "round " + round);
      assertEquals(expected.length, parts[0].size());
      assertTrue(expected.length < k || worst >= expected[k - 1], "a bound that excludes the k-th");
      for (int i = 0; i < n; i++) {
        int ordinal = i;
        boolean held = Arrays.stream(expected).anyMatch(c -> Candidate.ordinal(c) == ordinal);
        assertEquals(held, parts[0].holds(i), "round " + round + ", item " + i);
      }
    }
  }

  /** The k-th best is the bound as soon as there are k, whatever k is, and shrinks from then on. */
  @Test
  void theBoundIsTheKthSoFar() {
    for (int k : new int[] {1, 2, 40, 41, 60, 100}) {
      TopK best = new TopK();
      best.reset(k, Candidate.FIRST, Candidate.NONE);
      for (int i = k; i > 0; i--) {
        assertEquals(Candidate.NONE, best.worst());
        best.offer(Candidate.pack(i, i));
      }
      assertEquals(Candidate.pack(k, k), best.worst());
      for (int i = 0; i < k; i++) {
        best.offer(Candidate.pack(-i, 200 + i));
      }
      assertTrue(best.worst() <= Candidate.pack(k, k));
      assertTrue(best.size() <= TopK.capacity(k));
      assertEquals(k, best.finish());
      assertTrue(best.worst() <= Candidate.pack(k / 2 + 1, k), "k = " + k);
    }
  }

  @Test
  void aSelectionHoldsHalfAsManyMore() {
    assertEquals(1, TopK.capacity(1));
    assertEquals(40, TopK.capacity(40));
    assertEquals(61, TopK.capacity(41));
    assertEquals(1_500_000, TopK.capacity(1_000_000));
    assertEquals(Integer.MAX_VALUE - 8, TopK.capacity(Integer.MAX_VALUE));
  }

  /** Whether an item may enter is what its key says, from the ordinal on that was asked for. */
  @Test
  void admitsWhatIsBelowItsBound() {
    TopK best = new TopK();
    best.reset(1, Candidate.FIRST, Candidate.NONE);
    assertTrue(Float.isNaN(best.admits(0)), "everything");
    for (float key : new float[] {1, 0, -0f, -3, Float.MAX_VALUE, Float.POSITIVE_INFINITY}) {
      best.reset(1, Candidate.FIRST, Candidate.NONE);
      best.offer(Candidate.pack(key, 5));
      assertEquals(key + 0f, best.admits(5), "an equal key comes behind");
      assertEquals(key + 0f, best.admits(6));
      float before = best.admits(4);
      boolean last = key == Float.POSITIVE_INFINITY;
      assertTrue(last ? Float.isNaN(before) : before == Math.nextUp(key + 0f), before + "");
    }
  }

  /** Appending ends with k, with a limit, and begins behind a page. */
  @Test
  void onlyWhatCountsIsAppended() {
    for (int k : new int[] {3, 50}) {
      TopK best = new TopK();
      best.reset(k, Candidate.pack(1, 1), Candidate.pack(60, 60));
      for (int i = 0; i < 100; i++) {
        best.append(Candidate.pack(i, i));
      }
      long[] expected = new long[k];
      for (int i = 0; i < k; i++) {
        expected[i] = Candidate.pack(i + 2, i + 2);
      }
      assertEquals(expected[k - 1], best.worst(), "the k-th ends it");
      assertArrayEquals(expected, kept(best));
      best.reset(k, Candidate.FIRST, Candidate.pack(1, 1));
      for (int i = 0; i < 100; i++) {
        best.append(Candidate.pack(i, i));
      }
      assertArrayEquals(new long[] {Candidate.pack(0, 0), Candidate.pack(1, 1)}, kept(best));
    }
  }

  private static long[] kept(TopK best) {
    long[] kept = new long[best.finish()];
    best.copyTo(kept);
    return kept;
  }
}
