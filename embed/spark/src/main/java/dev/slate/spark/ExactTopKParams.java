package dev.slate.spark;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * The parameters of {@link ExactTopK} and {@link ExactTopKModel}, in the manner of spark.ml.
 *
 * @param <T> the class whose setters return it
 */
public interface ExactTopKParams<T extends ExactTopKParams<T>> extends Params {
  /**
   * The parameters themselves.
   *
   * @return those of this object
   */
  ExactTopKSettings settings();

  /**
   * Column of the items' ids: int, long or string, distinct, never null.
   *
   * @return the parameter; default {@code id}
   */
  default Param<String> idCol() {
    return settings().idCol;
  }

  /**
   * Column of the vectors of items, and of queries: array of float or double, or vector.
   *
   * @return the parameter; default {@code features}
   */
  default Param<String> featuresCol() {
    return settings().featuresCol;
  }

  /**
   * Column of the items' biases, numbers; with metric {@code dot} only.
   *
   * @return the parameter; no default
   */
  default Param<String> biasCol() {
    return settings().biasCol;
  }

  /**
   * Column of the queries with an array of ids that are not to be returned, such as those already
   * seen; null denies nothing, and ids that no item has are ignored.
   *
   * @return the parameter; no default
   */
  default Param<String> denyCol() {
    return settings().denyCol;
  }

  /**
   * Column that is appended to the queries.
   *
   * @return the parameter; default {@code recommendations}
   */
  default Param<String> outputCol() {
    return settings().outputCol;
  }

  /**
   * Items returned for each query; fewer only where there are fewer.
   *
   * @return the parameter, at least 1; default 10
   */
  default Param<Object> k() {
    return settings().k;
  }

  /**
   * How items are scored: {@code euclidean}, {@code dot} or {@code cosine}, as {@link
   * dev.slate.kernel.Metric} defines them.
   *
   * @return the parameter; default {@code euclidean}
   */
  default Param<String> metric() {
    return settings().metric;
  }

  /**
   * How the answer is found: {@code auto} lets the kernel plan for each shard; others are the names
   * of {@link dev.slate.kernel.Strategy}. Answers are the same.
   *
   * @return the parameter; default {@code auto}
   */
  default Param<String> strategy() {
    return settings().strategy;
  }

  /**
   * Where the items are: {@code replicated}, a copy in each executor; {@code sharded}, a part in
   * each; {@code auto}, replicated while a copy fits. Answers are the same.
   *
   * @return the parameter; default {@code auto}
   */
  default Param<String> placement() {
    return settings().placement;
  }

  /**
   * Number of shards; 0 for as many as there are executors. Few large shards are faster than many.
   *
   * @return the parameter; default 0
   */
  default Param<Object> numShards() {
    return settings().numShards;
  }

  /**
   * Queries that a task searches together; at most 16 where a radius is set.
   *
   * @return the parameter, at least 1; default 1024
   */
  default Param<Object> blockSize() {
    return settings().blockSize;
  }

  /**
   * Whether sparse vectors are unpacked; unless set, they are refused.
   *
   * @return the parameter; default false
   */
  default Param<Object> densify() {
    return settings().densify;
  }

  /**
   * A predicate in SQL over the columns of the items; items for which it is not true are left out
   * at fit.
   *
   * @return the parameter; no default
   */
  default Param<String> allow() {
    return settings().allow;
  }

  /**
   * Sets {@link #idCol}.
   *
   * @param value the value
   * @return this
   */
  default T setIdCol(String value) {
    set(idCol(), value);
    return ExactTopKSettings.self(this);
  }

  /**
   * Sets {@link #featuresCol}.
   *
   * @param value the value
   * @return this
   */
  default T setFeaturesCol(String value) {
    set(featuresCol(), value);
    return ExactTopKSettings.self(this);
  }

  /**
   * Sets {@link #biasCol}.
   *
   * @param value the value
   * @return this
   */
  default T setBiasCol(String value) {
    set(biasCol(), value);
    return ExactTopKSettings.self(this);
  }

  /**
   * Sets {@link #denyCol}.
   *
   * @param value the value
   * @return this
   */
  default T setDenyCol(String value) {
    set(denyCol(), value);
    return ExactTopKSettings.self(this);
  }

