package dev.slate.data.cli;

import dev.slate.data.InputException;
import dev.slate.data.Ordinals;
import dev.slate.kernel.Index;
import dev.slate.kernel.ItemSet;
import dev.slate.kernel.Metric;
import dev.slate.kernel.Query;
import org.jspecify.annotations.Nullable;

/**
 * The conditions on items besides their score, the same for each query of a run.
 *
 * @param allow only these, or null
 * @param deny none of these, or null
 * @param radius at least this good, or null
 * @param weights of the attributes, or null
 */
record Conditions(
    @Nullable ItemSet allow,
    @Nullable ItemSet deny,
    @Nullable Float radius,
    float @Nullable [] weights) {

  /** Reads the lists, and checks the options against each other and against the index. */
  static Conditions of(
      Index index,
      @Nullable String allow,
      @Nullable String deny,
      @Nullable Float radius,
      float @Nullable [] weights) {
    if (radius != null && radius.isNaN()) {
      throw new InputException("--radius", "is not a number");
    }
    if (weights != null) {
      check(weights, index);
    }
    return new Conditions(
        allow == null ? null : Ordinals.read(allow, index.size()),
        deny == null ? null : Ordinals.read(deny, index.size()),
        radius,
        weights);
  }

  private static void check(float[] weights, Index index) {
    if (index.metric() != Metric.EUCLIDEAN) {
      throw new InputException("--weights", "goes with --metric euclidean only");
    }
    if (weights.length != index.dimensions()) {
      throw new InputException(
          "--weights",
          "has %d weights, but items have %d attributes"
              .formatted(weights.length, index.dimensions()));
    }
    for (int j = 0; j < weights.length; j++) {
      if (!(weights[j] >= 0 && Float.isFinite(weights[j]))) {
        throw new InputException(
                "--weights", "a weight is finite and at least 0, not " + weights[j])
            .atColumn(j);
      }
    }
  }

  boolean none() {
    return allow == null && deny == null && radius == null && weights == null;
  }

  /** A query with these conditions and no vector yet. */
  Query query() {
    Query query = Query.of(new float[0]).allow(allow).deny(deny);
    if (radius != null) {
      query.radius(radius);
    }
    return weights == null ? query : query.weights(weights);
  }
}
