package dev.slate.kernel.quantized;

import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.layout.Codes;
import dev.slate.kernel.parallel.WorkerGroup;
import dev.slate.kernel.rows.RowSample;
import dev.slate.kernel.rows.Rows;
import dev.slate.kernel.select.Quicksort;
import dev.slate.kernel.strategy.BuildSize;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Lays out a catalogue for {@link QuantizedEngine}, in three passes after a sample: each row finds
 * its cluster; rows are copied to their slots; each block is coded. Threads take runs of rows or
 * blocks; the result does not depend on their number.
 */
public final class QuantizedBuilder {
  /** Items of a cluster, about; measured: each cluster and each piece costs a search some time. */
  private static final int CLUSTER = 512;

  /** Items of a small cluster, about; taken where the data has clusters of that size. */
  private static final int SMALL_CLUSTER = 128;

  /** Largest ratio of distances from centres, small to usual clusters, for small ones; chosen. */
  private static final double NEARER = 0.6;

  /** Floats of the rows that are assigned to clusters together, so that many meet at a node. */
  private static final int FOUND_FLOATS = 1 << 19;

  /**
   * A sample of more attributes is not rotated: finding principal directions takes O(width^2), and
   * a planner's trial should take no more than a quarter of the build.
   */
  private static final int WIDEST_ROTATED = 512;

  private static final int MOST_SAMPLED = 1 << 16;
  private static final int MOST_SAMPLED_FLOATS = 1 << 24;
  private static final int COPIED_FLOATS = 1 << 16;

  private final Rows rows;
  private final boolean dot;
  private final WorkerGroup workers;
  private final int n;
  private final int width;
  private int catalogue;
  private @Nullable RowSample training;
  private @Nullable Boolean packed;
  private int directions;

  /**
   * Prepares a build.
   *
   * @param rows the items, at least one
   * @param dot whether they are scored by dot products
   * @param workers the threads that share the work
   */
  public QuantizedBuilder(Rows rows, boolean dot, WorkerGroup workers) {
    this.rows = rows;
    this.dot = dot;
    this.workers = workers;
    this.n = rows.size();
    this.width = rows.width();
    this.catalogue = n;
  }

  /**
   * Says that the items are a sample: they get as many clusters as the whole catalogue would, and
   * sketch and packed codes where it would have them.
   *
   * @param items number of items of the catalogue
   * @param others rows of the catalogue that clusters, directions and grids are fitted to
   * @return this
   */
  QuantizedBuilder sampleOf(int items, RowSample others) {
    this.catalogue = items;
    this.training = others;
    return this;
  }

  /** Sets whether there are packed codes, which a sample decides otherwise. */
  public QuantizedBuilder packed(boolean packed) {
    this.packed = packed;
    return this;
  }

  /**
   * Says that there are packed codes, along a number of principal directions; 0 for the attributes.
   *
   * @throws IllegalArgumentException if there are more directions than attributes, or too many
   */
  public QuantizedBuilder packedAlong(int directions) {
    if (directions > Math.min(width, Projection.MOST_CODED)) {
      throw new IllegalArgumentException(directions + " directions of " + width + " attributes");
    }
    this.packed = true;
    this.directions = directions;
    return this;
  }

  /**
   * Builds, with a sketch if a sample says that it pays.
   *
   * @throws IllegalArgumentException if an attribute or a bias is not finite, naming row and column
   */
  public QuantizedEngine build() {
    RowSample sample = training == null ? sample(rows) : training;
    return build(sample, SketchChoice.choose(sample, catalogue, dot));
  }

  /** Builds with a sketch of a number of directions; 0 for none. */
  public QuantizedEngine build(int directions) {
    RowSample sample = sample(rows);
    return build(sample, directions == 0 ? null : Projection.leading(sample, directions));
  }

