package dev.slate.kernel.select;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
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

  private static long[] kept(TopK best) {
    long[] kept = new long[best.finish()];
    best.copyTo(kept);
    return kept;
  }
}
