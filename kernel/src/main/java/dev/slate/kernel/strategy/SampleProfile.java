package dev.slate.kernel.strategy;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.Metric;
import dev.slate.kernel.parallel.WorkerGroup;
import dev.slate.kernel.rows.RowSample;
import dev.slate.kernel.rows.Rows;
import dev.slate.kernel.search.Counters;
import dev.slate.kernel.search.Engine;
import dev.slate.kernel.search.SearchContext;
import dev.slate.kernel.search.SharedSearch;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A random sample of a catalogue, on which strategies are tried. A trial builds an index of sampled
 * rows, searches it, and counts the work. The queries are those that the caller expects, or else
 * rows that are left out of the sample.
 */
public final class SampleProfile {
  /** Queries of a trial. */
  private static final int QUERIES = 16;

  /** One item in this many is sampled of a large catalogue. */
  private static final int SHARE = 16;

  private static final int FEWEST_ROWS = 4_096;
  private static final int MOST_FLOATS = 1 << 24;

  /** Rows that are read together. */
  private static final int RUN = 16;

  /** Number of items of the catalogue. */
  public final int n;

  /** Number of attributes. */
  public final int d;

  /** Numbers of items that queries may want, ascending. */
  public final int[] wanted;

  private final Metric metric;
  private final boolean biased;
  private final RowSample rows;
  private final float[][] queries;

  /**
   * Takes a sample.
   *
   * @param items the catalogue, at least {@link #QUERIES} + 1 items
   * @param metric how they are scored
   * @param wanted numbers of items that queries may want
   * @param expected queries; none if they are like the items
   */
  public SampleProfile(Catalog items, Metric metric, int[] wanted, float[][] expected) {
    this.n = items.size();
    this.d = items.dimensions();
    this.wanted = wanted;
    this.metric = metric;
    this.biased = items.hasBias();
    int size = size(n, d);
    Rows source = new Rows(items, metric == Metric.COSINE, biased);
    this.rows = RowSample.scattered(source, size + QUERIES, RUN, new WorkerGroup(null, 1));
    rows.shuffle(new SplittableRandom(n));
    this.queries = new float[QUERIES][];
    int width = rows.width;
    for (int i = 0; i < QUERIES; i++) {
      int end = (size() + i + 1) * width;
      queries[i] =
          expected.length > 0
              ? expected[(int) ((long) i * expected.length / QUERIES)]
              : Arrays.copyOfRange(rows.rows, end - d, end);
    }
  }

  /** Number of sampled items of a catalogue of n items of d attributes. */
  public static int size(int n, int d) {
    int most = Math.clamp(n / SHARE, FEWEST_ROWS, Math.max(FEWEST_ROWS, MOST_FLOATS / d));
    return Math.min(n - QUERIES, most) / 4 * 4;
  }

  /** Number of sampled items, a multiple of 4. */
  public int size() {
    return rows.count - QUERIES;
  }

  /** Bytes of the catalogue's rows. */
  public double bytes() {
    return (double) n * d * Float.BYTES;
  }

  /**
   * The numbers of items wanted, scaled to a part of the items.
   *
   * @param share size of the part, as a share of all items
   * @return for each number wanted the same share of the part, at least 1
   */
  public int[] scaled(double share) {
    return Arrays.stream(wanted).map(k -> (int) Math.max(1, Math.round(k * share))).toArray();
  }

  /**
   * A part of the sample, to be built from.
   *
   * @param count number of items, at most {@link #size}
   */
  public BuildInput input(int count) {
    RowSample some = rows.first(count);
    Rows source = new Rows(new SampledCatalog(some, d, biased), false, biased);
    return new BuildInput(source, metric, Map.of(), new WorkerGroup(null, 1));
  }

  /**
   * Sampled rows besides the first ones, at most twice their number; all rows where there are fewer
   * others than first ones.
   */
  public RowSample others(int count) {
    int rest = Math.min(size() - count, 2 * count);
    return rest < count ? rows.first(size()) : rows.range(count, count + rest);
  }

  /**
   * Searches an index of sampled items.
   *
   * @param engine the index
   * @param items number of its items
   * @param wanted numbers of items to search for
   * @return the mean counts of a search, for each number
   */
  public Counters[] search(Engine engine, int items, int[] wanted) {
    SearchContext context = new SearchContext(engine, metric, biased);
    SharedSearch alone = new SharedSearch(1);
    Counters[] counts = new Counters[wanted.length];
    for (int w = 0; w < wanted.length; w++) {
      Counters sum = new Counters();
      for (float[] query : queries) {
        context.start(query, 0, Math.min(wanted[w], items));
        alone.reset();
        context.search(context.query, alone);
        sum.add(context.counters);
      }
      sum.divide(QUERIES);
      counts[w] = sum;
    }
    return counts;
  }

  /** Sampled rows, already as they are scored. */
  private record SampledCatalog(RowSample sample, int d, boolean biased) implements Catalog {
    @Override
    public int size() {
      return sample.count;
    }

    @Override
    public int dimensions() {
      return d;
    }

    @Override
    public void copyRows(int first, int count, float[] dst, int offset) {
      for (int i = 0; i < count; i++) {
        int end = (first + i + 1) * sample.width;
        System.arraycopy(sample.rows, end - d, dst, offset + i * d, d);
      }
    }

    @Override
    public boolean hasBias() {
      return biased;
    }

    @Override
    public float bias(int ordinal) {
      return biased ? sample.rows[ordinal * sample.width] : 0f;
    }
  }
}
