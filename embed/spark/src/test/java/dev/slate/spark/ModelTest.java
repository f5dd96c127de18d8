package dev.slate.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
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
    assertSame(Vectors.byUser(answered), items, k);
  }

  private void assertSame(List<Row> rows, List<Vectors.Item> among, int k) {
    Vectors.Oracle oracle = new Vectors.Oracle(among, D, Metric.EUCLIDEAN, false);
    assertEquals(queries.length, rows.size());
    for (int i = 0; i < queries.length; i++) {
      assertEquals(
          oracle.search(queries[i], k, Set.of()), Vectors.answers(rows.get(i), "recommendations"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"replicated", "sharded"})
  void nearestNeighboursAndPairsWithinARadius(String placement) {
    Vectors.Oracle oracle = new Vectors.Oracle(items, D, Metric.EUCLIDEAN, false);
    List<List<Object>> nearest = new ArrayList<>();
    List<List<Object>> near = new ArrayList<>();
    for (int i = 0; i < queries.length; i++) {
      pairs(i, oracle.search(queries[i], 5, Set.of()), nearest);
      pairs(i, oracle.within(queries[i], 2f), near);
    }
    assertTrue(near.size() > queries.length, "the radius finds something");
    if (placement.equals("sharded")) {
      ExactTopKModel model = estimator(placement).fit(frame);
      assertEquals(nearest, pairs(model.exactNearestNeighborsJoin(asked, "dist")));
      assertEquals(near, pairs(model.exactSimilarityJoin(asked, 2, "dist")));
      assertThrows(
          IllegalArgumentException.class,
          () -> model.exactSimilarityJoin(asked, Double.NaN, "dist"));
      model.unpersist();
    } else {
      assertEquals(near, pairs(estimator(placement).exactSimilarityJoin(asked, frame, 2, "dist")));
    }
  }

  private static void pairs(int user, List<Vectors.Found> found, List<List<Object>> pairs) {
    for (int i = 0; i < found.size(); i++) {
      pairs.add(List.of(user, i, found.get(i).id(), Float.intBitsToFloat(found.get(i).bits())));
    }
  }

  private static List<List<Object>> pairs(Dataset<Row> joined) {
    assertEquals(List.of("query", "rank", "id", "dist"), List.of(joined.columns()));
    return Vectors.byUser(joined.selectExpr("query.user", "rank", "id", "dist")).stream()
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
    assertSame(Vectors.byUser(some.transform(asked)), kept, 5);
    assertThrows(
        InputException.class, () -> all.restrictedTo(frame.selectExpr("cast(id as int) id")));
    some.unpersist();
    assertSame(all.transform(asked), 5);
    all.unpersist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"replicated", "sharded"})
  void restrictsItselfToTextsAndKeepsTheirBiases(String placement) {
    DataType type = DataTypes.StringType;
    List<Vectors.Item> texts = Vectors.items(70, D, type, true, 24);
    Dataset<Row> catalogue = Vectors.frame(spark, texts, type, 2);
    ExactTopKModel all = estimator(placement).setMetric("dot").setBiasCol("bias").fit(catalogue);
    Dataset<Row> named =
        catalogue
            .filter("bias >= 0")
            .select("id")
            .union(spark.sql("select 'no item' id union all select cast(null as string)"));
    List<Vectors.Item> kept = texts.stream().filter(item -> item.bias() >= 0).toList();
    ExactTopKModel some = all.restrictedTo(named);
    assertEquals(kept.size(), some.size());
    Vectors.Oracle oracle = new Vectors.Oracle(kept, D, Metric.DOT, true);
    List<Row> rows = Vectors.byUser(some.transform(asked));
    assertEquals(queries.length, rows.size());
    for (int i = 0; i < queries.length; i++) {
      assertEquals(
          oracle.search(queries[i], 5, Set.of()), Vectors.answers(rows.get(i), "recommendations"));
    }
    some.unpersist();
    all.unpersist();
  }

  @Test
  void leavesOutItemsThatAreNotAllowed() {
    ExactTopKModel model = estimator("sharded").setAllow("bias > 0").fit(frame);
    List<Vectors.Item> kept = items.stream().filter(item -> item.bias() > 0).toList();
    assertSame(Vectors.byUser(model.transform(asked)), kept, 5);
    model.unpersist();
  }

  @Test
  void isAStageOfAPipelineThatIsSavedAndLoaded(@TempDir Path folder) throws IOException {
    ExactTopK estimator =
        estimator("sharded").setMetric("dot").setBiasCol("bias").setK(4).setNumShards(3);
    PipelineModel model = new Pipeline().setStages(new PipelineStage[] {estimator}).fit(frame);
    List<Row> before = Vectors.byUser(model.transform(asked));
    Vectors.Oracle oracle = new Vectors.Oracle(items, D, Metric.DOT, true);
    for (int i = 0; i < queries.length; i++) {
      assertEquals(
          oracle.search(queries[i], 4, Set.of()),
          Vectors.answers(before.get(i), "recommendations"));
    }
    String path = folder.resolve("pipeline").toString();
    model.save(path);
    ((ExactTopKModel) model.stages()[0]).unpersist();
    PipelineModel loaded = PipelineModel.load(path);
    assertEquals(before, Vectors.byUser(loaded.transform(asked)));
    ExactTopKModel stage = (ExactTopKModel) loaded.stages()[0];
    assertEquals(estimator.uid(), stage.uid());
    assertEquals(4, stage.getK());
    assertEquals("bias", stage.getBiasCol());
    assertEquals(3, stage.shards());
    stage.unpersist();
  }

  @Test
  void replacesWhatWasSavedOnlyWhenTold(@TempDir Path folder) throws IOException {
    String path = Files.createDirectory(folder.resolve("model")).toString();
    ExactTopKModel model = estimator("replicated").fit(frame);
    assertThrows(IOException.class, () -> model.save(path));
    model.write().overwrite().save(path);
    model.unpersist();
    ExactTopKModel loaded = ExactTopKModel.load(path);
    assertTrue(loaded.replicated());
    assertSame(loaded.transform(asked), 5);
    loaded.unpersist();
    ExactTopK estimator = new ExactTopK().setMetric("cosine").setNumShards(9);
    estimator.save(folder.resolve("estimator").toString());
    ExactTopK read = ExactTopK.load(folder.resolve("estimator").toString());
    assertEquals("cosine", read.getMetric());
    assertEquals(9, read.getNumShards());
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
    assertEquals(queries.length, copy.transform(asked).collectAsList().size());
    assertEquals(2, model.store().indexesBuilt.value());
    assertSame(model.transform(asked), 5);
    model.unpersist();
    ExactTopK estimator = estimator("sharded");
    assertEquals(7, estimator.copy(new ParamMap().put(estimator.k(), 7)).getK());
    assertTrue(estimator.explainParams().contains("placement"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"replicated", "sharded"})
  void buildsEachIndexOnceAndLeavesNothingBehind(String placement) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    int before = context.getPersistentRDDs().size();
    ExactTopKModel model = estimator(placement).setBlockSize(1).fit(frame);
    for (int i = 0; i < 2; i++) {
      assertSame(model.transform(asked.repartition(4)), 5);
    }
    IndexLease lease = model.store().lease().value();
    int indexes = placement.equals("replicated") ? 1 : 2;
    assertEquals(indexes, model.store().indexesBuilt.value());
    assertEquals(indexes, lease.size());
    assertEquals(before + 1, context.getPersistentRDDs().size());
    model.unpersist();
    assertEquals(0, lease.size());
    assertEquals(before, context.getPersistentRDDs().size());
    assertThrows(IllegalStateException.class, () -> model.transform(asked));
  }

  @Test
  void smallItemsAreReplicatedUnlessToldOtherwise() {
    ExactTopKModel model = new ExactTopK().fit(frame);
    assertTrue(model.replicated());
    assertEquals(1, model.shards());
    model.unpersist();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    assertFalse(Cluster.holdsCopy(context, new ItemStore.Size(100_000_000, 64, 800_000_000)));
  }

  @Test
  void longIdsAreCountedWhereItemsAreReplicated() {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    long n = 1;
    while (Cluster.holdsCopy(context, new ItemStore.Size(2 * n, 4, 16 * n))) {
      n *= 2;
    }
    // A number takes 8 bytes, and the text of a UUID 60: 28 and 80 an item.
    assertTrue(n > 1000, n + " items");
    assertFalse(Cluster.holdsCopy(context, new ItemStore.Size(n, 4, 60 * n)));
    String uuid = "01234567-89ab-cdef-0123-456789abcdef";
    assertEquals(60 + 20 + 28, IdColumnTest.texts(uuid, "", "12345678").heapBytes());
    assertEquals(24, IdColumnTest.numbers(1, 2, 3).heapBytes());
    ExactTopKModel model =
        estimator("sharded").fit(frame.selectExpr("concat(id, '" + uuid + "') id", "features"));
    long expected =
        items.stream()
            .mapToLong(item -> 20 + Math.ceilDiv((item.id() + uuid).length(), 8) * 8L)
            .sum();
    assertEquals(expected, model.store().size.idBytes());
    model.unpersist();
  }

  @Test
  void aHeapWithoutAUnitIsInMebibytes() {
    SparkConf conf = new SparkConf(false);
    assertEquals(1L << 30, Cluster.executorHeap(conf));
    assertEquals(4L << 30, Cluster.executorHeap(conf.set("spark.executor.memory", "4096")));
    assertEquals(5L << 30, Cluster.executorHeap(conf.set("spark.executor.memory", "5g")));
  }

  @Test
  void leavesNothingBehindWhereItemsCannotBeReplicated(@TempDir Path folder) throws IOException {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<Vectors.Item> large = Vectors.items(500, 100, ID, false, 23);
    Dataset<Row> rows = Vectors.frame(spark, large, ID, 2);
    ExactTopKModel fits = estimator("sharded").fit(rows).setPlacement("replicated");
    String path = folder.resolve("model").toString();
    fits.save(path);
    Set<Integer> before = Set.copyOf(context.getPersistentRDDs().keySet());
    SparkConf conf = spark.sparkContext().conf();
    conf.set("spark.driver.maxResultSize", "100k");
    try {
      assertThrows(Exception.class, () -> estimator("replicated").fit(rows));
      assertTrue(before.containsAll(context.getPersistentRDDs().keySet()));
      assertThrows(Exception.class, () -> ExactTopKModel.load(path));
      assertTrue(before.containsAll(context.getPersistentRDDs().keySet()));
      assertThrows(Exception.class, () -> fits.restrictedTo(rows));
      assertTrue(before.containsAll(context.getPersistentRDDs().keySet()));
    } finally {
      conf.remove("spark.driver.maxResultSize");
    }
    ExactTopKModel some = fits.restrictedTo(rows);
    assertTrue(some.replicated(), "only the limit stood in the way");
    some.unpersist();
    fits.unpersist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"replicated", "sharded"})
  void nothingIsDeniedByNull(String placement) {
    Vectors.Oracle oracle = new Vectors.Oracle(items, D, Metric.EUCLIDEAN, false);
    Object best = oracle.search(queries[1], 1, Set.of()).getFirst().id();
    Dataset<Row> denying =
        asked.withColumn(
            "seen", functions.expr("if(user % 2 = 0, null, array(null, " + best + "L, null))"));
    ExactTopKModel model = estimator(placement).setDenyCol("seen").fit(frame);
    List<Row> rows = Vectors.byUser(model.transform(denying));
    assertEquals(queries.length, rows.size());
    for (int i = 0; i < queries.length; i++) {
      assertEquals(
          oracle.search(queries[i], 5, i % 2 == 0 ? Set.of() : Set.of(best)),
          Vectors.answers(rows.get(i), "recommendations"));
    }
    model.unpersist();
  }

  @Test
  void answersStreams(@TempDir Path folder) throws TimeoutException, StreamingQueryException {
    String in = folder.resolve("in").toString();
    asked.repartition(2).write().parquet(in);
    Dataset<Row> stream =
        spark.readStream().schema(asked.schema()).option("maxFilesPerTrigger", 1).parquet(in);
    ExactTopKModel sharded = estimator("sharded").fit(frame);
    ExactTopKModel replicated = estimator("replicated").fit(frame);
    List<Row> fromShards = Collections.synchronizedList(new ArrayList<>());
    List<Row> fromCopies = Collections.synchronizedList(new ArrayList<>());
    StreamingQuery batches =
        stream
            .writeStream()
            .option("checkpointLocation", folder.resolve("batches").toString())
            .trigger(Trigger.AvailableNow())
            .foreachBatch(
                (Dataset<Row> batch, Long number) -> {
                  fromShards.addAll(sharded.transform(batch).collectAsList());
                  fromCopies.addAll(replicated.transform(batch).collectAsList());
                })
            .start();
    batches.awaitTermination();
    assertTrue(batches.recentProgress().length > 1, "several batches");
    assertSame(byUser(fromShards), items, 5);
    assertSame(byUser(fromCopies), items, 5);
    assertEquals(
        "the queries are a stream, and the items are sharded: call transform in foreachBatch",
        assertThrows(InputException.class, () -> sharded.transform(stream)).getMessage());
    // Where items are replicated, the stream itself is a frame of queries.
    replicated
        .transform(stream)
        .writeStream()
        .option("checkpointLocation", folder.resolve("direct").toString())
        .trigger(Trigger.AvailableNow())
        .format("memory")
        .queryName("direct")
        .start()
        .awaitTermination();
    assertSame(spark.table("direct"), 5);
    spark.catalog().dropTempView("direct");
    sharded.unpersist();
    replicated.unpersist();
  }

  private static List<Row> byUser(List<Row> rows) {
    return rows.stream().sorted(Vectors.USERS).toList();
  }

  @Test
  void answersAreAColumnLikeAnyOther() {
    ExactTopKModel model = estimator("sharded").setOutputCol("best").fit(frame);
    Dataset<Row> answered = model.transform(asked);
    assertEquals(model.transformSchema(asked.schema()), answered.schema());
    Dataset<Row> exploded =
        answered
            .withColumn("item", functions.explode(functions.col("best")))
            .select("user", "item.id", "item.score");
    assertEquals(5L * queries.length, exploded.count());
    model.unpersist();
  }
}
