package dev.slate.spark;

import dev.slate.kernel.Metric;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Answers queries from the items that {@link ExactTopK#fit} took in.
 *
 * <p>Each executor builds one index for each shard that it searches (one in all where items are
 * replicated) and shares it among its tasks: about 1.1 x the rows and the ids, until {@link
 * #unpersist}. Copies of a model share its items and indexes. May be used from several threads once
 * its parameters are set.
 */
public final class ExactTopKModel extends Model<ExactTopKModel>
    implements ExactTopKParams<ExactTopKModel>, MLWritable {
  private static final long serialVersionUID = 1;

  private static final double NO_RADIUS = Double.NaN;

  /**
   * Queries of a block where a radius is set. Chosen: such queries are searched one by one, so a
   * larger block gains nothing, and all pairs of a block are held at once.
   */
  private static final int BOUNDED_BLOCK = 16;

  private final String uid;
  private final ExactTopKSettings settings;
  private transient @Nullable ItemStore store;

  ExactTopKModel(String uid, @Nullable ItemStore store) {
    this.uid = uid;
    this.settings = new ExactTopKSettings(this);
    this.store = store;
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public ExactTopKSettings settings() {
    return settings;
  }

  ItemStore store() {
    ItemStore known = store;
    if (known == null) {
      throw new IllegalStateException("a model answers in the driver only");
    }
    return known;
  }

  ExactTopKModel over(ItemStore items) {
    this.store = items;
    return placed();
  }

  /** Replicates the items if the parameters say so; releases them if that fails. */
  ExactTopKModel placed() {
    ItemStore items = store();
    String wanted = getPlacement();
    try {
      if (wanted.equals(ExactTopKSettings.REPLICATED)
          || (wanted.equals(SearchSpec.AUTO) && items.fitsExecutors())) {
        items.replicate();
      }
    } catch (Throwable e) {
      items.release(false);
      throw e;
    }
    return this;
  }

  /**
   * Number of items.
   *
   * @return n
   */
  public long size() {
    return store().size.n();
  }

  /**
   * Number of features of each item.
   *
   * @return d; 0 where there are no items
   */
  public int dimensions() {
    return store().size.d();
  }

  /**
   * Number of shards.
   *
   * @return as many as the parameter said, or as there were executors
   */
  public int shards() {
    return store().shards.getNumPartitions();
  }

  /**
   * Tells whether answers come from a copy of all items in each executor.
   *
   * @return false if the items are sharded
   */
  public boolean replicated() {
    return store().replicated();
  }

  /**
   * Appends the best items to each query: {@code array<struct<id, score: float>>}, best first.
   *
   * <p>Where items are replicated, queries stay in their partitions and the result is lazy; the
   * queries may be a stream. Where they are sharded, queries travel to all shards and answers back,
   * and shuffles within an adaptive plan of the queries run when this method is called; a stream
   * calls it in {@code foreachBatch}. Rows keep their partitions and, if the queries have an order,
   * their order.
   *
   * @param queries with the column of features and, if asked for, of denied ids
   * @return the queries and the column of answers
   * @throws InputException if a column is missing or of the wrong type, the queries are a stream
   *     and the items are sharded, or the items have biases and the metric is not {@code dot}.
   *     Actions on the result fail with an {@code InputException} as their cause if a vector is
   *     null, sparse, not finite or of another length than the items', naming the first simple
   *     column of the query; or if the items are sharded, an executor is lost, and the queries that
   *     are computed again are not the same rows
   */
  @Override
  public Dataset<Row> transform(Dataset<?> queries) {
    return answer(queries, NO_RADIUS);
  }

  private Dataset<Row> answer(Dataset<?> queries, double radius) {
    StructType schema = queries.schema();
    StructType output = transformSchema(schema);
    ItemStore items = store();
    Metric metric = Metric.valueOf(getMetric().toUpperCase(Locale.ROOT));
    if (items.biased && metric != Metric.DOT) {
      throw new InputException(
          "the items have biases, which go with metric dot only, but the metric is " + getMetric());
    }
    boolean bounded = !Double.isNaN(radius);
    int wanted = bounded ? Integer.MAX_VALUE : getK();
    int blockSize = bounded ? Math.min(BOUNDED_BLOCK, getBlockSize()) : getBlockSize();
    SearchSpec spec = new SearchSpec(metric, getStrategy(), wanted, (float) radius, blockSize);
    FeatureColumn features = FeatureColumn.in(schema, getFeaturesCol(), getDensify());
    String denied = ExactTopKSettings.optional(this, denyCol());
    QueryColumns columns = new QueryColumns(schema, features, denied, items.idType, items.size.d());
    if (items.replicated()) {
      return queries
          .toDF()
          .mapPartitions(new ReplicatedSearch(items, spec, columns), Encoders.row(output));
    }
    return new ShardedSearch(items, spec).search(queries, columns, output);
  }

  /**
   * The best items of each query, a row for each pair.
   *
   * @param queries as for {@link #transform}
   * @param scoreCol name of the column of scores, the canonical ones: for {@code euclidean} the
   *     squared distance
   * @return {@code query} (a struct of the query's columns), {@code rank} (from 0), {@code id}, and
   *     the scores
   * @throws InputException as {@link #transform} does
   */
  public Dataset<Row> exactNearestNeighborsJoin(Dataset<?> queries, String scoreCol) {
    return pairs(queries, transform(queries), scoreCol);
  }

  /**
   * All pairs of a query and an item whose score is within a radius, the best items of a query
   * first.
   *
   * @param queries as for {@link #transform}
   * @param radius the worst score, inclusive, rounded to float: at most this squared distance, or
   *     at least this dot product or cosine
   * @param scoreCol name of the column of scores
   * @return as {@link #exactNearestNeighborsJoin}
   * @throws InputException as {@link #transform} does
   * @throws IllegalArgumentException if the radius is NaN
   */
  public Dataset<Row> exactSimilarityJoin(Dataset<?> queries, double radius, String scoreCol) {
    if (Double.isNaN(radius)) {
      throw new IllegalArgumentException("radius is NaN");
    }
    return pairs(queries, answer(queries, radius), scoreCol);
  }

  private Dataset<Row> pairs(Dataset<?> queries, Dataset<Row> answered, String scoreCol) {
    Column[] whole =
        Arrays.stream(queries.schema().fieldNames()).map(Columns::named).toArray(Column[]::new);
    Column answers = Columns.named(getOutputCol());
    return answered
        .select(functions.struct(whole).as("query"), functions.posexplode(answers))
        .select(
            functions.col("query"),
            functions.col("pos").as("rank"),
            functions.col("col.id").as("id"),
            functions.col("col.score").as(scoreCol));
  }

  /**
   * A model over those of its items whose ids are in a frame, such as those in stock. The shards
   * stay where they are; the new model has indexes of its own, and is released on its own.
   *
   * @param ids with the column of ids, of the same type; repeated and unknown ids are ignored
   * @return the model, with the same parameters
   * @throws InputException if the column is missing or of another type
   */
  public ExactTopKModel restrictedTo(Dataset<?> ids) {
    ExactTopKModel model = new ExactTopKModel(uid, store().restrictedTo(ids, getIdCol()));
    copyValues(model, new ParamMap());
    return model.placed();
  }

  /**
   * Checks the schema of queries, and appends the column of answers.
   *
   * @param schema of queries
   * @return the schema with the column of answers
   * @throws InputException if a column is missing or of the wrong type
   */
  @Override
  public StructType transformSchema(StructType schema) {
    FeatureColumn.in(schema, getFeaturesCol(), getDensify());
    return Columns.appended(schema, getOutputCol(), Columns.answers(store().idType));
  }

  /**
   * Releases the items and indexes of this model and its copies, in the driver and all executors.
   * The model answers no more, nor do frames that it returned.
   */
  public void unpersist() {
    store().release(true);
  }

  @Override
  public ExactTopKModel copy(ParamMap extra) {
    ExactTopKModel copy = Objects.requireNonNull(copyValues(new ExactTopKModel(uid, store), extra));
    return hasParent() ? copy.setParent(parent()) : copy;
  }

  /**
   * Saves the parameters and the items, in the order of their ids within each shard, as Parquet.
   * Indexes are built again by who loads them.
   *
   * @return a writer
   */
  @Override
  public MLWriter write() {
    return new ModelFiles.Writer(this);
  }

  /**
   * Reads models that were saved.
   *
   * @return a reader
   */
  public static MLReader<ExactTopKModel> read() {
    return new ModelFiles.Reader();
  }

  /**
   * Reads a model that was saved.
   *
   * @param path its folder
   * @return the model
   */
  public static ExactTopKModel load(String path) {
    return read().load(path);
  }
}
