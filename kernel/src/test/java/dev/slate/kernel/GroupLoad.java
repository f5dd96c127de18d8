package dev.slate.kernel;

import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The cost of groups, to be run by hand: searches of one thread with at most two items of a group,
 * beside searches without that limit, EUCLIDEAN. Items lie in clusters from 33 attributes on, and
 * are uniform in -1 .. 1 below that; their groups have about ten members. To the clean catalogue
 * are added 27,000 copies of one point, all of one group: exact ones, and near ones with a standard
 * deviation of 0.001 of the range. Their ordinals are spread among the others, so that their groups
 * lie anywhere in memory. Queries lie anywhere, and at the copies.
 *
 * <p>With {@code live} a live index gets all items at its start, in the strategy that it chooses;
 * with {@code upserts} it gets the copies afterwards, one by one, so that some are in tails.
 *
 * <pre>
 *   java -Xmx9g -XX:+UseZGC --add-modules jdk.incubator.vector -cp ... dev.slate.kernel.GroupLoad ITEMS D STRATEGY K [live | upserts]
 * </pre>
 */
final class GroupLoad {
  private static final int COPIES = 27_000;
  private static final int MOST = 2;
  private static final float RANGE = 2f;
  private static final float SIGMA = 0.001f * RANGE;
  private static final int CENTRES = 2_000;
  private static final int QUERIES = 2_000;
  private static final long NANOS = 1_500_000_000L;

  private final int n;
  private final int d;
  private final Strategy strategy;
  private final int k;
  private final boolean live;
  private final boolean upserts;
  private final float[] centres;
  private final float[] point;

  private GroupLoad(int n, int d, Strategy strategy, int k, String mode) {
    this.n = n;
    this.d = d;
    this.strategy = strategy;
    this.k = k;
    this.live = !mode.isEmpty();
    this.upserts = mode.equals("upserts");
    this.centres = Shape.UNIFORM.rows(new Random(3), CENTRES, d);
    this.point = new float[d];
    row(new Random(4), point, 0);
  }

  private interface Search {
    void search(float[] query);
  }

  public static void main(String[] args) {
    GroupLoad load =
        new GroupLoad(
            Integer.parseInt(args[0]),
            Integer.parseInt(args[1]),
            Strategy.valueOf(args[2].toUpperCase(Locale.ROOT)),
            Integer.parseInt(args[3]),
            args.length > 4 ? args[4] : "");
    float[][] anywhere = load.queries(false);
    float[][] atCopies = load.queries(true);
    for (float sigma : new float[] {Float.NaN, 0f, SIGMA}) {
      String name = Float.isNaN(sigma) ? "clean" : sigma == 0 ? "exact copies" : "near copies";
      load.run(name, Float.isNaN(sigma) ? 0 : COPIES, sigma, anywhere, atCopies);
    }
  }

  private void row(Random r, float[] to, int at) {
    int centre = r.nextInt(CENTRES) * d;
    for (int j = 0; j < d; j++) {
      to[at + j] =
          d > 32 ? centres[centre + j] + 0.1f * (float) r.nextGaussian() : r.nextFloat() * 2 - 1;
    }
  }

  private void copy(Random r, float sigma, float[] to, int at) {
    for (int j = 0; j < d; j++) {
      to[at + j] = point[j] + sigma * (float) r.nextGaussian();
    }
  }

  private float[][] queries(boolean atCopies) {
    Random r = new Random(2);
    float[][] queries = new float[QUERIES][d];
    for (float[] query : queries) {
      row(r, query, 0);
      if (atCopies) {
        copy(r, SIGMA, query, 0);
      }
    }
    return queries;
  }

  private void run(String name, int copies, float sigma, float[][] anywhere, float[][] atCopies) {
    Random r = new Random(1);
    Random spread = new Random(5);
    int before = upserts ? 0 : copies;
    float[] rows = new float[Math.multiplyExact(n + before, d)];
    int[] groups = new int[n + before];
    for (int i = 0, left = before; i < n + before; i++) {
      if (spread.nextInt(n + before - i) < left) {
        left--;
        copy(r, sigma, rows, i * d);
        groups[i] = n;
      } else {
        row(r, rows, i * d);
        groups[i] = r.nextInt(n / 10 + 1);
      }
    }
    Catalog items = Catalog.of(rows, d);
    if (live) {
      try (LiveIndex index = LiveIndex.builder(d).items(items, groups).build()) {
        float[] row = new float[d];
        for (int i = n + before; i < n + copies; i++) {
          copy(r, sigma, row, 0);
          index.upsert(i, row, 0f, n);
        }
        String kind = upserts ? "upserts, " : "live, ";
        Slate slate = new Slate(k);
        Query limited = Query.of(point).atMost(MOST);
        Search plain = query -> index.search(query, slate);
        Search grouped = query -> index.search(limited.vector(query), slate);
        compare(kind + name + ", anywhere", plain, grouped, null, anywhere);
        compare(kind + name + ", at copies", plain, grouped, null, atCopies);
      }
      return;
    }
    Index index = Index.builder(items).strategy(strategy).build();
    Slate slate = new Slate(k);
    Searcher searcher = index.searcher();
    Query limited = Query.of(point).atMost(MOST, index.groups(groups));
    Search plain = query -> searcher.search(query, slate);
    Search grouped = query -> searcher.search(limited.vector(query), slate);
    compare(strategy + ", " + name + ", anywhere", plain, grouped, searcher, anywhere);
    compare(strategy + ", " + name + ", at copies", plain, grouped, searcher, atCopies);
  }

  private static void compare(
      String name, Search plain, Search grouped, @Nullable Searcher searcher, float[][] queries) {
    double[] best = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
    for (int round = 0; round < 3; round++) {
      best[0] = Math.min(best[0], median(plain, queries));
      best[1] = Math.min(best[1], median(grouped, queries));
    }
    System.out.printf(
        Locale.ROOT,
        "%-36s p50 %9.2f us, groups %9.2f us, ratio %6.2f",
        name,
        best[0],
        best[1],
        best[1] / best[0]);
    if (searcher != null) {
      for (Search search : new Search[] {plain, grouped}) {
        SearchStats sum = new SearchStats(0, 0, 0, 0);
        int count = 50;
        for (int i = 0; i < count; i++) {
          search.search(queries[i]);
          sum = sum.plus(searcher.stats());
        }
        System.out.printf(
            "; scored %d, visited %d", sum.itemsScored() / count, sum.blocksVisited() / count);
      }
    }
    System.out.println();
  }

  private static double median(Search search, float[][] queries) {
    long[] nanos = new long[20_000];
    int count = 0;
    long begun = System.nanoTime();
    long end = begun;
    while (count < nanos.length && end - begun < NANOS) {
      long start = System.nanoTime();
      search.search(queries[count % queries.length]);
      end = System.nanoTime();
      nanos[count++] = end - start;
    }
    Arrays.sort(nanos, 0, count);
    return nanos[count / 2] / 1e3;
  }
}
