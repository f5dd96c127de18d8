package dev.slate.kernel.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.EachWidth;
import dev.slate.kernel.query.CompiledQuery;
import dev.slate.kernel.select.Candidate;
import dev.slate.kernel.simd.TreeKernel;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A bound that is not below every item in its box would lose answers. */
@EachWidth
class BoxBoundTest {
  private static final int CASES = 50 * Integer.getInteger("slate.test.cases", 400);
  private static final int ITEMS = 4;

  @Test
  void boundsAreNeverWorseThanAnItem() {
    for (int seed = 0; seed < CASES; seed++) {
      randomCase(seed);
    }
  }

  @Test
  void theItemsOfALeafAreOrdered() {
    for (int seed = 0; seed < CASES; seed++) {
      Random r = new Random(seed);
      int lanes = r.nextBoolean() ? 32 : 64;
      float[] keys = new float[TreeKernel.MAX_LANES];
      int distinct = 1 + r.nextInt(lanes);
      for (int i = 0; i < lanes; i++) {
        keys[i] = r.nextInt(50) == 0 ? special(r) : r.nextInt(distinct) - distinct / 3;
      }
      boolean ordered = true;
      for (int i = 0; i < lanes; i++) {
        ordered &= !Float.isNaN(keys[i]);
      }
      int[] byRank = new int[TreeKernel.MAX_LANES];
      assertEquals(ordered, TreeKernel.get(1).order(keys, lanes, byRank), "seed " + seed);
      for (int i = 1; ordered && i < lanes; i++) {
        long before = Candidate.pack(keys[byRank[i - 1]], byRank[i - 1]);
        assertTrue(before < Candidate.pack(keys[byRank[i]], byRank[i]), "seed " + seed);
      }
    }
  }

  private static float special(Random r) {
    float[] values = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0f, 0f};
    return values[r.nextInt(values.length)];
  }

  private void randomCase(int seed) {
    Random r = new Random(seed);
    int d = 1 + r.nextInt(r.nextInt(8) == 0 ? 20 : 9);
    TreeKernel kernel = TreeKernel.get(d);
    CompiledQuery query = new CompiledQuery();
    query.d = d;
    query.dot = r.nextBoolean();
    query.biased = query.dot && r.nextBoolean();
    int width = query.biased ? d + 1 : d;
    int scale = r.nextInt(9);
    float centre = value(r, r.nextInt(9));
    query.q = new float[d];
    for (int j = 0; j < d; j++) {
      query.q[j] = r.nextBoolean() ? value(r, scale) : centre + value(r, scale);
      query.q[j] = Float.isFinite(query.q[j]) ? query.q[j] : 0;
    }
    if (!query.dot && r.nextBoolean()) {
      float[] w = new float[d];
      for (int j = 0; j < d; j++) {
        w[j] = Math.abs(value(r, r.nextInt(9)));
      }
      query.w = w;
    }
    int children = 1 + r.nextInt(Nodes.FAN);
    float[] items = new float[children * ITEMS * width];
    for (int i = 0; i < items.length; i++) {
      float x = r.nextInt(4) == 0 ? centre : centre + value(r, scale);
      items[i] = Float.isFinite(x) ? x : centre;
    }
    Nodes nodes = node(items, children, width);
    int[] bounds = new int[Nodes.FAN];
    kernel.bounds(query, nodes.boxes, nodes.at(0), nodes.grid(0), children, bounds, 0);
    for (int i = 0; i < children * ITEMS; i++) {
      float key = query.key(items, i * width, 1);
      int sortable = (int) (Candidate.pack(key, 0) >> 32);
      assertTrue(
          bounds[i / ITEMS] <= sortable, "seed " + seed + " item " + i + " has the key " + key);
    }
    for (int c = children; c < Nodes.FAN; c++) {
      assertEquals(Integer.MAX_VALUE, bounds[c], "seed " + seed);
    }
    choices(r, seed, kernel, bounds);
  }

  /** What is made of bounds: the first least one, and those that come before a candidate. */
  private static void choices(Random r, int seed, TreeKernel kernel, int[] bounds) {
    int least = kernel.least(bounds, 0);
    int[] ordinals = new int[Nodes.FAN];
    for (int c = 0; c < Nodes.FAN; c++) {
      assertTrue(bounds[least] < bounds[c] || (bounds[least] == bounds[c] && least <= c));
      ordinals[c] = r.nextInt(6) == 0 ? Integer.MAX_VALUE : r.nextInt(4);
    }
    long worst = (long) bounds[r.nextInt(Nodes.FAN)] << 32;
    worst |= r.nextInt(6) == 0 ? 0xffffffffL : r.nextInt(10);
    int n = r.nextInt(5);
    int[] children = new int[n + Nodes.FAN];
    int[] kept = new int[n + Nodes.FAN];
    int end = kernel.within(bounds, 0, worst, ordinals, 0, 100, children, kept, n);
    for (int c = 0; c < Nodes.FAN; c++) {
      if (((long) bounds[c] << 32 | (long) ordinals[c] << 1) < worst) {
        assertEquals(100 + c, children[n], "seed " + seed);
        assertEquals(bounds[c], kept[n++], "seed " + seed);
      }
    }
    assertEquals(n, end, "seed " + seed);
  }

  private static Nodes node(float[] items, int children, int width) {
    Nodes nodes = new Nodes(1, width);
    nodes.adopt(0, ~0, children);
    float[] lo = new float[width * Nodes.FAN];
    float[] hi = new float[width * Nodes.FAN];
    for (int c = 0; c < children; c++) {
      for (int j = 0; j < width; j++) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < ITEMS; i++) {
          low = Math.min(low, items[(c * ITEMS + i) * width + j]);
          high = Math.max(high, items[(c * ITEMS + i) * width + j]);
        }
        lo[j * Nodes.FAN + c] = low;
        hi[j * Nodes.FAN + c] = high;
      }
    }
    nodes.enclose(0, lo, hi, new int[Nodes.FAN]);
    return nodes;
  }

  private static float value(Random r, int scale) {
    return switch (scale) {
      case 0 -> r.nextFloat();
      case 1 -> (float) r.nextGaussian() * 1e30f;
      case 2 -> (float) r.nextGaussian() * 1e-30f;
      case 3 -> Float.intBitsToFloat(r.nextInt(1 << 24)) * (r.nextBoolean() ? 1 : -1);
      case 4 -> (r.nextInt(5) - 2) / 2f;
      case 5 -> (r.nextInt(3) - 1) * Float.MAX_VALUE;
      case 6 -> (float) (r.nextGaussian() * Math.pow(10, r.nextInt(70) - 35));
      case 7 -> (r.nextInt(3) - 1) * Float.MIN_VALUE;
      default -> 0f;
    };
  }

  @Test
  void levelsOfARatingHaveExactBoxes() {
    float[] items = new float[16 * ITEMS];
    for (int i = 0; i < items.length; i++) {
      items[i] = ((i / ITEMS) % 5 - 2) / 2f;
    }
    Nodes nodes = node(items, 16, 1);
    CompiledQuery query = new CompiledQuery();
    query.d = 1;
    query.q = new float[] {-0.25f};
    int[] bounds = new int[16];
    TreeKernel.get(1).bounds(query, nodes.boxes, nodes.at(0), nodes.grid(0), 16, bounds, 0);
    for (int c = 0; c < 16; c++) {
      assertEquals(query.key(items, c * ITEMS, 1), Float.intBitsToFloat(bounds[c]));
    }
  }
}
