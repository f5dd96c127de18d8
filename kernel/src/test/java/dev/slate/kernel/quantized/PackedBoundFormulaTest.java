package dev.slate.kernel.quantized;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.EachWidth;
import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.parallel.WorkerGroup;
import dev.slate.kernel.rows.Rows;
import dev.slate.kernel.simd.PackedKernel;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The limits of packed codes against the formulas of {@link PackedBound}, in plain loops. */
class PackedBoundFormulaTest {
  private static final int CASES = 60;

  @Test
  void packedLimits() {
    int postponed = 0;
    for (int seed = 0; seed < CASES; seed++) {
      PackedCase c = new PackedCase(seed);
      for (int block = 0; block < c.packed.codes.count(); block++) {
        postponed += c.check(block);
      }
    }
    assertTrue(postponed > 1_000, postponed + " items were postponed");
  }

  @Test
  void packedCodesThatCannotExclude() {
    PackedCase c = new PackedCase(4);
    assertTrue(c.prepared(c.q, ErrorBound.LONGEST));
    assertFalse(c.prepared(c.q, Math.nextUp(ErrorBound.LONGEST)), "a long query");
    double[] near = new double[c.q.length];
    for (int j = 0; j < near.length; j++) {
      near[j] = c.dot ? 0 : c.packed.grid.centre[j];
    }
    assertFalse(c.prepared(near, 1), "a query at the centre");
    near[0] += c.dot ? 1.1e-15 : 1e-3;
    assertTrue(c.prepared(near, 1));
    PackedBound bound = new PackedBound(c.packed);
    assertTrue(bound.prepare(c.q, c.dot, c.norm, c.q.length));
    assertEquals(c.packed.stride(), bound.bytesOfBlock());
    bound.worst(c.dot ? Float.NEGATIVE_INFINITY : 0);
    c.packed.blocks[PackedRows.base(0, PackedKernel.R)] = Float.POSITIVE_INFINITY;
    assertEquals(-1, bound.remaining(0, 1));
    PostponedLanes waiting = new PostponedLanes();
    assertEquals(5, bound.within(0, 5, waiting), "a block without bounds");
    assertEquals(0, waiting.count);
  }

  /** Products of a block may have been computed with those of the block before it. */
  @Test
  @EachWidth
  void blocksInAnyOrderOfSeveralQueries() {
    PackedCase c = new PackedCase(2);
    PackedBound bound = new PackedBound(c.packed);
    int blocks = c.packed.codes.count();
    Random r = new Random(7);
    int excluded = 0;
    int block = 0;
    double[] q = c.q.clone();
    for (int step = 0; step < 1_000; step++) {
      if (step == 0 || r.nextInt(8) == 0) {
        q[0] = c.q[0] + r.nextInt(3);
        assertTrue(bound.prepare(q, c.dot, c.norm * 2, q.length));
      }
      block = r.nextInt(4) == 0 ? r.nextInt(blocks) : (block + 1) % blocks;
      float worst = -r.nextInt(200);
      bound.worst(worst);
      PackedBound fresh = new PackedBound(c.packed);
      assertTrue(fresh.prepare(q, c.dot, c.norm * 2, q.length));
      fresh.worst(worst);
      long remaining = fresh.remaining(block, c.longest[block]);
      assertEquals(remaining, bound.remaining(block, c.longest[block]), "step " + step);
      assertEquals(
          postponed(fresh, block, remaining), postponed(bound, block, remaining), "step " + step);
      excluded += 64 - Long.bitCount(remaining);
    }
    assertTrue(excluded > 5_000 && excluded < 60_000, excluded + " items were excluded");
  }

  /** What a bound says of items that it does not exclude. */
  private static String postponed(PackedBound bound, int block, long lanes) {
    PostponedLanes waiting = new PostponedLanes();
    long within = bound.within(block, lanes, waiting);
    double[] limits = Arrays.copyOf(waiting.limits, waiting.count);
    return Long.toHexString(within) + " " + Arrays.toString(limits);
  }

