package dev.slate.kernel.quantized;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.CatalogBuilder;
import dev.slate.kernel.EachWidth;
import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.layout.Codes;
import dev.slate.kernel.parallel.WorkerGroup;
import dev.slate.kernel.query.CompiledQuery;
import dev.slate.kernel.rows.Normalizer;
import dev.slate.kernel.rows.Rows;
import dev.slate.kernel.simd.CodeKernel;
import dev.slate.kernel.simd.PackedKernel;
import dev.slate.kernel.simd.Simd;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The sharpest question to a bound: with the k-th key set to an item's own canonical key, does
 * anything exclude that item? It may not, at any level, whatever the data. With {@code
 * -Dslate.test.cases=1000000} this is the soak.
 */
@EachWidth
class ErrorBoundTest {
  private static final int CASES = Integer.getInteger("slate.test.cases", 400) * 2;
  private static final int[] WIDTHS = {1, 2, 3, 7, 8, 16, 24, 33, 64, 100, 128, 300};

  private final CodeKernel coder = Simd.codes();
  private final float[] values = new float[Blocks.SIZE];
  private int excludedByPacked;
  private int excludedLater;

  @Test
  void neverExcludesAnItemAtItsOwnKey() {
    for (int seed = 0; seed < CASES; seed++) {
      Case c = new Case(seed);
      assertEquals(0, c.excluded(1), c.toString());
    }
  }

  @Test
  void wouldNoticeABoundThatIsTooTight() {
    int excluded = 0;
    for (int seed = 0; seed < Math.min(CASES, 100); seed++) {
      excluded += new Case(seed).excluded(0.5f);
    }
    assertTrue(excluded > 0, "half the radius never excluded an item");
    assertTrue(excludedByPacked > 0, "half the residual never excluded an item");
    assertTrue(excludedLater > 0, "half the residual never excluded an item that waited");
  }

  @Test
  void roundsUpButNotFar() {
    Random r = new Random(8);
    for (int i = 0; i < 100_000; i++) {
      double x = Math.scalb(r.nextGaussian(), r.nextInt(-160, 120));
      float up = ErrorBound.up(x);
      assertTrue(up >= x, "up(" + x + ") = " + up);
      assertTrue(up <= x + 4 * Math.ulp((float) x), "up(" + x + ") = " + up);
    }
    assertEquals(Float.POSITIVE_INFINITY, ErrorBound.up(1e39));
    assertTrue(Float.isNaN(ErrorBound.up(Double.NaN)));
  }

