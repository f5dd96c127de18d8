package dev.slate.kernel.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RoutingTreeTest {
  private static final int WIDTH = 3;
  private static final int ROWS = 100;

  /** Few, so that many rows lie on splits. */
  private static final float[] VALUES = {-1e30f, -1f, -Float.MIN_VALUE, -0f, 0f, 1f, 2f, 1e30f};

  @Property(tries = 200)
  void rowsGoWhereTheirPlanesLead(
      @ForAll @IntRange(max = 40) int count, @ForAll @IntRange(max = 1000) int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] column = random.ints(count, 0, WIDTH).toArray();
    int[] ordinal = random.ints(count, 0, ROWS).toArray();
    float[] value = values(count, random);
    int[][] halves = new int[count][2];
    RoutingTree routing = new RoutingTree(count);
    int buckets = count == 0 ? 1 : 0;
    for (int p = 0; p < count; p++) {
      routing.add(column[p], value[p], ordinal[p], 1);
      if (p > 0) {
        hang(halves, routing, p, random);
      }
    }
    for (int p = 0; p < count; p++) {
      for (int half = 0; half < 2; half++) {
        if (halves[p][half] == 0) {
          halves[p][half] = ~buckets++;
          routing.link(p, half, halves[p][half]);
        }
      }
    }
    float[] rows = values(ROWS * WIDTH, random);
    int[] expected = new int[ROWS];
    for (int r = 0; r < ROWS; r++) {
      int p = count == 0 ? ~0 : 0;
      while (p >= 0) {
        float x = rows[r * WIDTH + column[p]];
        boolean right = x > value[p] || (x == value[p] && r + 7 >= ordinal[p]);
        p = halves[p][right ? 1 : 0];
      }
      expected[r] = ~p;
    }
    int[] routed = new int[ROWS];
    routing.route(rows, WIDTH, ROWS, 7, routed);
    assertArrayEquals(expected, routed);
  }

  /** Makes a split the half of one that has no other there yet. */
  private static void hang(int[][] halves, RoutingTree routing, int p, SplittableRandom random) {
    int above = random.nextInt(p);
    int half = random.nextInt(2);
    while (halves[above][half] != 0) {
      half ^= 1;
      above = halves[above][half] == 0 ? above : (above + 1) % p;
    }
    halves[above][half] = p;
    routing.link(above, half, p);
  }

  private static float[] values(int count, SplittableRandom random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = VALUES[random.nextInt(VALUES.length)];
    }
    return values;
  }
}
