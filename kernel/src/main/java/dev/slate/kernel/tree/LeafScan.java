package dev.slate.kernel.tree;

import dev.slate.kernel.query.CompiledQuery;
import dev.slate.kernel.select.Candidate;
import dev.slate.kernel.select.GroupCounts;
import dev.slate.kernel.select.TopK;
import dev.slate.kernel.simd.TreeKernel;

/**
 * Scores leaves, and offers the items that may be among the k best. One thread's scratch.
 *
 * <p>Up to {@link #AT_ONCE} leaves are scored together. Their limits are found first; then they are
 * scored without branches between them, so that the processor loads them at the same time. Then the
 * few items below the limits are offered. More leaves at once hide more of memory's latency, but
 * their limits are older.
 */
final class LeafScan {
  /** Chosen: leaves that are scored together. */
  private static final int AT_ONCE = 8;

  private final TreeKernel kernel;
  private final Leaves leaves;
  private final UniformParts uniform;
  private final int lanes;
  private final float[] keys;
  private final int[] ids = new int[AT_ONCE];
  private final long[] taken = new long[AT_ONCE];
  private final float[] limits = new float[AT_ONCE];
  private final int[] byRank = new int[TreeKernel.MAX_LANES];

  /** Leaves scored so far. */
  long scanned;

  LeafScan(TreeKernel kernel, Leaves leaves, UniformParts uniform) {
    this.kernel = kernel;
    this.leaves = leaves;
    this.uniform = uniform;
    this.lanes = leaves.lanes;
    this.keys = new float[AT_ONCE * lanes];
  }

  /** Scans one leaf. */
  void scan(int leaf, CompiledQuery query, TopK best) {
    float limit = Candidate.bound(best.worst());
    long below = score(leaf, query, uniform.limit(leaf, limit, query, best), 0);
    scanned++;
    if (best.size() > 0 || query.k > lanes || !ordered(leaf, query, below)) {
      offer(leaf, 0, admitted(leaf, 0, below, query, best), query, best);
    } else {
      append(leaf, query.k, best);
    }
  }

  /** Orders the items of a leaf, if each lane has an item that counts. */
  private boolean ordered(int leaf, CompiledQuery query, long below) {
    return Long.bitCount(below) == lanes
        && query.open()
        && leaves.full(leaf)
        && kernel.order(keys, lanes, byRank);
  }

  /**
   * Scans the waiting leaves, except those whose bounds no longer come before the worst candidate.
   * The first {@link #AT_ONCE} need no check, since they came before it when they were queued. If
   * more wait, the nearest leaf is scanned by itself first. Where items are clustered, the first
   * leaf of a search may lie far from the query. Its bound is weak then and excludes few of the
   * waiting leaves; that of the nearest leaf excludes most of them.
   *
   * @return number of leaves that were not scanned
   */
  int scan(NodeQueue waiting, CompiledQuery query, TopK best) {
    long before = scanned;
    int waited = waiting.size;
    int from = 0;
    if (waiting.size > AT_ONCE) {
      waiting.moveNearestToFront();
      scan(waiting, 0, 1, query, best);
      from = 1;
      if (query.uniform != null) {
        uniform.dropLeaves(waiting, from, query, best);
      }
    }
    for (; from < waiting.size; from += AT_ONCE) {
      scan(waiting, from, Math.min(from + AT_ONCE, waiting.size), query, best);
    }
    return waited - (int) (scanned - before);
  }

  private void scan(NodeQueue waiting, int from, int to, CompiledQuery query, TopK best) {
    long worst = best.worst();
    float limit = Candidate.bound(worst);
    int count = 0;
    for (int i = from; i < to; i++) {
      ids[count] = waiting.ids[i];
      count += from == 0 || mayImprove(waiting.ids[i], waiting.bounds[i], worst) ? 1 : 0;
    }
    for (int i = 0; i < count; i++) { // apart from the scores: it branches and reads groups
      limits[i] = uniform.limit(ids[i], limit, query, best);
    }
    for (int i = 0; i < count; i++) {
      taken[i] = score(ids[i], query, limits[i], i * lanes);
    }
    scanned += count;
    for (int i = 0; i < count; i++) {
      taken[i] = admitted(ids[i], i * lanes, taken[i], query, best);
    }
    for (int i = 0; i < count; i++) {
      if (taken[i] != 0) {
        offer(ids[i], i * lanes, taken[i], query, best);
      }
    }
  }

  /** Whether a leaf's bound, with its smallest ordinal, comes before the worst candidate. */
  private boolean mayImprove(int leaf, int bound, long worst) {
    long key = worst >> 32;
    if (bound != key) {
      return bound < key;
    }
    return Candidate.first(bound, leaves.ordinal(leaf, 0)) < worst;
  }

  private void append(int leaf, int count, TopK best) {
    float[] chunk = leaves.chunk(leaf);
    int ordinals = leaves.ordinals(leaf);
    for (int i = 0; i < count; i++) {
      int lane = byRank[i];
      int ordinal = Float.floatToRawIntBits(chunk[ordinals + lane]);
      best.append(Candidate.pack(keys[lane], ordinal));
    }
  }

  private long score(int leaf, CompiledQuery query, float limit, int to) {
    return kernel.leaf(query, leaves.chunk(leaf), leaves.offset(leaf), lanes, limit, keys, to);
  }

  /**
   * Drops items of the group that refused an item last, if they come after the worst item of that
   * group. Reads the groups of all items that are to be offered; these lie anywhere in memory. Read
   * together, they take about one wait for memory; a selection that reads them in turn waits for
   * each.
   */
  @SuppressWarnings("ShortCircuitBoolean") // a jump that cannot be foretold costs more
  private long admitted(int leaf, int from, long taken, CompiledQuery query, TopK best) {
    int[] groupOf = query.groupOf;
    if (groupOf == null) {
      return taken;
    }
    float[] chunk = leaves.chunk(leaf);
    int ordinals = leaves.ordinals(leaf);
    int full = best.fullGroup();
    float worst = Candidate.bound(best.worstOfFull()); // NaN where no group is full
    long dropped = 0;
    for (long left = taken; left != 0; left &= left - 1) {
      int lane = Long.numberOfTrailingZeros(left);
      int ordinal = Float.floatToRawIntBits(chunk[ordinals + lane]);
      int group = ordinal < 0 ? GroupCounts.NO_GROUP : groupOf[ordinal];
      dropped |= group == full & keys[from + lane] > worst ? 1L << lane : 0;
    }
    return taken & ~dropped;
  }

  private void offer(int leaf, int from, long taken, CompiledQuery query, TopK best) {
    boolean filtered = query.filtered();
    float[] chunk = leaves.chunk(leaf);
    int ordinals = leaves.ordinals(leaf);
    for (long left = taken; left != 0; left &= left - 1) {
      int lane = Long.numberOfTrailingZeros(left);
      int ordinal = Float.floatToRawIntBits(chunk[ordinals + lane]);
      if (ordinal >= 0 && (!filtered || query.passes(ordinal))) {
        best.offer(Candidate.pack(keys[from + lane], ordinal));
      }
    }
  }
}
