package dev.slate.kernel.quantized;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.parallel.WorkerGroup;
import dev.slate.kernel.rows.Rows;
import dev.slate.kernel.simd.PackedKernel;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Limits against the formulas that the classes state, computed in plain loops. {@link
 * ErrorBoundTest} shows that no limit is too low; here none may be higher than its proof asks
 * either, which would cost time and no answer.
 */
class BoundFormulaTest {
  private static final double U = 0x1p-24;
  private static final double TINY = 1e-40;
  private static final int CASES = 60;

  private static double gamma(double n) {
    return n * U / (1 - n * U);
  }

  /** At most what {@link ErrorBound#up} adds, and one rounding to a float. */
  private static void assertUp(double expected, float limit, Object what) {
    double up = expected + Math.abs(expected) * (2 * U);
    assertEquals(up, limit, Math.abs(expected) * U * 1.001 + 2 * Float.MIN_VALUE, what::toString);
  }

  @Test
  void gammaBoundsTheErrorOfManyRoundings() {
    assertEquals(1.0 / 15, ErrorBound.gamma(1 << 20), 1e-15);
    assertEquals(0x1p-24 / (1 - 0x1p-24), ErrorBound.gamma(1), 1e-22);
  }

  /** What a grid and a query are made of: each shows another part of a limit. */
  private enum Kind {
    /** Any numbers: roundings of the operands show. */
    RANDOM,
    /** Around the origin: a query's place does not. */
    CENTRED,
    /** Operands without roundings: what doubles lose shows. */
    EXACT,
    /** No steps: only what the origin costs shows. */
    POINTS
  }

  private static final class Grid {
    final Quantizer grid;
    final double[] q;
    final float[] w;
    final int rows;

    Grid(Kind kind, long seed) {
      Random r = new Random(seed);
      rows = 1 + r.nextInt(300);
      float[] ends = new float[2 * rows];
      q = new double[rows];
      w = new float[rows];
      for (int j = 0; j < rows; j++) {
        float half = kind == Kind.EXACT ? 127 / 8f : kind == Kind.POINTS ? 0 : r.nextFloat() * 9;
        float origin =
            switch (kind) {
              case RANDOM -> (float) r.nextGaussian();
              case CENTRED, EXACT -> 0;
              case POINTS -> r.nextInt(1, 64) + 0.5f;
            };
        ends[j] = origin - half;
        ends[rows + j] = origin + half;
        boolean coarse = kind == Kind.EXACT || kind == Kind.POINTS;
        q[j] = coarse ? r.nextInt(-64, 64) : (float) r.nextGaussian() * 3;
        w[j] = kind == Kind.EXACT ? 4 : r.nextFloat() * (seed % 2 == 0 ? 5 : 0.5f);
      }
      grid = Quantizer.fit(ends, 2, rows);
    }
  }

  @Test
  void euclideanLimits() {
    for (Kind kind : Kind.values()) {
      for (int seed = 0; seed < CASES; seed++) {
        Grid g = new Grid(kind, seed);
        Random r = new Random(seed);
        boolean weighted = seed % 3 == 0;
        double error = seed % 2 == 0 ? 0 : 1e-9;
        double norm = 1 + r.nextInt(100);
        int d = 1 + r.nextInt(300);
        ErrorBound bound = new ErrorBound(g.grid, error);
        assertTrue(bound.euclidean(g.q, weighted ? g.w : null, norm, d));
        double most = weighted ? 0 : 1;
        double sum = 0;
        for (int j = 0; j < g.rows; j++) {
          double root = weighted ? Math.sqrt(g.w[j]) : 1;
          most = weighted ? Math.max(most, g.w[j]) : most;
          double step = root * g.grid.step[j];
          double shift = root * (g.grid.origin[j] - g.q[j]);
          assertEquals((float) step, bound.step[j]);
          assertEquals((float) shift, bound.shift[j]);
          double size = 128 * step + root * (Math.abs(g.grid.origin[j]) + Math.abs(g.q[j]));
          double miss =
              128 * Math.abs((float) step - step) + Math.abs((float) shift - shift) + 1e-14 * size;
          sum += miss * miss;
        }
        double blur = Math.sqrt(sum) + error * norm;
        for (float key : new float[] {-1, 0, r.nextFloat() * 100}) {
          bound.worst(key);
          double reach =
              Math.sqrt((Math.max(key, 0) + (weighted ? 1e-24 : TINY)) / (1 - gamma(d + 4)));
          assertEquals(reach, bound.reach(), reach * 1e-14);
          for (float radius : new float[] {0, r.nextFloat(), 1e6f}) {
            double far = (reach + Math.sqrt(most) * radius + blur) * (1 + 1e-9);
            double limit = far * far * (1 + gamma(g.rows + 2)) + TINY;
            assertUp(limit, bound.limit(radius, 7), kind + " " + seed);
          }
        }
        float promise = bound.promise(49, 0.25f);
        assertEquals(7 - Math.sqrt(most) * 0.25, promise, 1e-5);
      }
    }
  }

