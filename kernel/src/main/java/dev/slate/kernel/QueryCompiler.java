package dev.slate.kernel;

import dev.slate.kernel.live.LiveRequest;
import dev.slate.kernel.query.CompiledQuery;
import dev.slate.kernel.search.SearchContext;
import dev.slate.kernel.select.Candidate;

/**
 * Checks a query against the index that will answer it, and turns it into what the kernels compute
 * with. Scores become keys, of which the smaller is better: those of DOT and COSINE change sign.
 */
final class QueryCompiler {
  private QueryCompiler() {}

  /**
   * Compiles a query into a context, and starts the selection.
   *
   * @param index what will be searched
   * @param k number of items wanted, from 1 to n
   * @param to receives the query
   * @throws IllegalArgumentException if vector, weights, sets or groups do not fit the index
   */
  static void compile(Query query, Index index, int k, SearchContext to) {
    int d = index.dimensions();
    boolean negate = index.metric().largerIsBetter();
    checkRow(query.vector, "query", d);
    CompiledQuery compiled = to.query;
    compiled.plain(to.operand(query.vector), k);
    if (query.weights != null) {
      checkWeights(query.weights, index.metric(), d);
      compiled.w = query.weights;
    }
    compiled.allow = query.allow == null ? null : query.allow.words(index, "allow");
    compiled.deny = query.deny == null ? null : query.deny.words(index, "deny");
    if (query.bounded) {
      compiled.limit = Candidate.last(negate ? -query.radius : query.radius);
    }
    if (query.paged) {
      float key = negate ? -query.afterScore : query.afterScore;
      compiled.after = Candidate.place(key, (int) Math.min(query.afterPlace, Integer.MAX_VALUE));
    }
    long[] denied = query.denyIds;
    compiled.exclusion =
        denied == null || denied.length == 0 ? null : to.denied.of(denied, index.ids);
    ItemGroups groups = query.groups;
    if (groups != null) {
      groups.check(index);
      compiled.groupOf = groups.groupOf;
      compiled.uniform = groups.uniform;
    } else if (query.mostOfGroup > 0) {
      throw new IllegalArgumentException(
          "an index stores no groups: use atMost(m, index.groups(...))");
    }
    compiled.mostOfGroup = query.mostOfGroup;
    if (query.deadline > 0) {
      compiled.limitTime(query.deadline);
    }
    compiled.start(to.best);
  }

  /**
   * Compiles the conditions of a query to a live index, all but its vector.
   *
   * @param metric the index's metric
   * @param d its number of attributes
   * @param to receives the conditions
   * @throws IllegalArgumentException if the query has sets or groups by ordinal, which a live index
   *     does not know, or weights that do not fit
   */
  static void conditions(Query query, Metric metric, int d, LiveRequest to) {
    if (query.groups != null) {
      throw new IllegalArgumentException(
          "items of a live index have no ordinals: give the group to upsert, and use atMost(m)");
    }
    if (query.allow != null || query.deny != null) {
      throw new IllegalArgumentException(
          "items of a live index have no ordinals: use allowIds and denyIds");
    }
    if (query.weights != null) {
      checkWeights(query.weights, metric, d);
    }
    to.operands.w = query.weights;
    boolean negate = metric.largerIsBetter();
    to.limit =
        query.bounded ? Candidate.last(negate ? -query.radius : query.radius) : Candidate.NONE;
    to.paged = query.paged;
    to.afterKey = negate ? -query.afterScore : query.afterScore;
    to.afterPlace = query.afterPlace;
    to.allow = query.allowIds;
    to.deny = query.denyIds;
    to.mostOfGroup = query.mostOfGroup;
    to.deadline = query.deadline;
  }

  private static void checkWeights(float[] weights, Metric metric, int d) {
    if (metric != Metric.EUCLIDEAN) {
      throw new IllegalArgumentException(
          "weights go with EUCLIDEAN only, but the metric is " + metric);
    }
    checkRow(weights, "weight", d);
    for (int j = 0; j < weights.length; j++) {
      if (weights[j] < 0) {
        throw new IllegalArgumentException(
            "weight must not be negative, but it is " + weights[j] + ", column " + j);
      }
    }
  }

  static void checkRow(float[] values, String name, int d) {
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
