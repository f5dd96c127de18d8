package dev.slate.spark;

import dev.slate.kernel.Index;
import dev.slate.kernel.ItemSet;
import dev.slate.kernel.Query;
import dev.slate.kernel.Searcher;
import dev.slate.kernel.Slate;
import it.unimi.dsi.fastutil.floats.FloatArrayList;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Answers blocks of queries from one shard. Owns all scratch; for one task at a time.
 *
 * <p>Queries of a block are searched together, which is many times faster than one by one. Those
 * that deny a few items of the shard ask for as many more items, and the denied ones are dropped:
 * the best k + m items hold the best k of those that are not among m. A query that denies many, or
 * that wants all within a radius, is searched on its own.
 */
final class BlockSearch {
  /**
   * Denied items up to which a query stays in its block. Chosen: a selection of this many is still
   * cheap beside the scoring of a shard.
   */
  static final int FEW = 1024;

  private static final int[] NONE = {};

  private final SearchSpec spec;
  private final @Nullable Searcher searcher;
  private final @Nullable IdColumn ids;
  private final int n;
  private final int d;
  private Slate[] slates = {};

  /** The answer to a query that is searched on its own, until the next one is. */
  private final Slate own;

  private @Nullable ItemSet deny;

  BlockSearch(ShardIndex shard, SearchSpec spec) {
    this.spec = spec;
    Index index = shard.index();
    this.searcher = index == null ? null : index.searcher();
    this.ids = shard.ids();
    this.n = index == null ? 0 : index.size();
    this.d = index == null ? 0 : index.dimensions();
    this.own = new Slate(Math.max(1, Math.min(spec.k(), n)));
  }

  /**
   * Searches.
   *
   * @param size number of queries
   * @param vectors size x d, row-major
   * @param denied the ids that they deny, or null
   */
  Answers search(int size, float[] vectors, QueryBlock.@Nullable Denied denied, IdType type) {
    IdColumn.Builder found = new IdColumn.Builder(type);
    FloatArrayList scores = new FloatArrayList();
    int[] ends = new int[size];
    if (searcher == null || ids == null) {
      return new Answers(ends, found.build(), scores.toFloatArray());
    }
    int[][] out = new int[size][];
    for (int i = 0; i < size; i++) {
      out[i] = denied == null ? NONE : ordinals(denied, i, ids);
    }
    Slate[] answers = slates(out);
    if (!spec.bounded()) {
      together(searcher, vectors, out, answers);
    }
    for (int i = 0; i < size; i++) {
      if (alone(out[i])) {
        float[] query = Arrays.copyOfRange(vectors, i * d, i * d + d);
        alone(searcher, Query.of(query), out[i], answers[i]);
      }
      take(answers[i], out[i], ids, found, scores);
      ends[i] = found.size();
    }
    return new Answers(ends, found.build(), scores.toFloatArray());
  }

  private boolean alone(int[] denied) {
    return spec.bounded() || denied.length > FEW;
  }

  /** The ordinals of this shard that a query denies, ascending and distinct. */
  private static int[] ordinals(QueryBlock.Denied denied, int query, IdColumn ids) {
    int[] found = new int[denied.ends()[query] - denied.start(query)];
    int count = 0;
    for (int i = denied.start(query); i < denied.ends()[query]; i++) {
      int ordinal = ids.find(denied.ids(), i);
      if (ordinal >= 0) {
        found[count++] = ordinal;
      }
    }
    return Arrays.stream(found, 0, count).sorted().distinct().toArray();
  }

  private Slate[] slates(int[][] out) {
    int known = slates.length;
    if (known < out.length) {
      slates = Arrays.copyOf(slates, out.length);
    }
    int k = Math.min(spec.k(), n);
    Slate[] some = new Slate[out.length];
    for (int i = 0; i < some.length; i++) {
      if (alone(out[i])) {
        some[i] = own;
        continue;
      }
      Slate reused = slates[i];
      if (reused == null) {
        reused = new Slate(Math.max(1, k));
        slates[i] = reused;
      }
      int more = out[i].length;
      some[i] = more == 0 ? reused : new Slate((int) Math.min(n, (long) k + more));
    }
    return some;
  }

  private void together(Searcher all, float[] vectors, int[][] out, Slate[] answers) {
    if (Arrays.stream(out).noneMatch(this::alone)) {
      all.searchAll(vectors, answers);
      return;
    }
    float[] some = new float[vectors.length];
    Slate[] theirs = new Slate[answers.length];
    int count = 0;
    for (int i = 0; i < answers.length; i++) {
      if (!alone(out[i])) {
        System.arraycopy(vectors, i * d, some, count * d, d);
        theirs[count++] = answers[i];
      }
    }
    all.searchAll(Arrays.copyOf(some, count * d), Arrays.copyOf(theirs, count));
  }

  private void alone(Searcher one, Query query, int[] denied, Slate answer) {
    ItemSet set = deny;
    if (set == null) {
      set = ItemSet.unbound(n);
      deny = set;
    }
    for (int ordinal : denied) {
      set.add(ordinal);
    }
    query.deny(set);
    if (spec.bounded()) {
      query.radius(spec.radius());
    }
    one.search(query, answer);
    for (int ordinal : denied) {
      set.remove(ordinal);
    }
  }

  private void take(
      Slate answer, int[] denied, IdColumn names, IdColumn.Builder found, FloatArrayList scores) {
    int wanted = Math.min(spec.k(), answer.size());
    for (int i = 0; i < answer.size() && wanted > 0; i++) {
      int ordinal = answer.ordinal(i);
      if (denied.length == 0 || Arrays.binarySearch(denied, ordinal) < 0) {
        found.add(names, ordinal);
        scores.add(answer.score(i));
        wanted--;
      }
    }
  }
}