  @Test
  void excludesMostOfWhatIsFar() {
    Random r = new Random(3);
    int d = 64;
    float[] rows = new float[2000 * d];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) r.nextGaussian();
    }
    QuantizedEngine index = builder(Catalog.of(rows, d), false).packed(false).build(0);
    float[] q = new float[d];
    ErrorBound certificate = new ErrorBound(index.full.grid, 0);
    assertTrue(certificate.euclidean(new double[d], null, 0, d));
    certificate.worst(30f);
    ExpandedBound expansion = new ExpandedBound(index.full.grid);
    assertTrue(expansion.prepare(new double[d]));
    int left = 0;
    int leftByExpansion = 0;
    int within = 0;
    CompiledQuery query = new CompiledQuery();
    query.q = q;
    query.d = d;
    for (int b = 0; b < index.blocks.count(); b++) {
      float radius = index.full.radius[b];
      float limit = certificate.limit(radius, index.longest[b]);
      long lanes = index.blocks.lanes(b);
      left += Long.bitCount(mask(certificate, index.full.codes, b, limit, false) & lanes);
      assertTrue(expansion.sharp(certificate.reach(), radius));
      float same = expansion.limit(certificate.reach(), radius);
      leftByExpansion += Long.bitCount(mask(expansion, index.full.codes, b, same) & lanes);
      for (int lane = 0; lane < Long.bitCount(lanes); lane++) {
        within += query.key(index.blocks.chunk(b), index.blocks.offset(b, lane), 16) <= 30f ? 1 : 0;
      }
    }
    assertTrue(
        left >= within && left <= within + 40, left + " left of 2000, " + within + " within");
    assertTrue(
        leftByExpansion >= within && leftByExpansion <= within + 40,
        leftByExpansion + " left of 2000, " + within + " within");
  }

  /**
   * An item at its place, far from the query: all products are exact and all have one sign, so that
   * the roundings of the kernel's sum are larger than every other error that a limit allows for.
   */
  @Test
  void allowsForTheRoundingsOfTheKernelsSum() {
    int d = 300;
    Quantizer grid = eighths(d);
    byte[] codes = new byte[(d + ExpandedBound.ROWS) * Blocks.SIZE];
    ExpandedBound expansion = new ExpandedBound(grid);
    for (int seed = 0; seed < 20; seed++) {
      Random r = new Random(seed);
      double[] q = new double[d];
      for (int j = 0; j < d; j++) {
        q[j] = (float) ((r.nextBoolean() ? 700 : -700) * (0.5 + r.nextDouble()));
        for (int lane = 0; lane < Blocks.SIZE; lane++) {
          codes[j * Blocks.SIZE + lane] = (byte) (Math.signum(q[j]) * (64 + r.nextInt(64)));
        }
      }
      ExpandedBound.code(grid, Blocks.SIZE, codes, 0);
      assertTrue(expansion.prepare(q));
      for (int lane = 0; lane < Blocks.SIZE; lane++) {
        double square = 0;
        for (int j = 0; j < d; j++) {
          double off = q[j] - grid.point(j, codes[j * Blocks.SIZE + lane]);
          square += off * off;
        }
        float limit = expansion.limit(Math.sqrt(square), 0);
        long kept = coder.dot(codes, 0, d + ExpandedBound.ROWS, expansion.step, limit, values);
        assertTrue((kept & 1L << lane) != 0, "seed " + seed + " lane " + lane);
      }
    }
  }

  /**
   * The same of the certificate: what is counted is told that the canonical score has no
   * attributes, since the allowance for its roundings would hide that for the kernel's.
   */
  @Test
  void certificatesAllowForTheRoundingsOfTheKernelsSum() {
    int d = 300;
    Quantizer grid = eighths(d);
    byte[] codes = new byte[d * Blocks.SIZE];
    ErrorBound certificate = new ErrorBound(grid, 0);
    for (int seed = 0; seed < 40; seed++) {
      boolean dot = seed % 2 == 0;
      Random r = new Random(seed);
      double[] q = new double[d];
      for (int j = 0; j < d; j++) {
        q[j] = (float) ((r.nextBoolean() ? 700 : -700) * (0.5 + r.nextDouble()));
        for (int lane = 0; lane < Blocks.SIZE; lane++) {
          codes[j * Blocks.SIZE + lane] = (byte) (Math.signum(q[j]) * (64 + r.nextInt(64)));
        }
      }
      assertTrue(dot ? certificate.dot(q, 1e6, 0) : certificate.euclidean(q, null, 1e6, 0));
      for (int lane = 0; lane < Blocks.SIZE; lane++) {
        double key = 0;
        for (int j = 0; j < d; j++) {
          double place = grid.point(j, codes[j * Blocks.SIZE + lane]);
          key += dot ? -place * q[j] : (place - q[j]) * (place - q[j]);
        }
        certificate.worst(ErrorBound.up(key));
        float limit = certificate.limit(0, 0);
        long kept =
            dot
                ? coder.dot(codes, 0, d, certificate.step, limit, values)
                : coder.euclidean(codes, 0, d, certificate.step, certificate.shift, limit, values);
        assertTrue((kept & 1L << lane) != 0, "seed " + seed + " lane " + lane);
      }
    }
  }

  /** A grid on which all products with short numbers are exact. */
  private static Quantizer eighths(int d) {
    float[] ends = new float[2 * d];
    java.util.Arrays.fill(ends, 0, d, -127 / 8f);
    java.util.Arrays.fill(ends, d, 2 * d, 127 / 8f);
    return Quantizer.fit(ends, 2, d);
  }

  private long mask(ExpandedBound query, Codes codes, int block, float limit) {
    int at = codes.offset(block);
    return coder.dot(codes.chunk(block), at, codes.rows(), query.step, limit, values);
  }

  private long mask(ErrorBound query, Codes codes, int block, float limit, boolean dot) {
    byte[] chunk = codes.chunk(block);
    int at = codes.offset(block);
    int rows = query.rows();
    return dot
        ? coder.dot(chunk, at, rows, query.step, limit, values)
        : coder.euclidean(chunk, at, rows, query.step, query.shift, limit, values);
  }

  private static QuantizedBuilder builder(Catalog items, boolean dot) {
    return new QuantizedBuilder(
        new Rows(items, false, items.hasBias()), dot, new WorkerGroup(null, 1));
  }

  /** A random catalogue, index and query. */
  private final class Case {
    private final long seed;
    private final boolean dot;
    private final QuantizedEngine index;
    private final CompiledQuery query = new CompiledQuery();
    private final float[] row;

    Case(long seed) {
      this.seed = seed;
      Random r = new Random(seed);
      int d = WIDTHS[r.nextInt(WIDTHS.length)];
      int n = 1 + r.nextInt(r.nextInt(10) == 0 ? 3000 / d + 200 : 150);
      dot = r.nextBoolean();
      boolean biased = dot && r.nextInt(3) == 0;
      int width = biased ? d + 1 : d;
      int most = Projection.mostDirections(width);
      int directions = most == 0 || r.nextInt(3) == 0 ? 0 : 1 + r.nextInt(most);
      float[] rows = points(r, n, d);
      QuantizedBuilder builder =
          builder(catalog(rows, d, biased ? points(r, n, 1) : null), dot).packed(r.nextBoolean());
      if (r.nextInt(3) == 0) {
        builder.packedAlong(1 + r.nextInt(width));
      }
      index = builder.build(directions);
      query.q = r.nextInt(4) == 0 ? java.util.Arrays.copyOf(rows, d) : points(r, 1, d);
      if (r.nextInt(10) == 0) {
        Normalizer.normalise(query.q, 0, d);
      }
      query.d = d;
      query.dot = dot;
      query.biased = biased;
      query.w = dot || r.nextInt(3) > 0 ? null : weights(r, d);
      row = new float[width];
      row[0] = 1;
      System.arraycopy(query.q, 0, row, width - d, d);
    }

    /** How often an item is excluded at its own key, with all radii multiplied by a factor. */
    int excluded(float factor) {
      int width = row.length;
      double[] q = new double[width];
      double square = 0;
      for (int j = 0; j < width; j++) {
        q[j] = row[j];
        square += q[j] * q[j];
      }
      double norm = Math.sqrt(square) * (1 + 1e-9);
      ErrorBound full = new ErrorBound(index.full.grid, 0);
      boolean certified = dot ? full.dot(q, norm, width) : full.euclidean(q, query.w, norm, width);
      if (!certified) {
        return 0;
      }
      int excluded = 0;
      ExpandedBound expansion = new ExpandedBound(index.full.grid);
      boolean expanded = !index.full.byItem && !dot && query.w == null && expansion.prepare(q);
      ErrorBound image = null;
      if (index.sketch != null && index.projection != null && query.w == null) {
        double[] z = new double[index.projection.rows()];
        index.projection.image(q, z);
        image = new ErrorBound(index.sketch.grid, Projection.ERROR);
        boolean good = dot ? image.dot(z, norm, width) : image.euclidean(z, null, norm, width);
        image = good ? image : null;
      }
      PackedBound packed = packed(q, norm, factor);
      for (int slot = 0; slot < index.blocks.size(); slot++) {
        int b = slot >> 6;
        int lane = slot & 63;
        float key = query.key(index.blocks.chunk(b), index.blocks.offset(b, lane), 16);
        float longest = index.longest[b];
        full.worst(key);
        excluded += out(full, index.full.codes, b, lane, index.full.radius[b] * factor, longest);
        if (packed != null) {
          packed.worst(full.reach());
          int out = (packed.remaining(b, longest) & 1L << lane) == 0 ? 1 : 0;
          excludedByPacked += out;
          excluded += out;
          PostponedLanes waiting = new PostponedLanes();
          long within = packed.within(b, 1L << lane, waiting);
          assertEquals(within == 0 ? 1 : 0, waiting.count);
          if (within == 0 && packed.excludes(waiting.limits[0])) {
            excludedLater++;
            excluded++;
          }
        }
        if (expanded) {
          excluded += out(expansion, full.reach(), b, lane, index.full.radius[b] * factor);
        }
        if (image != null && index.sketch != null) {
          image.worst(key);
          excluded +=
              out(image, index.sketch.codes, b, lane, index.sketch.radius[b] * factor, longest);
        }
        int cell = index.clusters.clusterOf(slot);
        float reach = index.clusters.reach[index.clusters.piece(cell, b)];
        float all = index.clusters.longest[cell];
        excluded += out(full, index.clusters.centres, cell >> 6, cell & 63, reach * factor, all);
        assertTrue(index.clusters.radius[cell] >= reach);
        assertTrue((index.clusters.lanes(cell, b) & 1L << lane) != 0);
      }
      return excluded;
    }

    /** The bound of the packed codes, with all residuals multiplied by a factor; or null. */
    private PackedBound packed(double[] q, double norm, float factor) {
      if (index.packed == null || query.w != null) {
        return null;
      }
      float[] blocks = index.packed.blocks;
      for (int at = 0; at < blocks.length; at += PackedRows.BLOCK) {
        blocks[at + 2 * PackedKernel.R] *= factor;
        blocks[at + 2 * PackedKernel.R + 1] *= factor;
      }
      PackedBound packed = new PackedBound(index.packed);
      return packed.prepare(q, dot, norm, row.length) ? packed : null;
    }

    private int out(ExpandedBound query, double reach, int block, int lane, float radius) {
      long kept = mask(query, index.full.codes, block, query.limit(reach, radius));
      return (kept & 1L << lane) == 0 ? 1 : 0;
    }

    private int out(ErrorBound query, Codes codes, int block, int lane, float radius, float far) {
      float limit = query.limit(radius, far);
      if (codes == index.full.codes && index.full.byItem) {
        byte[] chunk = codes.chunk(block);
        int at = codes.offset(block) + lane * codes.rows();
        float value =
            dot
                ? coder.product(chunk, at, codes.rows(), query.step, values)
                : coder.distance(chunk, at, codes.rows(), query.step, query.shift, values);
        return value > limit ? 1 : 0;
      }
      long kept = mask(query, codes, block, limit, dot);
      return (kept & 1L << lane) == 0 ? 1 : 0;
    }

    @Override
    public String toString() {
      return "seed "
          + seed
          + (dot ? " dot" : " euclidean")
          + " n "
          + index.blocks.size()
          + " width "
          + row.length;
    }
  }

  private static float[] points(Random r, int n, int d) {
    int kind = r.nextInt(9);
    double scale = Math.pow(10, r.nextInt(5) == 0 ? r.nextInt(70) - 42 : r.nextInt(5) - 2);
    double offset = r.nextInt(3) == 0 ? r.nextGaussian() * 100 * scale : 0;
    float[] direction = new float[d];
    for (int j = 0; j < d; j++) {
      direction[j] = (float) r.nextGaussian();
    }
    float[] points = new float[n * d];
    for (int i = 0; i < n; i++) {
      double along = r.nextGaussian();
      for (int j = 0; j < d; j++) {
        double x =
            switch (kind) {
              case 0 -> r.nextInt(5) - 2;
              case 1 -> along * direction[j] + 1e-3 * r.nextGaussian();
              case 2 -> i % 5 * 7 % 3 + j % 2 + 1e-4 * r.nextGaussian();
              case 3 -> r.nextInt(256);
              case 4 -> r.nextGaussian() * Math.pow(10, r.nextInt(8) - 4);
              case 5 -> r.nextInt(50) == 0 ? r.nextGaussian() * 1e6 : r.nextGaussian();
              case 6 -> 1 + 1e-6 * r.nextGaussian();
              case 7 -> r.nextInt(200) == 0 ? 1e30 : r.nextGaussian();
              default -> r.nextGaussian();
            };
        x = x * scale + offset;
        points[i * d + j] = (float) Math.clamp(x, -3e38, 3e38);
      }
    }
    return points;
  }

  private static float[] weights(Random r, int d) {
    float[] w = new float[d];
    double spread = r.nextInt(2) * 10;
    for (int j = 0; j < d; j++) {
      w[j] = r.nextInt(4) == 0 ? 0 : (float) Math.pow(10, (r.nextDouble() - 0.5) * spread);
    }
    return w;
  }

  private static Catalog catalog(float[] rows, int d, float[] bias) {
    if (bias == null) {
      return Catalog.of(rows, d);
    }
    CatalogBuilder builder = Catalog.builder(d);
    for (int i = 0; i < bias.length; i++) {
      builder.add(java.util.Arrays.copyOfRange(rows, i * d, i * d + d)).bias(bias[i]);
    }
    return builder.build();
  }
}