  @Test
  void dotLimits() {
    for (Kind kind : Kind.values()) {
      for (int seed = 0; seed < CASES; seed++) {
        Grid g = new Grid(kind, seed);
        Random r = new Random(seed);
        double error = seed % 2 == 0 ? 0 : 1e-9;
        double norm = Math.pow(10, r.nextInt(12) - 4);
        int d = 1 + r.nextInt(300);
        ErrorBound bound = new ErrorBound(g.grid, error);
        assertTrue(bound.dot(g.q, norm, d));
        double base = 0;
        double miss = 0;
        double total = 0;
        double size = 0;
        for (int j = 0; j < g.rows; j++) {
          double step = -g.grid.step[j] * g.q[j];
          assertEquals((float) step, bound.step[j]);
          miss += Math.abs((float) step - step) + 1e-14 * Math.abs(step);
          total += Math.abs((float) step);
          base -= g.grid.origin[j] * g.q[j];
          size += Math.abs(g.grid.origin[j] * g.q[j]);
        }
        double blur = 128 * (miss + gamma(g.rows + 2) * total) * (1 + 1e-9) + 1e-11 * size + TINY;
        for (float key : new float[] {0, (float) base, (float) r.nextGaussian() * 100}) {
          bound.worst(key);
          assertEquals(key, bound.reach());
          for (float radius : new float[] {0, r.nextFloat(), 1e6f}) {
            for (float longest : new float[] {0, 1, 1e6f}) {
              double slack =
                  blur
                      + norm * (radius + gamma(d + 2) * longest + 2 * error * (longest + radius))
                      + TINY;
              double limit =
                  key - base + slack + 1e-14 * (Math.abs(key) + Math.abs(base)) + 1e-9 * slack;
              assertUp(limit, bound.limit(radius, longest), kind + " " + seed);
            }
          }
        }
        assertEquals((float) (50 - norm * 0.25), bound.promise(50, 0.25f));
      }
    }
  }

  @Test
  void limitsOfBallsAreThoseOfEach() {
    for (boolean dot : new boolean[] {false, true}) {
      Grid g = new Grid(Kind.RANDOM, 5);
      ErrorBound bound = new ErrorBound(g.grid, 0);
      assertTrue(dot ? bound.dot(g.q, 9, 9) : bound.euclidean(g.q, null, 9, 9));
      bound.worst(3);
      float[] radius = {0, 1, 2, 3, 4};
      float[] longest = {9, 8, 7, 6, 5};
      float[] limits = new float[5];
      bound.limits(radius, longest, 1, 4, limits);
      float[] expected = new float[5];
      for (int i = 1; i < 4; i++) {
        expected[i] = bound.limit(radius[i], longest[i]);
      }
      assertEquals(Arrays.toString(expected), Arrays.toString(limits));
    }
  }

  @Test
  void longQueriesAndLargeOperandsAreNotCertified() {
    Quantizer grid = Quantizer.fit(new float[] {-127 / 8f, 127 / 8f}, 2, 1);
    ErrorBound bound = new ErrorBound(grid, 0);
    double[] q = {1};
    double longer = Math.nextUp(ErrorBound.LONGEST);
    assertTrue(bound.euclidean(q, null, ErrorBound.LONGEST, 1));
    assertFalse(bound.euclidean(q, null, longer, 1));
    assertTrue(bound.euclidean(q, new float[] {Math.nextDown(1e30f)}, 1, 1));
    assertFalse(bound.euclidean(q, new float[] {Math.nextUp(1e30f)}, 1, 1));
    assertTrue(bound.dot(q, ErrorBound.LONGEST, 1));
    assertFalse(bound.dot(q, longer, 1));
    // The step is 1/8, so an operand is an eighth of the query.
    double most = 1e37 / 128;
    assertTrue(bound.dot(new double[] {7.9 * most}, 1, 1));
    assertFalse(bound.dot(new double[] {8.1 * most}, 1, 1));
    ExpandedBound expanded = new ExpandedBound(grid);
    assertTrue(expanded.prepare(new double[] {3.9 * most}));
    assertFalse(expanded.prepare(new double[] {4.1 * most}));
  }

