package dev.slate.kernel.quantized;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.layout.Blocks;
import java.util.Arrays;
import java.util.Random;
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
}
