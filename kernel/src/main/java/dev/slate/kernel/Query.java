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
  int @Nullable [] groups;

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
   * Restricts the answer to the members of a set.
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
   * @param score the score of the last item seen
   * @param place the {@link Slate#place} of the last item seen, which is its ordinal in an {@link
   *     Index}; in a {@link LiveIndex} it stays good when the item is deleted
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
   * Restricts the answer to the items of some ids, which are scored one by one: O(ids x d), and
   * good for thousands. Ids without an item are ignored.
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
   * Restricts the answer to some items of each group, the best ones: of an author, say, a shop, or
   * a set of duplicates. Exact, and pruned as other searches are by the k-th of the items that may
   * stay; an item that is not pruned costs O(log k). Items that the other conditions keep out do
   * not count: each page has at most that many of a group. For an {@link Index}; a batch has no
   * groups.
   *
   * @param most how many items of a group may be returned, at least 1
   * @param groupOf the group of each ordinal, n of them, {@link #NO_GROUP} where an item belongs to
   *     none; not copied; null lifts the restriction
   * @return this
   * @throws IllegalArgumentException if most is below 1
   */
  public Query atMost(int most, int @Nullable [] groupOf) {
    atMost(most);
    this.groups = groupOf;
    if (groupOf == null) {
      this.mostOfGroup = 0;
    }
    return this;
  }

  /**
   * Restricts the answer to some items of each group, the best ones, where the index knows the
   * groups: a {@link LiveIndex}, whose items have them from {@link LiveIndex#upsert(long, float[],
   * float, int)}. Exact, and pruned, as {@link #atMost(int, int[])} says.
   *
   * @param most how many items of a group may be returned, at least 1
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
   * Limits the time of a search. One that runs out of it, or whose thread is interrupted meanwhile,
   * stops at the next block and returns the best of the items that it has looked at; {@link
   * Slate#complete} says so then. The interruption stays pending. A batch has no limit.
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
   * Lifts every condition and keeps the vector.
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