  private static double unit(Quantizer grid) {
    double most = 0;
    for (float s : grid.step) {
      most += (128.0 * s) * (128.0 * s);
    }
    return Math.max(Float.MIN_NORMAL, ErrorBound.up(most / 65_535));
  }

  @Test
  void expandedCodesHoldTheDistanceToTheOrigin() {
    for (int seed = 0; seed < CASES; seed++) {
      Grid g = new Grid(seed % 2 == 0 ? Kind.RANDOM : Kind.CENTRED, seed);
      Random r = new Random(seed);
      int at = 64;
      byte[] codes = new byte[at + (g.rows + ExpandedBound.ROWS) * Blocks.SIZE];
      r.nextBytes(codes);
      int lanes = 1 + r.nextInt(Blocks.SIZE);
      byte[] before = codes.clone();
      ExpandedBound.code(g.grid, lanes, codes, at);
      int high = at + g.rows * Blocks.SIZE;
      int low = high + Blocks.SIZE;
      for (int i = 0; i < Blocks.SIZE; i++) {
        if (i >= lanes) {
          assertEquals(before[high + i], codes[high + i]);
          assertEquals(before[low + i], codes[low + i]);
          continue;
        }
        double square = 0;
        for (int j = 0; j < g.rows; j++) {
          double on = (double) g.grid.step[j] * codes[at + j * Blocks.SIZE + i];
          square += on * on;
        }
        int units = 256 * (codes[high + i] + 128) + codes[low + i] + 128;
        double exact = square / unit(g.grid);
        assertTrue(units <= exact && units > exact - 1.001, units + " of " + exact);
      }
    }
  }

  @Test
  void expandedLimits() {
    for (Kind kind : Kind.values()) {
      for (int seed = 0; seed < CASES; seed++) {
        Grid g = new Grid(kind, seed);
        ExpandedBound bound = new ExpandedBound(g.grid);
        assertTrue(bound.prepare(g.q));
        double unit = unit(g.grid);
        double square = 0;
        double size = 0;
        double miss = 0;
        double total = 257 * unit;
        for (int j = 0; j < g.rows; j++) {
          double o = g.grid.origin[j];
          double both = Math.abs(g.q[j]) + Math.abs(o);
          double step = -2.0 * g.grid.step[j] * (g.q[j] - o);
          assertEquals((float) step, bound.step[j]);
          square += (g.q[j] - o) * (g.q[j] - o);
          size += both * both;
          miss += Math.abs((float) step - step) + 1e-14 * g.grid.step[j] * both;
          total += Math.abs((float) step);
        }
        assertEquals((float) (256 * unit), bound.step[g.rows]);
        assertEquals((float) unit, bound.step[g.rows + 1]);
        double base = square + 32_896 * unit;
        double blur =
            128 * (miss + gamma(g.rows + 2 + 2) * total) * (1 + 1e-9)
                + 1e-12 * (size + 32_896 * unit)
                + TINY;
        // Where the square of the reach is the base, the rest is left.
        for (double reach : new double[] {Math.sqrt(base), 2 * Math.sqrt(base)}) {
          for (float radius : new float[] {0, 0.5f}) {
            double far = (reach + radius) * (1 + 1e-9);
            double limit = far * far - base + blur;
            double up = limit + Math.abs(limit) * (2 * U);
            double room = Math.abs(limit) * U * 1.001 + base * 1e-14;
            assertEquals(up, bound.limit(reach, radius), room, kind + " " + seed);
          }
        }
        double reach = 0.5 * (blur + unit) / 0.1;
        assertTrue(bound.sharp(reach * 1.0001, 1));
        assertFalse(bound.sharp(reach * 0.9999, 1));
        assertTrue(bound.sharp(reach / 2 * 1.0001, 2));
        assertFalse(bound.sharp(reach / 2 * 0.9999, 2));
      }
    }
  }

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

  /** Sums of so many codes would leave too few of 16 bits for weights. */
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
        margin += gamma(q.length + 2) * longest[block] * norm / length;
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
