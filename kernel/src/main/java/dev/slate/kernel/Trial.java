package dev.slate.kernel;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A sample of a catalogue, to be indexed and searched as the whole may be. Some of its rows are
 * left out of the items and serve as queries, unless it is told what queries are like.
 */
final class Trial {
  /** Searches of a trial. */
  static final int QUERIES = 16;

  private static final int MOST_ROWS = 1 << 16;
  private static final int MOST_FLOATS = 1 << 22;
  private static final int FEWEST_ROWS = 2_048;

  /** One item in so many is sampled of a large catalogue for planes, and for a tree. */
  private static final int PLANES_SHARE = 64;

  private static final int TREE_SHARE = 16;
  private static final int MOST_SHARED_FLOATS = 1 << 24;

  /** Rows that are read together. */
  private static final int RUN = 16;

  /** How many rows of the sample are items; a multiple of 4. */
  final int size;

  /** How many of these to index where it takes longer than for a tree. */
  final int few;

  /** Size + {@link #QUERIES} rows, each with its bias where there is one, in random order. */
  final float[] rows;

  private final Metric metric;
  private final float[][] expected;
  private final int n;
  private final int d;

  /** Floats of a sampled row: the attributes, and the bias where there is one. */
  private final int width;

  /**
   * Takes a sample.
   *
   * @param items more than {@link #QUERIES}
   * @param metric how they are scored
   * @param tree whether a tree is tried
   * @param expected queries; none if they are like the items
   */
  Trial(Catalog items, Metric metric, boolean tree, float[][] expected) {
    this.metric = metric;
    this.expected = expected;
    this.n = items.size();
    this.d = items.dimensions();
    this.width = d + (items.hasBias() ? 1 : 0);
    int enough = Math.clamp(MOST_FLOATS / d, FEWEST_ROWS, MOST_ROWS);
    int most = MOST_SHARED_FLOATS / d;
    int forPlanes = Math.max(enough, Math.min(n / PLANES_SHARE, most));
    int forTree = tree ? Math.min(n / TREE_SHARE, most) : 0;
    this.few = Math.min(n - QUERIES, forPlanes) / 4 * 4;
    this.size = Math.max(few, forTree / 4 * 4);
    this.rows = sample(items, size + QUERIES);
  }

  /**
   * Indexes some of the sampled items and searches them. Planes get as many cells as the whole
   * catalogue's have.
   *
   * @param strategy how
   * @param items how many, at most {@link #size}
   * @param wanted numbers of items to search for
   * @return what a search looks at on average, for each number wanted
   */
  SearchStats[] run(Strategy strategy, int items, int[] wanted) {
    float[] row = new float[d];
    CatalogBuilder some = Catalog.builder(d);
    for (int i = 0; i < items; i++) {
      int at = (int) ((long) i * size / items) * width;
      System.arraycopy(rows, at, row, 0, d);
      some.add(row);
      if (width > d) {
        some.bias(rows[at + d]);
      }
    }
    Searcher searcher =
        Index.builder(some.build())
            .metric(metric)
            .strategy(strategy)
            .sampleOf(n)
            .build()
            .searcher();
    SearchStats[] each = new SearchStats[wanted.length];
    for (int w = 0; w < wanted.length; w++) {
      Slate slate = new Slate(wanted[w]);
      SearchStats sum = new SearchStats(0, 0, 0, 0);
      for (int i = 0; i < QUERIES; i++) {
        searcher.search(query(i, row), slate);
        sum = sum.plus(searcher.stats());
      }
      each[w] =
          new SearchStats(
              sum.itemsScored() / QUERIES,
              sum.blocksVisited() / QUERIES,
              sum.blocksPruned() / QUERIES,
              sum.bytesRead() / QUERIES);
    }
    return each;
  }

  private float[] query(int i, float[] row) {
    if (expected.length > 0) {
      return expected[(int) ((long) i * expected.length / QUERIES)];
    }
    System.arraycopy(rows, (size + i) * width, row, 0, d);
    return row;
  }

  /** Some of the sampled items, without biases. */
  float[][] items(int most) {
    float[][] some = new float[Math.min(most, size)][];
    Arrays.setAll(some, i -> Arrays.copyOfRange(rows, i * width, i * width + d));
    return some;
  }

  /** Different rows from all over the catalogue, in random order. */
  private float[] sample(Catalog items, int count) {
    int n = items.size();
    float[] some = new float[count * width];
    float[] read = new float[RUN * d];
    SplittableRandom random = new SplittableRandom(n);
    for (int at = 0; at < count; at += RUN) {
      int run = Math.min(RUN, count - at);
      int from = (int) ((long) at * n / count);
      int to = (int) ((long) (at + run) * n / count);
      int first = from + random.nextInt(to - from - run + 1);
      items.copyRows(first, run, read, 0);
      for (int i = 0; i < run; i++) {
        System.arraycopy(read, i * d, some, (at + i) * width, d);
        if (width > d) {
          some[(at + i) * width + d] = items.bias(first + i);
        }
      }
    }
    float[] swap = new float[width];
    for (int i = count - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      System.arraycopy(some, i * width, swap, 0, width);
      System.arraycopy(some, other * width, some, i * width, width);
      System.arraycopy(swap, 0, some, other * width, width);
    }
    return some;
  }
}
