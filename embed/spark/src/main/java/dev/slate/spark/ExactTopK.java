package dev.slate.spark;

import dev.slate.kernel.Metric;
import java.util.Objects;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * Exact top-K of a frame of items, for frames of queries.
 *
 * <pre>{@code
 * ExactTopKModel model = new ExactTopK().setMetric("dot").setK(20).fit(items);
 * Dataset<Row> answers = model.transform(queries);   // queries and recommendations
 * model.unpersist();
 * }</pre>
 *
 * <p>Answers have the bits of one {@link dev.slate.kernel.Index} over all items in the order of
 * their ids: the canonical score as a float, the better score first, of equal scores the smaller id
 * (strings in the order of their UTF-8 bytes, as {@code ORDER BY} has them).
 *
 * <p>Not thread-safe while parameters are set.
 */
public final class ExactTopK extends Estimator<ExactTopKModel>
    implements ExactTopKParams<ExactTopK>, DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  private final String uid;
  private final ExactTopKSettings settings;

  /** Creates an estimator with the default parameters. */
  public ExactTopK() {
    this(Identifiable$.MODULE$.randomUID("exactTopK"));
  }

  /**
   * Creates an estimator with the default parameters.
   *
   * @param uid its unique name
   */
  public ExactTopK(String uid) {
    this.uid = uid;
    this.settings = new ExactTopKSettings(this);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public ExactTopKSettings settings() {
    return settings;
  }

  /**
   * Takes the items in: reads them once, shuffles them by a hash of their ids, sorts each shard,
   * and keeps the shards on the disks of the executors: n x (4 d + 8) bytes in all, and as much for
   * the files of the shuffle, until the model is garbage in the driver. Where they are replicated,
   * the driver collects and broadcasts them. Indexes are built by the first tasks that search.
   *
   * @param items one row an item, with the columns of ids, features and, if asked for, biases
   * @return a model, to be released with {@link ExactTopKModel#unpersist}
   * @throws InputException if a column is missing or of the wrong type; if an id is null, there
   *     twice or not valid UTF-8, a vector is null, empty, sparse, not finite, of another length or
   *     of more than 65,536 features, or a bias is not finite, naming the id; or if there are
   *     biases and the metric is not {@code dot}
   * @throws IllegalStateException if an executor runs Java older than 25
   */
  @Override
  public ExactTopKModel fit(Dataset<?> items) {
    transformSchema(items.schema());
    Cluster.checkJava(items.sparkSession());
    Dataset<?> allowed = isDefined(allow()) ? items.filter(functions.expr(getAllow())) : items;
    ItemStore store =
        ItemStore.of(
            allowed,
            getIdCol(),
            getFeaturesCol(),
            ExactTopKSettings.optional(this, biasCol()),
            getDensify(),
            getNumShards());
    ExactTopKModel model = new ExactTopKModel(uid, store);
    copyValues(model, new ParamMap());
    return model.placed().setParent(this);
  }

  /**
   * All pairs of a query and an item whose score is within a radius. Fits a model to the items that
   * lives as long as the result is reachable in the driver.
   *
   * @param queries with the column of features
   * @param items as for {@link #fit}
   * @param radius the worst score, inclusive: a squared distance, a dot product or a cosine
   * @param scoreCol name of the column of scores
   * @return as {@link ExactTopKModel#exactSimilarityJoin} says
   */
  public Dataset<Row> exactSimilarityJoin(
      Dataset<?> queries, Dataset<?> items, double radius, String scoreCol) {
    return fit(items).exactSimilarityJoin(queries, radius, scoreCol);
  }

  /**
   * Checks the schema of items, and appends the column of answers.
   *
   * @param schema of items
   * @return the schema with the column of answers
   * @throws InputException if a column is missing or of the wrong type
   */
  @Override
  public StructType transformSchema(StructType schema) {
    IdType idType = IdType.of(Columns.field(schema, getIdCol()).dataType(), getIdCol());
    FeatureColumn.in(schema, getFeaturesCol(), getDensify());
    String bias = ExactTopKSettings.optional(this, biasCol());
    if (bias != null) {
      Columns.checkNumeric(schema, bias);
      if (!getMetric().equals(SearchSpec.name(Metric.DOT))) {
        throw new InputException(
            bias + ": biases go with metric dot only, but the metric is " + getMetric());
      }
    }
    return Columns.appended(schema, getOutputCol(), Columns.answers(idType));
  }

  @Override
  public ExactTopK copy(ParamMap extra) {
    return Objects.requireNonNull(defaultCopy(extra));
  }

  /**
   * Reads estimators that were saved.
   *
   * @return a reader
   */
  public static MLReader<ExactTopK> read() {
    return new DefaultParamsReader<>();
  }

  /**
   * Reads an estimator that was saved.
   *
   * @param path its folder
   * @return the estimator
   */
  public static ExactTopK load(String path) {
    return read().load(path);
  }
}
