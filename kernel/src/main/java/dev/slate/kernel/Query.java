package dev.slate.kernel;

import dev.slate.kernel.query.CompiledQuery;
import dev.slate.kernel.search.SearchContext;
import dev.slate.kernel.select.Candidate;
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
  float[] vector;
  @Nullable ItemSet allow;
  @Nullable ItemSet deny;
  float @Nullable [] weights;
  boolean bounded;
  float radius;
  boolean paged;
  float afterScore;
  int afterOrdinal;

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
   * @param items a set over the index's n items; null lifts the restriction
   * @return this
   */
  public Query allow(@Nullable ItemSet items) {
    this.allow = items;
    return this;
  }

  /**
   * Keeps the members of a set out of the answer.
   *
   * @param items a set over the index's n items; null lifts the restriction
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
   * @param ordinal the ordinal of the last item seen
   * @return this
   * @throws IllegalArgumentException if the ordinal is negative
   */
  public Query after(float score, int ordinal) {
    if (ordinal < 0) {
      throw new IllegalArgumentException("ordinal must not be negative, but it is " + ordinal);
    }
    this.paged = true;
    this.afterScore = score;
    this.afterOrdinal = ordinal;
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
    weights = null;
    bounded = false;
    paged = false;
    return this;
  }

  /**
   * Checks the query against an index, compiles it into a context, and starts its selection.
   *
   * @param index what will be searched
   * @param k number of items wanted, from 1 to n
   * @param to receives the query
   */
  void compile(Index index, int k, SearchContext to) {
    int d = index.dimensions();
    boolean negate = index.metric().largerIsBetter();
    checkRow(vector, "query", d);
    CompiledQuery query = to.query;
    query.plain(to.operand(vector), k);
    if (weights != null) {
      checkWeights(weights, index);
      query.w = weights;
    }
    query.allow = allow == null ? null : words(allow, "allow", index);
    query.deny = deny == null ? null : words(deny, "deny", index);
    if (bounded) {
      query.limit = Candidate.last(negate ? -radius : radius);
    }
    if (paged) {
      query.after = Candidate.place(negate ? -afterScore : afterScore, afterOrdinal);
    }
    query.start(to.best);
  }

  private static void checkWeights(float[] weights, Index index) {
    if (index.metric() != Metric.EUCLIDEAN) {
      throw new IllegalArgumentException(
          "weights go with EUCLIDEAN only, but the metric is " + index.metric());
    }
    checkRow(weights, "weight", index.dimensions());
    for (int j = 0; j < weights.length; j++) {
      if (weights[j] < 0) {
        throw new IllegalArgumentException(
            "weight must not be negative, but it is " + weights[j] + ", column " + j);
      }
    }
  }

  private static long[] words(ItemSet set, String name, Index index) {
    if (set.universe() != index.size()) {
      throw new IllegalArgumentException(
          name + " ranges over " + set.universe() + " items, but the index has " + index.size());
    }
    return set.words();
  }

  private static void checkRow(float[] values, String name, int d) {
    if (values.length != d) {
      throw new IllegalArgumentException(
          name + " has " + values.length + " attributes, but the index has d = " + d);
    }
    for (int j = 0; j < d; j++) {
      if (!Float.isFinite(values[j])) {
        throw new IllegalArgumentException(name + " is " + values[j] + ", column " + j);
      }
    }
  }

  /** Checks the attributes of queries, rows of d. */
  static void checkFinite(float[] queries, int d) {
    for (int i = 0; i < queries.length; i++) {
      if (!Float.isFinite(queries[i])) {
        throw new IllegalArgumentException(
            "query is " + queries[i] + ", row " + i / d + ", column " + i % d);
      }
    }
  }
}
