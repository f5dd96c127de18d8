package dev.slate.kernel.planes;

import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.layout.Rows;
import dev.slate.kernel.search.Team;
import dev.slate.kernel.select.Quicksort;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Lays out a catalogue for {@link PlanesEngine}, in three passes after a sample: each row finds its
 * cell; rows are copied to their slots; each block is coded. Threads take runs of rows or blocks;
 * the result does not depend on their number.
 */
public final class PlanesBuilder {
  /** Items of a cell, about: cells cost a search a little each, their pieces' borders too. */
  private static final int CELL = 512;

  /** Items of a cell where that follows the data much better. */
  private static final int SMALL_CELL = 128;

  /** How near their centres items must lie in small cells, in units of before. */
  private static final double NEARER = 0.6;

  /** Floats of the rows that find their cells together: many must meet at a node. */
  private static final int FOUND_FLOATS = 1 << 19;

  private static final int COPIED_FLOATS = 1 << 16;

  private final Rows rows;
  private final boolean dot;
  private final Team team;
  private final int n;
  private final int width;
  private int sampled;

  /**
   * Prepares a build.
   *
   * @param rows the items, at least one
   * @param dot whether they are scored by dot products
   * @param team the threads that share the work
   */
  public PlanesBuilder(Rows rows, boolean dot, Team team) {
    this.rows = rows;
    this.dot = dot;
    this.team = team;
    this.n = rows.size();
    this.width = rows.width();
    this.sampled = n;
  }

  /**
   * Says that the items are a sample: they get as many cells as so many items would.
   *
   * @param items how many
   * @return this
   */
  public PlanesBuilder sampleOf(int items) {
    this.sampled = items;
    return this;
  }

  /**
   * Builds, with a sketch if a sample says that it pays.
   *
   * @throws IllegalArgumentException if an attribute or a bias is not finite, naming row and column
   */
  public PlanesEngine build() {
    Sample sample = Sample.of(rows);
    return build(sample, SketchChoice.choose(sample, n, dot));
  }

  /** Builds with a sketch of so many directions, or none. */
  public PlanesEngine build(int directions) {
    Sample sample = Sample.of(rows);
    return build(sample, directions == 0 ? null : Projection.leading(sample, directions));
  }

  private PlanesEngine build(Sample sample, @Nullable Projection projection) {
    Quantiser grid = Quantiser.fit(sample.rows, sample.count, width);
    Clusters clusters = clusters(sample);
    long[] order = order(clusters);
    int[] ordinals = new int[n];
    int[] slots = new int[n];
    int[] start = new int[clusters.leaves() + 1];
    place(order, ordinals, slots, start);
    float[][] centres = new float[clusters.leaves()][];
    for (int c = 0; c < centres.length; c++) {
      centres[c] = clusters.centre(c);
    }
    Blocks blocks = copy(slots);
    Cells cells = new Cells(grid, centres, start);
    Plane full = new Plane(grid, n, blocks.count(), !dot);
    Plane sketch =
        projection == null
            ? null
            : new Plane(sketchGrid(sample, projection), n, blocks.count(), false);
    float[] longest = new float[blocks.count()];
    AtomicInteger next = new AtomicInteger();
    team.run(
        member -> {
          BlockCoder coder = new BlockCoder(blocks, cells, full, sketch, projection, longest);
          for (int b = next.getAndIncrement(); b < blocks.count(); b = next.getAndIncrement()) {
            coder.code(b);
          }
        });
    cells.close(longest);
    return new PlanesEngine(
        rows.dimensions(),
        blocks,
        ordinals,
        longest,
        cells,
        full,
        sketch,
        projection,
        false,
        PlanesEngine.NEVER);
  }

  /** Small cells where the data falls into clusters smaller than the others. */
  private Clusters clusters(Sample sample) {
    Clusters clusters = ClusterTraining.train(sample, sampled / CELL);
    boolean small =
        clusters.leaves() < ClusterTraining.most(sample)
            && ClusterTraining.afterSplitting(clusters, CELL / SMALL_CELL) < NEARER;
    return small ? ClusterTraining.train(sample, sampled / SMALL_CELL) : clusters;
  }

  /** For each row, its cell and its distance from the centre, in the order of rows. */
  private long[] order(Clusters clusters) {
    long[] order = new long[n];
    forParts(
        FOUND_FLOATS,
        most -> new ClusterFinder(clusters, most),
        (finder, read, first, count) -> {
          finder.find(read, count);
          for (int i = 0; i < count; i++) {
            int distance = Float.floatToIntBits(finder.distance[i]) & Integer.MAX_VALUE;
            order[first + i] = (long) finder.leaf[i] << 32 | distance;
          }
        });
    return order;
  }

  /** Sorts rows by cell and distance. */
  private static void place(long[] order, int[] ordinals, int[] slots, int[] start) {
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

  private static Quantiser sketchGrid(Sample sample, Projection projection) {
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
    return Quantiser.fit(images, sample.count, rows);
  }

  /** What is done with the rows of a part, with a thread's scratch. */
  @FunctionalInterface
  private interface PartWork<S> {
    void accept(S scratch, float[] rows, int first, int count);
  }

  private <S> void forParts(int floats, IntFunction<S> scratch, PartWork<S> work) {
    int most = Math.clamp(floats / width, 1, Math.max(1, n));
    int parts = (int) ((n + most - 1L) / most);
    AtomicInteger next = new AtomicInteger();
    team.run(
        member -> {
          S mine = scratch.apply(most);
          float[] read = new float[most * width];
          for (int p = next.getAndIncrement(); p < parts; p = next.getAndIncrement()) {
            int first = p * most;
            int count = Math.min(most, n - first);
            rows.read(first, count, read);
            work.accept(mine, read, first, count);
          }
        });
  }
}