  /**
   * Sets {@link #outputCol}.
   *
   * @param value the value
   * @return this
   */
  default T setOutputCol(String value) {
    set(outputCol(), value);
    return ExactTopKSettings.self(this);
  }

  /**
   * Sets {@link #k}.
   *
   * @param value the value
   * @return this
   */
  default T setK(int value) {
    set(k(), value);
    return ExactTopKSettings.self(this);
  }

  /**
   * Sets {@link #metric}.
   *
   * @param value the value
   * @return this
   */
  default T setMetric(String value) {
    set(metric(), value);
    return ExactTopKSettings.self(this);
  }

  /**
   * Sets {@link #strategy}.
   *
   * @param value the value
   * @return this
   */
  default T setStrategy(String value) {
    set(strategy(), value);
    return ExactTopKSettings.self(this);
  }

  /**
   * Sets {@link #placement}.
   *
   * @param value the value
   * @return this
   */
  default T setPlacement(String value) {
    set(placement(), value);
    return ExactTopKSettings.self(this);
  }

  /**
   * Sets {@link #numShards}.
   *
   * @param value the value
   * @return this
   */
  default T setNumShards(int value) {
    set(numShards(), value);
    return ExactTopKSettings.self(this);
  }

  /**
   * Sets {@link #blockSize}.
   *
   * @param value the value
   * @return this
   */
  default T setBlockSize(int value) {
    set(blockSize(), value);
    return ExactTopKSettings.self(this);
  }

  /**
   * Sets {@link #densify}.
   *
   * @param value the value
   * @return this
   */
  default T setDensify(boolean value) {
    set(densify(), value);
    return ExactTopKSettings.self(this);
  }

  /**
   * Sets {@link #allow}.
   *
   * @param value the value
   * @return this
   */
  default T setAllow(String value) {
    set(allow(), value);
    return ExactTopKSettings.self(this);
  }

  /**
   * The value of {@link #idCol}.
   *
   * @return the value
   */
  default String getIdCol() {
    return getOrDefault(idCol());
  }

  /**
   * The value of {@link #featuresCol}.
   *
   * @return the value
   */
  default String getFeaturesCol() {
    return getOrDefault(featuresCol());
  }

  /**
   * The value of {@link #biasCol}.
   *
   * @return the value
   * @throws java.util.NoSuchElementException if it is not set
   */
  default String getBiasCol() {
    return getOrDefault(biasCol());
  }

  /**
   * The value of {@link #denyCol}.
   *
   * @return the value
   * @throws java.util.NoSuchElementException if it is not set
   */
  default String getDenyCol() {
    return getOrDefault(denyCol());
  }

  /**
   * The value of {@link #outputCol}.
   *
   * @return the value
   */
  default String getOutputCol() {
    return getOrDefault(outputCol());
  }

  /**
   * The value of {@link #k}.
   *
   * @return the value
   */
  default int getK() {
    return (Integer) getOrDefault(k());
  }

  /**
   * The value of {@link #metric}.
   *
   * @return the value
   */
  default String getMetric() {
    return getOrDefault(metric());
  }

  /**
   * The value of {@link #strategy}.
   *
   * @return the value
   */
  default String getStrategy() {
    return getOrDefault(strategy());
  }

  /**
   * The value of {@link #placement}.
   *
   * @return the value
   */
  default String getPlacement() {
    return getOrDefault(placement());
  }

  /**
   * The value of {@link #numShards}.
   *
   * @return the value
   */
  default int getNumShards() {
    return (Integer) getOrDefault(numShards());
  }

  /**
   * The value of {@link #blockSize}.
   *
   * @return the value
   */
  default int getBlockSize() {
    return (Integer) getOrDefault(blockSize());
  }

  /**
   * The value of {@link #densify}.
   *
   * @return the value
   */
  default boolean getDensify() {
    return (Boolean) getOrDefault(densify());
  }

  /**
   * The value of {@link #allow}.
   *
   * @return the value
   * @throws java.util.NoSuchElementException if it is not set
   */
  default String getAllow() {
    return getOrDefault(allow());
  }
}
