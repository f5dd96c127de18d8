/**
 * Exact top-K over DataFrames of Apache Spark: {@link dev.slate.spark.ExactTopK} is the estimator,
 * {@link dev.slate.spark.ExactTopKModel} answers, {@link dev.slate.spark.Main} is a job for
 * spark-submit.
 *
 * <p>Answers have the bits of one {@link dev.slate.kernel.Index} over all items in the order of
 * their ids, whatever the placement, the number of shards or the partitioning. Each shard is sorted
 * by id, so the smaller ordinal of a tie is the smaller id there too, and answers of shards are
 * merged by score and id.
 */
@NullMarked
package dev.slate.spark;

import org.jspecify.annotations.NullMarked;
