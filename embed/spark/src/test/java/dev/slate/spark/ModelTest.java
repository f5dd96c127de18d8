package dev.slate.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.Metric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a model does beside plain answers. */
@ExtendWith(LocalSpark.class)
final class ModelTest {
  private static final int D = 3;
  private static final DataType ID = DataTypes.LongType;

  private final List<Vectors.Item> items = Vectors.items(80, D, ID, true, 21);
  private final float[][] queries = random().limit(12).toArray(float[][]::new);
  private SparkSession spark;
  private Dataset<Row> frame;
  private Dataset<Row> asked;

  private static Stream<float[]> random() {
    Random random = new Random(22);
    return Stream.generate(() -> Vectors.tied(random, D));
  }

  @BeforeEach
  void frames() {
    spark = LocalSpark.session();
    frame = Vectors.frame(spark, items, ID, 2);
    asked = Vectors.queries(spark, queries, null, ID, 2);
  }

  private static ExactTopK estimator(String placement) {
    return new ExactTopK().setPlacement(placement).setNumShards(2).setK(5);
  }

  private void assertSame(Dataset<Row> answered, int k) {
    Vectors.Oracle oracle = new Vectors.Oracle(items, D, Metric.EUCLIDEAN, false);
    List<Row> rows = answered.orderBy("user").collectAsList();
    assertEquals(queries.length, rows.size());
    for (int i = 0; i < queries.length; i++) {
      assertEquals(
          oracle.search(queries[i], k, Set.of()), Vectors.answers(rows.get(i), "recommendations"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"replicated", "sharded"})
  void nearestNeighboursAndPairsWithinARadius(String placement) {
    ExactTopKModel model = estimator(placement).fit(frame);
    Vectors.Oracle oracle = new Vectors.Oracle(items, D, Metric.EUCLIDEAN, false);
    List<List<Object>> nearest = new ArrayList<>();
    List<List<Object>> near = new ArrayList<>();
    for (int i = 0; i < queries.length; i++) {
      pairs(i, oracle.search(queries[i], 5, Set.of()), nearest);
      pairs(i, oracle.within(queries[i], 2f), near);
    }
    assertEquals(nearest, pairs(model.exactNearestNeighborsJoin(asked, "dist")));
    assertEquals(near, pairs(model.exactSimilarityJoin(asked, 2, "dist")));
    assertTrue(near.size() > queries.length, "the radius finds something");
    assertEquals(near, pairs(estimator(placement).exactSimilarityJoin(asked, frame, 2, "dist")));
    assertThrows(
        IllegalArgumentException.class, () -> model.exactSimilarityJoin(asked, Double.NaN, "dist"));
    model.unpersist();
  }

  private static void pairs(int user, List<Vectors.Found> found, List<List<Object>> pairs) {
    for (int i = 0; i < found.size(); i++) {
      pairs.add(List.of(user, i, found.get(i).id(), Float.intBitsToFloat(found.get(i).bits())));
    }
  }

  private static List<List<Object>> pairs(Dataset<Row> joined) {
    assertEquals(List.of("query", "rank", "id", "dist"), List.of(joined.columns()));
    return joined
        .selectExpr("query.user", "rank", "id", "dist")
        .orderBy("user", "rank")
        .collectAsList()
        .stream()
        .map(row -> List.of(row.get(0), row.get(1), row.get(2), row.get(3)))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"replicated", "sharded"})
  void restrictsItselfToItemsThatAreNamed(String placement) {
    ExactTopKModel all = estimator(placement).fit(frame);
    Dataset<Row> named =
        frame.filter("bias > 0").select("id").union(frame.filter("bias > 1").select("id"));
    List<Vectors.Item> kept = items.stream().filter(item -> item.bias() > 0).toList();
    ExactTopKModel some = all.restrictedTo(named);
    assertEquals(kept.size(), some.size());
    Vectors.Oracle oracle = new Vectors.Oracle(kept, D, Metric.EUCLIDEAN, false);
    List<Row> rows = some.transform(asked).orderBy("user").collectAsList();
    ExactTopKModel allowed = estimator(placement).setAllow("bias > 0").fit(frame);
    List<Row> again = allowed.transform(asked).orderBy("user").collectAsList();
    for (int i = 0; i < queries.length; i++) {
      assertEquals(
          oracle.search(queries[i], 5, Set.of()), Vectors.answers(rows.get(i), "recommendations"));
      assertEquals(
          oracle.search(queries[i], 5, Set.of()), Vectors.answers(again.get(i), "recommendations"));
    }
    assertThrows(
        InputException.class, () -> all.restrictedTo(frame.selectExpr("cast(id as int) id")));
    some.unpersist();
    assertSame(all.transform(asked), 5);
    all.unpersist();
    allowed.unpersist();
  }

  @Test
  void isSavedAndLoaded(@TempDir Path folder) throws IOException {
    ExactTopKModel model =
        new ExactTopK()
            .setMetric("dot")
            .setBiasCol("bias")
            .setIdCol("id")
            .setK(4)
            .setNumShards(3)
            .setPlacement("sharded")
            .fit(frame);
    String path = folder.resolve("model").toString();
    model.save(path);
    assertThrows(IOException.class, () -> model.save(path));
    model.write().overwrite().save(path);
    List<Row> before = model.transform(asked).orderBy("user").collectAsList();
    model.unpersist();
    ExactTopKModel loaded = ExactTopKModel.load(path);
    assertEquals(model.uid(), loaded.uid());
    assertEquals(4, loaded.getK());
    assertEquals("bias", loaded.getBiasCol());
    assertEquals(3, loaded.shards());
    assertEquals(before, loaded.transform(asked).orderBy("user").collectAsList());
    loaded.unpersist();

    ExactTopK estimator = new ExactTopK().setMetric("cosine").setNumShards(9);
    estimator.save(folder.resolve("estimator").toString());
    ExactTopK read = ExactTopK.load(folder.resolve("estimator").toString());
    assertEquals("cosine", read.getMetric());
    assertEquals(9, read.getNumShards());
  }

  @Test
  void isAStageOfAPipeline(@TempDir Path folder) throws IOException {
    Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {estimator("sharded")});
    PipelineModel model = pipeline.fit(frame);
    assertSame(model.transform(asked), 5);
    String path = folder.resolve("pipeline").toString();
    model.save(path);
    assertSame(PipelineModel.load(path).transform(asked), 5);
    ((ExactTopKModel) model.stages()[0]).unpersist();
  }

