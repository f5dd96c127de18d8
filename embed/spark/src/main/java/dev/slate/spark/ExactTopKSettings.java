package dev.slate.spark;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import org.jspecify.annotations.Nullable;
import scala.Function1;

/** The parameters of an estimator or a model, with their defaults. */
public final class ExactTopKSettings implements Serializable {
  private static final long serialVersionUID = 1;

  static final String REPLICATED = "replicated";
  static final String SHARDED = "sharded";

  final Param<String> idCol;
  final Param<String> featuresCol;
  final Param<String> biasCol;
  final Param<String> denyCol;
  final Param<String> outputCol;
  final IntParam k;
  final Param<String> metric;
  final Param<String> strategy;
  final Param<String> placement;
  final IntParam numShards;
  final IntParam blockSize;
  final BooleanParam densify;
  final Param<String> allow;

  ExactTopKSettings(Params owner) {
    idCol = text(owner, "idCol", "column of the items' ids");
    featuresCol = text(owner, "featuresCol", "column of the vectors");
    biasCol = text(owner, "biasCol", "column of the items' biases");
    denyCol = text(owner, "denyCol", "column of the queries with ids not to be returned");
    outputCol = text(owner, "outputCol", "column that is appended to the queries");
    k = count(owner, "k", "items returned for each query", 1);
    metric = choice(owner, "metric", "how items are scored", SearchSpec.metrics());
    strategy = choice(owner, "strategy", "how the answer is found", SearchSpec.strategies());
    placement =
        choice(
            owner,
            "placement",
            "where the items are",
            new String[] {SearchSpec.AUTO, REPLICATED, SHARDED});
    numShards = count(owner, "numShards", "number of shards, 0 for one an executor", 0);
    blockSize = count(owner, "blockSize", "queries that are searched together", 1);
    densify = new BooleanParam(owner, "densify", "whether sparse vectors are unpacked");
    allow = text(owner, "allow", "SQL predicate over the items");
    owner.setDefault(idCol, "id");
    owner.setDefault(featuresCol, "features");
    owner.setDefault(outputCol, "recommendations");
    owner.setDefault(k, 10);
    owner.setDefault(metric, "euclidean");
    owner.setDefault(strategy, SearchSpec.AUTO);
    owner.setDefault(placement, SearchSpec.AUTO);
    owner.setDefault(numShards, 0);
    owner.setDefault(blockSize, 1024);
    owner.setDefault(densify, false);
  }

  private static Param<String> text(Params owner, String name, String doc) {
    return new Param<>(owner, name, doc);
  }

  private static IntParam count(Params owner, String name, String doc, int least) {
    return new IntParam(owner, name, doc, atLeast(least));
  }

  private static Function1<Object, Object> atLeast(int least) {
    return ParamValidators.gtEq(least);
  }

  private static Param<String> choice(Params owner, String name, String doc, String[] values) {
    List<String> known = List.of(values);
    return new Param<>(
        owner, name, doc + ": " + String.join(", ", known), ParamValidators.inArray(known));
  }

  static <T> @Nullable T optional(Params owner, Param<T> param) {
    return owner.isDefined(param) ? owner.getOrDefault(param) : null;
  }

  @SuppressWarnings("unchecked")
  static <T extends ExactTopKParams<T>> T self(ExactTopKParams<T> owner) {
    return (T) owner;
  }
}
