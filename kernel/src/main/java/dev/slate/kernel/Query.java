package dev.slate.kernel;

import dev.slate.kernel.select.GroupCounts;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A query with conditions: which items may be returned, how good they must be, and where the page
 * starts. Mutable and reusable; it holds references and copies nothing. What depends on the index
 * (lengths, finite values, the metric) is checked by the search. Not thread-safe.
 *
 * <p>Conditions combine: an item is returned if it is allowed, not denied, within the radius, and
 * after the given place in the order.
 *
 * {@snippet :
 * Query request = Query.of(query).denyIds(seen);
 * Slate page = new Slate(10);
 * searcher.search(request, page);
 * int last = page.size() - 1;
 * searcher.search(request.after(page.score(last), page.place(last)), page); // the next page
 * }
 */
public final class Query {
  /** The group of an item that belongs to none: {@code atMost} does not limit such items. */
  public static final int NO_GROUP = GroupCounts.NO_GROUP;

  float[] vector;
  @Nullable ItemSet allow;
  @Nullable ItemSet deny;
  float @Nullable [] weights;
  boolean bounded;
  float radius;
  boolean paged;
  float afterScore;
  long afterPlace;
  long @Nullable [] allowIds;
  long @Nullable [] denyIds;
  long deadline;
  @Nullable ItemGroups groups;

  /** 0 where there is no limit. */
  int mostOfGroup;

  private Query(float[] vector) {
    this.vector = Objects.requireNonNull(vector, "vector");
  }

  /**
   * Starts a query without conditions.
   *
   * @param vector d finite attributes; not copied
   * @return the query
   */
  public static Query of(float[] vector) {
    return new Query(vector);
  }

  /**
   * Replaces the vector and keeps the conditions.
   *
   * @param vector d finite attributes; not copied
   * @return this
   */
  public Query vector(float[] vector) {
    this.vector = Objects.requireNonNull(vector, "vector");
    return this;
  }

  /**
   * Restricts the answer to the members of a set. If sets admit few items, {@link Strategy#TREE}
   * and {@link Strategy#QUANTIZED} score the admitted items one by one.
   *
   * @param items a set of the index, or an unbound one over n items; null lifts the restriction
   * @return this
   */
  public Query allow(@Nullable ItemSet items) {
    this.allow = items;
    return this;
  }

  /**
   * Keeps the members of a set out of the answer.
   *
   * @param items a set of the index, or an unbound one over n items; null lifts the restriction
   * @return this
   */
  public Query deny(@Nullable ItemSet items) {
    this.deny = items;
    return this;
  }

  /**
   * Restricts the answer to items at least this good, inclusive.
   *
   * @param radius compared with the score itself: {@code score <= radius} for EUCLIDEAN (the
   *     squared distance), {@code score >= radius} for the others; a NaN score never matches
   * @return this
   * @throws IllegalArgumentException if the radius is NaN
   */
  public Query radius(float radius) {
    if (Float.isNaN(radius)) {
      throw new IllegalArgumentException("radius is NaN");
    }
    this.bounded = true;
    this.radius = radius;
    return this;
  }

  /**
   * Weighs the attributes: EUCLIDEAN only.
   *
   * @param weights d finite numbers, at least 0; not copied; null lifts the weights
   * @return this
   */
  public Query weights(float @Nullable ... weights) {
    this.weights = weights;
    return this;
  }

  /**
   * Starts the answer after a place in the order: the next page.
   *
   * @param score the score of the last item of the page before
   * @param place its {@link Slate#place}: in an {@link Index} its ordinal; in a {@link LiveIndex} a
   *     number that stays valid when the item is deleted
   * @return this
   * @throws IllegalArgumentException if the place is negative
   */
  public Query after(float score, long place) {
    if (place < 0) {
      throw new IllegalArgumentException("place must not be negative, but it is " + place);
    }
    this.paged = true;
    this.afterScore = score;
    this.afterPlace = place;
    return this;
  }

  /**
   * Restricts the answer to the items of some ids, which are scored one by one: O(ids x (d + k)),
   * for up to some thousands of ids. Ids without an item are ignored.
   *
   * @param ids the caller's ids; not copied; null lifts the restriction
   * @return this
   */
  public Query allowIds(long @Nullable ... ids) {
    this.allowIds = ids;
    return this;
  }

  /**
   * Keeps the items of some ids out of the answer: O(ids), whatever n is. Ids without an item are
   * ignored.
   *
   * @param ids the caller's ids; not copied; null lifts the restriction
   * @return this
   */
  public Query denyIds(long @Nullable ... ids) {
    this.denyIds = ids;
    return this;
  }

  /**
   * Limits the number of items of each group in the answer, where a group is an author, say, a
   * shop, or a set of duplicates. Of each group the best items are returned; the answer is exact.
   * The search prunes by the k-th best of the items that the limit admits. {@link Strategy#TREE}
   * also skips a subtree whose items all belong to one group, once that group has as many items in
   * the answer as it may. An item that is not pruned costs O(log k). Only items that meet the other
   * conditions count, so with {@link #after} the limit holds for each page. For an {@link Index};
   * batches have no groups.
   *
   * @param most largest number of items of a group, at least 1
   * @param groups of the index that will be searched, see {@link Index#groups}; null lifts the
   *     restriction
   * @return this
   * @throws IllegalArgumentException if most is below 1
   */
  public Query atMost(int most, @Nullable ItemGroups groups) {
    atMost(most);
    this.groups = groups;
    if (groups == null) {
      this.mostOfGroup = 0;
    }
    return this;
  }

  /**
   * Limits the number of items of each group in the answer of a {@link LiveIndex}, which stores the
   * groups of its items ({@link LiveIndex#upsert(long, float[], float, int)}). Exact, and pruned,
   * as {@link #atMost(int, ItemGroups)}.
   *
   * @param most largest number of items of a group, at least 1
   * @return this
   * @throws IllegalArgumentException if most is below 1
   */
  public Query atMost(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("most must be at least 1, but it is " + most);
    }
    this.mostOfGroup = most;
    this.groups = null;
    return this;
  }

  /**
   * Limits the time of a search. When the time is up, or the searching thread is interrupted, the
   * search stops after some microseconds, or after some hundred rows where rows are long, and
   * returns the best of the items that it has looked at; {@link Slate#complete} is then false. The
   * interruption stays pending. Batches ignore the limit.
   *
   * @param nanos nanoseconds from the start of the search; 0 lifts the limit
   * @return this
   * @throws IllegalArgumentException if the time is negative
   */
  public Query deadline(long nanos) {
    if (nanos < 0) {
      throw new IllegalArgumentException("a deadline must not be negative, but it is " + nanos);
    }
    this.deadline = nanos;
    return this;
  }

  /**
   * Removes every condition and keeps the vector.
   *
   * @return this
   */
  public Query clear() {
    allow = null;
    deny = null;
    allowIds = null;
    denyIds = null;
    deadline = 0;
    groups = null;
    mostOfGroup = 0;
    weights = null;
    bounded = false;
    paged = false;
    return this;
  }
}