  /** A sum of 20,000 codes nearly fills 16 bits, so that weights would be whole numbers near 0. */
  @Test
  void packedCodesOfVeryManyAttributesExcludeNothing() {
    int n = 64;
    int d = 20_000;
    Random r = new Random(1);
    float[] rows = new float[n * d];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) r.nextGaussian();
    }
    Rows items = new Rows(Catalog.of(rows, d), false, false);
    PackedRows packed =
        PackedCase.notNull(
            new QuantizedBuilder(items, true, new WorkerGroup(null, 1))
                .packedAlong(0)
                .build(0)
                .packed);
    double far = packed.longest();
    assertTrue(Math.sqrt(packed.grid.attributes.length) * far / 2 > 16_000);
    double[] q = new double[d];
    Arrays.fill(q, 1);
    assertFalse(new PackedBound(packed).prepare(q, true, Math.sqrt(d), d));
  }

  /** Packed codes of random items, and a query, with the numbers of the bound in plain loops. */
  private static final class PackedCase {
    final boolean dot;
    final PackedRows packed;
    final float[] longest;
    final double[] q;
    final double norm;
    private final long seed;
    private final PackedGrid grid;
    private final int[] weights;
    private final double unit;
    private final double error;
    private final double length;
    private final double offset;
    private final double rounding;
    private final PackedBound bound;

    PackedCase(long seed) {
      this.seed = seed;
      Random r = new Random(seed);
      int d = 8 + r.nextInt(60);
      dot = seed % 2 == 0;
      float[] rows = new float[150 * d];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = (float) (r.nextGaussian() * (1 + i % d % 5) + (seed % 3 == 0 ? 4 : 0));
      }
      QuantizedBuilder builder =
          new QuantizedBuilder(
              new Rows(Catalog.of(rows, d), false, false), dot, new WorkerGroup(null, 1));
      QuantizedEngine engine =
          (seed % 4 < 2 ? builder.packed(true) : builder.packedAlong(d / 2)).build(0);
      packed = notNull(engine.packed);
      longest = engine.longest;
      grid = packed.grid;
      q = new double[d];
      double square = 0;
      for (int j = 0; j < d; j++) {
        q[j] = (float) r.nextGaussian() * 3;
        square += q[j] * q[j];
      }
      norm = Math.sqrt(square) * (1 + 1e-9);

      double[] seen = new double[d];
      double own = 0;
      double start = 0;
      double sizes = 0;
      for (int j = 0; j < d; j++) {
        seen[j] = dot ? q[j] : q[j] - grid.centre[j];
        own += seen[j] * seen[j];
        start += dot ? grid.centre[j] * q[j] : 0;
        sizes += Math.abs(grid.centre[j] * q[j]);
      }
      length = Math.sqrt(own);
      offset = start;
      rounding = sizes;
      double[] image = new double[grid.coordinates() + 1];
      grid.image(seen, image);
      int codes = grid.attributes.length;
      double[] exact = new double[codes];
      double all = 0;
      double widest = 0;
      for (int c = 0; c < codes; c++) {
        exact[c] = grid.attributes[c] < 0 ? 0 : grid.steps[c] * image[grid.attributes[c]] / length;
        all += exact[c] * exact[c];
        widest = Math.max(widest, grid.steps[c]);
      }
      double far = packed.longest();
      unit = (float) (Math.sqrt(all) * far / (32_000 - Math.sqrt(codes) * far / 2));
      weights = new int[codes];
      double missed = 0;
      for (int c = 0; c < codes; c++) {
        weights[c] = (int) Math.rint(exact[c] / unit);
        missed += Math.pow(exact[c] - weights[c] * unit, 2);
      }
      error =
          Math.sqrt(missed) * far * (1 + 1e-9) + (1e-12 * Math.sqrt(all) + 2e-11 * widest) * far;
      bound = new PackedBound(packed);
      assertTrue(bound.prepare(q, dot, norm, d));
    }

    private static <T> T notNull(@Nullable T value) {
      assertTrue(value != null);
      return value;
    }

    boolean prepared(double[] query, double size) {
      return new PackedBound(packed).prepare(query, dot, size, query.length);
    }

    /** The code's part of the product with the query, in whole weights. */
    private double product(int block, int lane) {
      byte[] chunk = packed.codes.chunk(block);
      int row = packed.codes.offset(block);
      double sum = 0;
      int code = 0;
      for (int word = 0; word < grid.words(); word++, row += 2 * Blocks.SIZE) {
        int bits = word < grid.four ? 4 : 3;
        int value = (chunk[row + 2 * lane] & 0xff) | (chunk[row + 2 * lane + 1] & 0xff) << 8;
        for (int c = 0; c < (bits == 4 ? 4 : 5); c++, code++) {
          int k = value >> (bits * c) & ((1 << bits) - 1);
          sum += weights[code] * (k - ((1 << bits) - 1) / 2.0);
        }
      }
      return unit * sum;
    }

    /** Checks a block's items, and returns how many were postponed. */
    int check(int block) {
      int at = block * PackedRows.BLOCK;
      float[] blocks = packed.blocks;
      double most = blocks[at + PackedRows.LENGTH] + error;
      double s = blocks[at + PackedRows.MOST];
      double slack = blocks[at + PackedRows.ERROR] * most + s * error;
      int h = PackedRows.step(block, PackedKernel.H);
      double largest = blocks[h + 1] + 128.0 * blocks[h];
      int g = PackedRows.step(block, PackedKernel.G);
      double terms = s * most;
      double margin = slack * (1 + 1e-6);
      if (dot) {
        margin += ErrorBound.gamma(q.length + 2) * longest[block] * norm / length;
      } else {
        terms += 128.0 * blocks[g] / length + Math.abs(blocks[g + 1]) / length;
      }
      margin += 1e-6 * terms;
      float square = (float) ((1 + 2 * error * most * largest) * (1 + 1e-5));
      int lanes = Math.min(Blocks.SIZE, 150 - block * Blocks.SIZE);
      double[] all = new double[lanes];
      for (int lane = 0; lane < lanes; lane++) {
        double y = product(block, lane);
        double told = packed.term(block, PackedKernel.S, lane) * y;
        told -= dot ? 0 : packed.term(block, PackedKernel.G, lane) / length;
        double across = square - y * y * packed.term(block, PackedKernel.H, lane);
        double aside =
            Math.sqrt(Math.max(0, packed.term(block, PackedKernel.R, lane)) * Math.max(0, across));
        all[lane] = told;
        String what = "seed " + seed + ", block " + block + ", lane " + lane;

        // A bound just above what the codes tell: the item is postponed, with its limit.
        bound.worst(worst(told, 1.1));
        bound.remaining(block, longest[block]);
        PostponedLanes waiting = new PostponedLanes();
        assertEquals(0, bound.within(block, 1L << lane, waiting), what);
        assertEquals(block << 6 | lane, waiting.slots[0]);
        assertEquals(told + aside + margin, waiting.limits[0], 1e-9 * (terms + aside), what);
        // Just below, it is within.
        bound.worst(worst(told, 0.9));
        bound.remaining(block, longest[block]);
        assertEquals(1L << lane, bound.within(block, 1L << lane, new PostponedLanes()), what);

        // The same limit is where the kernel, in floats, begins to exclude the item.
        double limit = told + aside + margin;
        double room = 3e-7 * (terms + Math.abs(limit) + aside) + 1e-5 * aside;
        double above = (limit + room) + 1e-6 * Math.abs(limit + room);
        bound.worst(worst(above, 1));
        assertEquals(0, bound.remaining(block, longest[block]) & 1L << lane, what);
        assertTrue(bound.excludes(above - 1.001e-6 * Math.abs(above)), what);
        assertFalse(bound.excludes(above - 0.999e-6 * Math.abs(above)), what);
        bound.worst(worst(limit - room, 1));
        assertTrue((bound.remaining(block, longest[block]) & 1L << lane) != 0, what);
      }
      checkDivision(block, all);
      return lanes;
    }

    /** Of all items of a block at once, those are within the bound of one that tell no less. */
    private void checkDivision(int block, double[] told) {
      double bound = told[told.length / 2];
      long within = 0;
      int[] others = new int[told.length];
      int count = 0;
      for (int lane = 0; lane < told.length; lane++) {
        if (told[lane] >= bound) {
          within |= 1L << lane;
        } else {
          others[count++] = block << 6 | lane;
        }
      }
      this.bound.worst(worst(bound, 0.9));
      this.bound.remaining(block, longest[block]);
      PostponedLanes waiting = new PostponedLanes();
      long lanes = -1L >>> (Blocks.SIZE - told.length);
      assertEquals(within, this.bound.within(block, lanes, waiting), "seed " + seed);
      assertEquals(
          Arrays.toString(Arrays.copyOf(others, count)),
          Arrays.toString(Arrays.copyOf(waiting.slots, waiting.count)));
    }

    /**
     * The worst key, or reach, from which a limit follows.
     *
     * @param share of the room for roundings that is made up for
     */
    private double worst(double limit, double share) {
      if (dot) {
        double key = -limit * length - offset;
        return key - share * 1e-11 * (Math.abs(key) + rounding);
      }
      double own = length * length;
      double square = own - 2 * limit * length;
      assertTrue(square > 0);
      return Math.sqrt(square - 2 * share * 1e-11 * (own + square + rounding));
    }
  }
}
