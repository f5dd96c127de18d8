package dev.slate.kernel.tree;

import dev.slate.kernel.query.CompiledQuery;
import dev.slate.kernel.search.Counters;
import dev.slate.kernel.search.QueryRange;
import dev.slate.kernel.select.Candidate;
import dev.slate.kernel.select.TopK;
import java.util.Arrays;

/**
 * Searches many queries bucket by bucket. For queries that each visit more leaves than fit into the
 * cache: searched one after the other, each would read its leaves from memory again.
 *
 * <p>A query first visits the bucket that is nearest to it, its <i>home</i>. The k best of the
 * home's 7,000 items or so give a bound almost as good as the k best of all. Then the tree is swept
 * once, a few buckets at a time; each bucket is visited by all queries whose k-th bounds do not
 * exclude it. Between two visits the candidates of a query are copied aside.
 */
final class BucketSweep {
  /** Fewer queries than this seldom visit the same bucket, so a sweep would save little. */
  static final int FEWEST = 256;

  /** Queries that are searched one by one, to see how many leaves they visit. */
  private static final int SAMPLED = 32;

  /** Largest k for a sweep: it keeps k candidates of every query. */
  private static final int MOST_WANTED = 128;

  /** Leaves of a query from which on a sweep is faster, as measured at 5 to 10 attributes. */
  private static final int WORTH = 64;

  /** Bytes of leaves that are visited together, with room for the queries in a core's cache. */
  private static final int CACHED = 1 << 19;

  private final TreeCursor cursor;
  private final Nodes nodes;
  private final int[] bucketOf;
  private final int d;
  private final int lanes;

  /** Buckets that are visited together. */
  private final int together;

  private final float[] q;

  /** The queries of the sweep: their places in the range, their rows, and their homes. */
  private int[] queries = {};

  private float[] rows = {};
  private int[] homes = {};

  /** The state of each query between visits: k, place and number of its candidates, the worst. */
  private int[] wanted = {};

  private int[] aside = {};
  private int[] sizes = {};
  private long[] worst = {};

  /** For each query the key of its k-th candidate, in sortable form, to compare bounds with. */
  private int[] kth = {};

  private long[] candidates = {};

  /** For each level the queries that reach a node, and their bounds for each of its children. */
  private int[][] reaching = new int[4][0];

  private int[][] bounds = new int[4][0];

  BucketSweep(TreeEngine engine, TreeCursor cursor) {
    this.cursor = cursor;
    this.nodes = engine.nodes;
    this.bucketOf = engine.bucketOf;
    this.d = engine.d;
    this.lanes = engine.leaves.lanes;
    this.together =
        Math.max(1, CACHED / (TreeBuilder.BUCKET_LEAVES * engine.leaves.stride() * Float.BYTES));
    this.q = new float[d];
  }

  /** Searches the queries of a range, by a sweep if that is worth it. */
  void searchAll(QueryRange range, Counters counters) {
    int step = range.size() / SAMPLED;
    long before = counters.itemsScored;
    int sampled = 0;
    for (int i = 0; i < range.size(); i += step, sampled++) {
      range.start(i);
      searchWhole(range, i);
    }
    cursor.count(counters);
    boolean worth = counters.itemsScored - before >= (long) WORTH * lanes * sampled;
    reserve(worth ? range.size() : 0);
    int count = 0;
    for (int i = 0; i < range.size(); i++) {
      if (i % step != 0) {
        range.start(i);
        if (worth && visitHome(range, count)) {
          queries[count++] = i;
        } else {
          searchWhole(range, i);
        }
      }
    }
    range.query().q = q;
    sweep(0, 0, count, range);
    for (int query = 0; query < count; query++) {
      resume(query, range);
      range.finish(queries[query]);
    }
    cursor.count(counters);
  }

  private void reserve(int count) {
    if (queries.length < count) {
      queries = new int[count];
      rows = new float[Math.multiplyExact(count, d)];
      homes = new int[count];
      aside = new int[count + 1];
      wanted = new int[count];
      sizes = new int[count];
      worst = new long[count];
      kth = new int[count];
      reaching[0] = new int[count];
      Arrays.setAll(reaching[0], query -> query);
    }
  }

  private void searchWhole(QueryRange range, int i) {
    cursor.visit(0, 0, range.query(), range.best(), range.share());
    range.finish(i);
  }