  /**
   * Upper bound of a build's heap at its peak, in bytes: the sample and the clusters, which are
   * held until the end, and the largest of the steps: the training of clusters, twice, and of
   * directions; the assignment of rows to clusters; the sorting of rows; the choice of packed
   * codes; the layout, with a sketch where there may be one.
   */
  static long peakBytes(BuildSize size) {
    long n = size.n();
    long threads = size.threads();
    long width = size.width();
    int sketch = Projection.mostDirections(size.width());
    int rows = sketch == 0 ? 0 : sketch + 1;
    long sample = Math.min(n, Math.min(MOST_SAMPLED, MOST_SAMPLED_FLOATS / width));
    long clusters = 2 * Math.min(n / SMALL_CLUSTER, sample / ClusterTrainer.SEED_POINTS) + 64;
    long tree = clusters * (8 * width + 128) + 4 * sample;

    long training = tree + 48 * sample;
    training +=
        sketch == 0
            ? 0
            : Projection.SAMPLE * (4 * width + 8L * rows)
                + PrincipalDirections.bytes(Projection.SAMPLE, width, sketch);
    long found = Math.clamp(FOUND_FLOATS / width, 1, Math.max(1, n));
    long finding = n * Long.BYTES + threads * found * (4 * width + 24);
    long sorting = n * (2 * Long.BYTES + 2 * Integer.BYTES);
    long coded = PackedChoice.directions(size.n(), size.width());
    long layout =
        Blocks.bytes(n, size.width())
            + Codes.bytes(n, CodedRows.padded(size.width() + ExpandedBound.ROWS))
            + Math.max(sketch == 0 ? 0 : Codes.bytes(n, rows), PackedRows.bytes(n, size.width()))
            + Codes.bytes(clusters, size.width())
            + 4 * (n + 4 * (n / Blocks.SIZE + 1) + 6 * clusters)
            + 8 * width * (Math.max(sketch, coded) + 2);
    long choosing =
        Blocks.bytes(n, size.width())
            + n * (Long.BYTES + 2 * Integer.BYTES)
            + Codes.bytes(clusters, size.width())
            + PackedChoice.bytes(size.n(), size.width());
    long coding =
        layout
            + n * (Long.BYTES + Integer.BYTES)
            + threads
                * (4 * Math.max(width, COPIED_FLOATS)
                    + Blocks.SIZE * (20 * width + 8 * Math.max(rows, coded)));
    long most = Math.max(Math.max(training, finding), Math.max(sorting, coding));
    return 4 * width * sample + tree + Math.max(most, choosing);
  }

  /** The sample that grids, directions and clusters are fitted to. */
  static RowSample sample(Rows rows) {
    int most = Math.min(MOST_SAMPLED, MOST_SAMPLED_FLOATS / rows.width());
    return RowSample.even(rows, Math.min(rows.size(), most));
  }

  private QuantizedEngine build(RowSample sample, @Nullable Projection projection) {
    Quantizer grid = Quantizer.fit(sample.rows, sample.count, width);
    ClusterTree tree = tree(sample);
    long[] order = order(tree);
    int[] ordinals = new int[n];
    int[] slots = new int[n];
    int[] start = new int[tree.leaves() + 1];
    sort(order, ordinals, slots, start);
    float[][] centres = new float[tree.leaves()][];
    for (int c = 0; c < centres.length; c++) {
      centres[c] = tree.centre(c);
    }
    Blocks blocks = copy(slots);
    Clusters clusters = new Clusters(grid, centres, start);
    PackedGrid coarse = packed(sample, projection, tree, order);
    PackedRows codes = coarse == null ? null : new PackedRows(coarse, n);
    CodedRows full = new CodedRows(grid, n, blocks.count(), !dot, codes != null);
    CodedRows sketch =
        projection == null
            ? null
            : new CodedRows(sketchGrid(sample, projection), n, blocks.count(), false, false);
    float[] longest = new float[blocks.count()];
    workers.forEach(
        blocks.count(),
        () -> new BlockEncoder(blocks, clusters, full, sketch, projection, codes, longest)::code);
    clusters.close(longest);
    return new QuantizedEngine(
        rows.dimensions(),
        blocks,
        ordinals,
        longest,
        clusters,
        full,
        sketch,
        projection,
        codes,
        false,
        QuantizedEngine.NEVER);
  }