  @Test
  void copiesShareItemsAndHaveParametersOfTheirOwn() {
    ExactTopKModel model = estimator("replicated").fit(frame);
    ParamMap extra = new ParamMap();
    extra.put(model.k(), 2);
    ExactTopKModel copy = model.copy(extra);
    assertEquals(2, copy.getK());
    assertEquals(5, model.getK());
    assertSame(copy.transform(asked), 2);
    assertSame(model.transform(asked), 5);
    assertEquals(1, model.store().indexesBuilt.value());
    // Asked in another way, the same items get another index, and the same answers elsewhere.
    copy.setMetric("dot");
    assertEquals(queries.length, copy.transform(asked).count());
    assertSame(model.transform(asked), 5);
    model.unpersist();
    ExactTopK estimator = estimator("sharded");
    assertEquals(7, estimator.copy(new ParamMap().put(estimator.k(), 7)).getK());
    assertTrue(estimator.explainParams().contains("placement"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"replicated", "sharded"})
  void buildsEachIndexOnce(String placement) {
    ExactTopKModel model = estimator(placement).setBlockSize(1).fit(frame);
    for (int i = 0; i < 3; i++) {
      assertSame(model.transform(asked.repartition(4)), 5);
    }
    assertEquals(placement.equals("replicated") ? 1 : 2, model.store().indexesBuilt.value());
    model.unpersist();
    assertThrows(IllegalStateException.class, () -> model.transform(asked));
  }

  @Test
  void leavesNothingBehindWhenReleased() {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    int before = context.getPersistentRDDs().size();
    ExactTopKModel model = estimator("sharded").fit(frame);
    assertSame(model.transform(asked), 5);
    assertEquals(before + 1, context.getPersistentRDDs().size());
    model.unpersist();
    assertEquals(before, context.getPersistentRDDs().size());
  }

  @Test
  void smallItemsAreReplicatedUnlessToldOtherwise() {
    ExactTopKModel model = new ExactTopK().fit(frame);
    assertTrue(model.replicated());
    assertEquals(1, model.shards());
    model.unpersist();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    assertFalse(Cluster.holdsCopy(context, new ItemStore.Size(100_000_000, 64)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"replicated", "sharded"})
  void answersEachBatchOfAStream(String placement, @TempDir Path folder)
      throws TimeoutException, StreamingQueryException {
    ExactTopKModel model = estimator(placement).fit(frame);
    String in = folder.resolve("in").toString();
    String out = folder.resolve("out").toString();
    asked.repartition(3).write().parquet(in);
    StreamingQuery query =
        spark
            .readStream()
            .schema(asked.schema())
            .option("maxFilesPerTrigger", 1)
            .parquet(in)
            .writeStream()
            .option("checkpointLocation", folder.resolve("checkpoint").toString())
            .trigger(Trigger.AvailableNow())
            .foreachBatch(
                (Dataset<Row> batch, Long number) ->
                    model.transform(batch).write().mode("append").parquet(out))
            .start();
    query.awaitTermination();
    assertTrue(query.recentProgress().length > 1, "several batches");
    assertSame(spark.read().parquet(out), 5);
    model.unpersist();
  }

  @Test
  void replicatedItemsAnswerAStreamWithoutBatches(@TempDir Path folder)
      throws TimeoutException, StreamingQueryException {
    ExactTopKModel model = estimator("replicated").fit(frame);
    String in = folder.resolve("in").toString();
    String out = folder.resolve("out").toString();
    asked.write().parquet(in);
    model
        .transform(spark.readStream().schema(asked.schema()).parquet(in))
        .writeStream()
        .option("checkpointLocation", folder.resolve("checkpoint").toString())
        .trigger(Trigger.AvailableNow())
        .format("parquet")
        .start(out)
        .awaitTermination();
    assertSame(spark.read().parquet(out), 5);
    model.unpersist();
  }

  @Test
  void answersAreAColumnLikeAnyOther() {
    ExactTopKModel model = estimator("sharded").setOutputCol("best").fit(frame);
    Dataset<Row> exploded =
        model
            .transform(asked)
            .withColumn("item", functions.explode(functions.col("best")))
            .select("user", "item.id", "item.score");
    assertEquals(5L * queries.length, exploded.count());
    assertEquals(model.transformSchema(asked.schema()), model.transform(asked).schema());
    model.unpersist();
  }
}