  /**
   * Finds the best of a query's home, and puts them aside.
   *
   * @return whether there were k; if not, the query is as it was
   */
  private boolean visitHome(QueryRange range, int query) {
    CompiledQuery compiled = range.query();
    TopK best = range.best();
    if (compiled.k > MOST_WANTED) {
      return false;
    }
    int node = 0;
    while (bucketOf[node] < 0) {
      node = cursor.nearest(node, compiled);
    }
    cursor.visit(node, 0, compiled, best, range.share());
    if (best.worst() == Candidate.NONE) {
      compiled.start(best);
      return false;
    }
    System.arraycopy(compiled.q, 0, rows, query * d, d);
    homes[query] = node;
    wanted[query] = compiled.k;
    aside[query + 1] = aside[query] + TopK.capacity(compiled.k);
    if (aside[query + 1] > candidates.length) {
      candidates = Arrays.copyOf(candidates, aside[query + 1] + aside[query + 1] / 2);
    }
    putAside(query, best);
    return true;
  }

  private void putAside(int query, TopK best) {
    best.putAside(candidates, aside[query]);
    sizes[query] = best.size();
    worst[query] = best.worst();
    kth[query] = (int) (best.worst() >> 32);
  }

  private void resume(int query, QueryRange range) {
    range.best().resume(wanted[query], candidates, aside[query], sizes[query], worst[query]);
  }

  /** Visits the buckets below a node with those queries that reach it. */
  private void sweep(int node, int level, int count, QueryRange range) {
    if (count == 0) {
      return;
    }
    if (level + 1 == reaching.length) {
      deepen();
    }
    boundChildren(node, level, count, range);
    int first = nodes.first(node);
    int fan = nodes.fan(node);
    for (int c = 0; c < fan; ) {
      if (bucketOf[first + c] < 0) {
        sweep(first + c, level + 1, follow(level, c, count), range);
        c++;
      } else {
        int from = c;
        while (c < fan && c - from < together && bucketOf[first + c] >= 0) {
          c++;
        }
        visitBuckets(first, from, c, level, count, range);
      }
    }
  }

  private void deepen() {
    int levels = reaching.length;
    reaching = Arrays.copyOf(reaching, levels + 1);
    reaching[levels] = new int[0];
    bounds = Arrays.copyOf(bounds, levels + 1);
    bounds[levels] = new int[0];
  }

  /** Bounds the children of a node for each query that reaches it: all queries, child by child. */
  private void boundChildren(int node, int level, int count, QueryRange range) {
    int fan = nodes.fan(node);
    int[] queries = reaching[level];
    int[] columns = bounds[level];
    if (columns.length < count * fan) {
      columns = new int[count * fan];
      bounds[level] = columns;
    }
    for (int i = 0; i < count; i++) {
      System.arraycopy(rows, queries[i] * d, q, 0, d);
      int[] row = cursor.bounds(node, range.query());
      for (int c = 0; c < fan; c++) {
        columns[c * count + i] = row[c];
      }
    }
  }

  /** Lists those queries that reach a child of their node. */
  private int follow(int level, int child, int count) {
    int[] from = reaching[level];
    int[] to = reaching[level + 1];
    if (to.length < count) {
      to = new int[count];
      reaching[level + 1] = to;
    }
    int[] columns = bounds[level];
    int n = 0;
    for (int i = 0; i < count; i++) {
      int query = from[i];
      to[n] = query;
      n += columns[child * count + i] <= kth[query] ? 1 : 0;
    }
    cursor.prune(count - n);
    return n;
  }

  /** Visits the buckets {@code from} to {@code to - 1} among the children of a node. */
  private void visitBuckets(int first, int from, int to, int level, int count, QueryRange range) {
    int[] queries = reaching[level];
    int[] columns = bounds[level];
    for (int i = 0; i < count; i++) {
      int query = queries[i];
      int visited = 0;
      for (int c = from; c < to; c++) {
        if (columns[c * count + i] <= kth[query] && first + c != homes[query]) {
          cursor.enqueue(first + c, columns[c * count + i]);
          visited++;
        }
      }
      cursor.prune(to - from - visited);
      if (visited > 0) {
        System.arraycopy(rows, query * d, q, 0, d);
        resume(query, range);
        cursor.visitQueued(range.query(), range.best(), range.share());
        putAside(query, range.best());
      }
    }
  }
}