  /** Small clusters where the data falls into clusters smaller than the usual ones. */
  private ClusterTree tree(RowSample sample) {
    ClusterTree tree = ClusterTrainer.train(sample, catalogue / CLUSTER);
    boolean small =
        tree.leaves() < ClusterTrainer.most(sample)
            && ClusterTrainer.afterSplitting(tree, CLUSTER / SMALL_CLUSTER) < NEARER;
    return small ? ClusterTrainer.train(sample, catalogue / SMALL_CLUSTER) : tree;
  }

  /** For each row, its cluster and its distance from the centre, in the order of rows. */
  private long[] order(ClusterTree tree) {
    long[] order = new long[n];
    forParts(
        FOUND_FLOATS,
        most -> new ClusterAssigner(tree, most),
        (finder, read, first, count) -> {
          finder.find(read, count);
          for (int i = 0; i < count; i++) {
            int distance = Float.floatToIntBits(finder.distance[i]) & Integer.MAX_VALUE;
            order[first + i] = (long) finder.leaf[i] << 32 | distance;
          }
        });
    return order;
  }

  private @Nullable PackedGrid packed(
      RowSample sample, @Nullable Projection projection, ClusterTree tree, long[] order) {
    if (packed != null) {
      return packed ? PackedChoice.forced(sample, directions) : null;
    }
    boolean rotated = training == null || width <= WIDEST_ROTATED;
    return projection == null
        ? PackedChoice.choose(sample, catalogue, dot, tree, order, rotated)
        : null;
  }

  /** Sorts rows by cluster and distance. */
  private static void sort(long[] order, int[] ordinals, int[] slots, int[] start) {
    int n = order.length;
    for (long at : order) {
      start[(int) (at >> 32) + 1]++;
    }
    for (int c = 1; c < start.length; c++) {
      start[c] += start[c - 1];
    }
    int[] next = start.clone();
    long[] sorted = new long[n];
    for (int i = 0; i < n; i++) {
      sorted[next[(int) (order[i] >> 32)]++] = order[i] << 32 | i;
    }
    for (int c = 0; c + 1 < start.length; c++) {
      Quicksort.sort(sorted, start[c], start[c + 1]);
    }
    for (int slot = 0; slot < n; slot++) {
      ordinals[slot] = (int) sorted[slot];
      slots[ordinals[slot]] = slot;
    }
  }

  /** Copies each row to its block, row after row there until the block is coded. */
  private Blocks copy(int[] slots) {
    Blocks blocks = new Blocks(n, width);
    forParts(
        COPIED_FLOATS,
        most -> blocks,
        (to, read, first, count) -> {
          for (int i = 0; i < count; i++) {
            int slot = slots[first + i];
            int block = slot / Blocks.SIZE;
            int at = to.offset(block) + slot % Blocks.SIZE * width;
            System.arraycopy(read, i * width, to.chunk(block), at, width);
          }
        });
    return blocks;
  }

  private static Quantizer sketchGrid(RowSample sample, Projection projection) {
    int rows = projection.rows();
    float[] images = new float[sample.count * rows];
    double[] x = new double[sample.width];
    double[] z = new double[rows];
    for (int i = 0; i < sample.count; i++) {
      sample.row(i, x);
      projection.image(x, z);
      for (int j = 0; j < rows; j++) {
        images[i * rows + j] = (float) z[j];
      }
    }
    return Quantizer.fit(images, sample.count, rows);
  }

  /** A task for the rows of a part, with a thread's scratch. */
  @FunctionalInterface
  private interface PartWork<S> {
    void accept(S scratch, float[] rows, int first, int count);
  }

  private <S> void forParts(int floats, IntFunction<S> scratch, PartWork<S> work) {
    int most = Math.clamp(floats / width, 1, Math.max(1, n));
    workers.forEach(
        Math.ceilDiv(n, most),
        () -> {
          S mine = scratch.apply(most);
          float[] read = new float[most * width];
          return p -> {
            int first = p * most;
            int count = Math.min(most, n - first);
            rows.read(first, count, read);
            work.accept(mine, read, first, count);
          };
        });
  }
}
