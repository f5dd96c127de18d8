package dev.slate.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers are those of one index over the items in the order of their ids, to the bit. */
@ExtendWith(LocalSpark.class)
final class SameBitsTest {
  private static final int D = 3;
  private static final int QUERIES = 37;

  private final Random random = new Random(11);

  private float[][] queries(boolean tied) {
    return Stream.generate(() -> tied ? Vectors.tied(random, D) : Vectors.gaussian(random, D))
        .limit(QUERIES)
        .toArray(float[][]::new);
  }

  private static ExactTopK estimator(Metric metric, int shards, int k) {
    return new ExactTopK()
        .setMetric(metric.name().toLowerCase(Locale.ROOT))
        .setPlacement("sharded")
        .setNumShards(shards)
        .setBlockSize(8)
        .setK(k);
  }

  /** Asks a model whose items are sharded; then replicates its items, and asks again. */
  private static void assertSame(
      ExactTopKModel model,
      Dataset<Row> asked,
      Vectors.Oracle oracle,
      float[][] queries,
      List<List<Object>> denied) {
    assertFalse(model.replicated());
    assertSame(model.transform(asked), oracle, queries, denied, model.getK());
    model.setPlacement("replicated").over(model.store());
    assertTrue(model.replicated());
    assertSame(model.transform(asked), oracle, queries, denied, model.getK());
    model.unpersist();
  }

  private static void assertSame(
      Dataset<Row> answered,
      Vectors.Oracle oracle,
      float[][] queries,
      List<List<Object>> denied,
      int k) {
    List<Row> rows = answered.collectAsList();
    assertEquals(queries.length, rows.size());
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      assertEquals(i, row.getInt(0), "the order of queries");
      Set<Object> out = denied.isEmpty() ? Set.of() : new HashSet<>(denied.get(i));
      assertEquals(oracle.search(queries[i], k, out), Vectors.answers(row, "recommendations"));
    }
  }

  private static Dataset<Row> asked(float[][] queries, DataType type, int partitions) {
    return Vectors.queries(LocalSpark.session(), queries, null, type, partitions);
  }

  @ParameterizedTest
  @CsvSource({"true, 1", "true, 2", "true, 16", "false, 3"})
  void everyMetricAndNumberOfShards(boolean tied, int shards) {
    List<Vectors.Item> items = Vectors.items(211, D, DataTypes.LongType, tied, 5);
    float[][] queries = queries(tied);
    Dataset<Row> asked = asked(queries, DataTypes.LongType, 3);
    ExactTopKModel model =
        estimator(Metric.EUCLIDEAN, shards, 20)
            .fit(Vectors.frame(LocalSpark.session(), items, DataTypes.LongType, 3));
    assertEquals(shards, model.shards());
    assertEquals(211, model.size());
    assertEquals(D, model.dimensions());
    for (boolean replicated : new boolean[] {false, true}) {
      if (replicated) {
        model.setPlacement("replicated").over(model.store());
      }
      assertEquals(replicated, model.replicated());
      for (Metric metric : Metric.values()) {
        model.setMetric(metric.name().toLowerCase(Locale.ROOT));
        Vectors.Oracle oracle = new Vectors.Oracle(items, D, metric, false);
        assertSame(model.transform(asked), oracle, queries, List.of(), 20);
      }
    }
    model.unpersist();
  }

  @ParameterizedTest
  @EnumSource(IdType.class)
  void everyTypeOfIdWithBiasesAndDeniedItems(IdType ids) {
    DataType type = ids.dataType();
    List<Vectors.Item> items = Vectors.items(150, D, type, true, 6);
    float[][] queries = queries(true);
    List<List<Object>> denied = new ArrayList<>();
    for (int i = 0; i < queries.length; i++) {
      List<Object> some = new ArrayList<>();
      for (int j = 0; j < i * 4; j++) {
        // Some are no items, some are there twice.
        some.add(Vectors.id(type, random.nextInt(200)));
      }
      denied.add(some);
    }
    ExactTopKModel model =
        estimator(Metric.DOT, 3, 9)
            .setBiasCol("bias")
            .setDenyCol("seen")
            .fit(Vectors.frame(LocalSpark.session(), items, type, 3));
    assertSame(
        model,
        Vectors.queries(LocalSpark.session(), queries, denied, type, 2),
        new Vectors.Oracle(items, D, Metric.DOT, true),
        queries,
        denied);
  }

  @Test
  void moreDeniedItemsThanAreSearchedTogether() {
    DataType type = DataTypes.IntegerType;
    List<Vectors.Item> items = Vectors.items(3 * BlockSearch.FEW, D, type, true, 7);
    float[][] queries = Arrays.copyOf(queries(true), 9);
    List<List<Object>> denied = new ArrayList<>();
    int longest = 0;
    for (int i = 0; i < queries.length; i++) {
      int count = i % 3 == 0 ? 5 * BlockSearch.FEW / 2 : i;
      List<Object> some = new ArrayList<>();
      for (int j = 0; j < count; j++) {
        some.add(Vectors.id(type, j));
      }
      longest = Math.max(longest, some.size());
      denied.add(some);
    }
    assertTrue(longest > BlockSearch.FEW, "some queries are searched on their own");
    ExactTopKModel model =
        estimator(Metric.EUCLIDEAN, 2, 12)
            .setDenyCol("seen")
            .fit(Vectors.frame(LocalSpark.session(), items, type, 3));
    assertSame(
        model,
        Vectors.queries(LocalSpark.session(), queries, denied, type, 2),
        new Vectors.Oracle(items, D, Metric.EUCLIDEAN, false),
        queries,
        denied);
  }

  @Test
  void fewerItemsThanWantedAndEmptyShards() {
    List<Vectors.Item> items = Vectors.items(5, D, DataTypes.IntegerType, true, 8);
    float[][] queries = queries(true);
    assertSame(
        estimator(Metric.EUCLIDEAN, 16, 50)
            .fit(Vectors.frame(LocalSpark.session(), items, DataTypes.IntegerType, 2)),
        asked(queries, DataTypes.IntegerType, 3),
        new Vectors.Oracle(items, D, Metric.EUCLIDEAN, false),
        queries,
        List.of());
  }

  @Test
  void noItems() {
    Dataset<Row> none = Vectors.frame(LocalSpark.session(), List.of(), DataTypes.LongType, 2);
    float[][] queries = queries(true);
    ExactTopKModel empty = estimator(Metric.DOT, 3, 4).fit(none);
    assertEquals(0, empty.size());
    assertSame(
        empty,
        asked(queries, DataTypes.LongType, 3),
        new Vectors.Oracle(List.of(), D, Metric.DOT, false),
        queries,
        List.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"replicated", "sharded"})
  void noQueries(String placement) {
    List<Vectors.Item> items = Vectors.items(9, D, DataTypes.LongType, true, 9);
    ExactTopKModel model =
        estimator(Metric.DOT, 3, 4)
            .setPlacement(placement)
            .fit(Vectors.frame(LocalSpark.session(), items, DataTypes.LongType, 2));
    Dataset<Row> queries = asked(queries(true), DataTypes.LongType, 3);
    assertEquals(List.of(), model.transform(queries.limit(0)).collectAsList());
    assertEquals(List.of(), model.transform(queries.filter("user < 0")).collectAsList());
    model.unpersist();
  }

  @ParameterizedTest
  @EnumSource(FeatureColumn.Kind.class)
  void everyTypeOfFeatures(FeatureColumn.Kind kind) {
    List<Vectors.Item> items = Vectors.items(60, D, DataTypes.LongType, false, 10);
    float[][] queries = queries(false);
    assertSame(
        estimator(Metric.COSINE, 2, 7)
            .fit(as(kind, Vectors.frame(LocalSpark.session(), items, DataTypes.LongType, 2))),
        as(kind, asked(queries, DataTypes.LongType, 2)),
        new Vectors.Oracle(items, D, Metric.COSINE, false),
        queries,
        List.of());
  }

  private static Dataset<Row> as(FeatureColumn.Kind kind, Dataset<Row> frame) {
    var features = functions.col("features");
    return switch (kind) {
      case FLOATS -> frame;
      case DOUBLES -> frame.withColumn("features", features.cast("array<double>"));
      case VECTOR ->
          frame.withColumn(
              "features",
              org.apache.spark.ml.functions.array_to_vector(features.cast("array<double>")));
    };
  }

  @Test
  void everyStrategy() {
    List<Vectors.Item> items = Vectors.items(300, D, DataTypes.LongType, true, 12);
    float[][] queries = queries(true);
    Dataset<Row> asked = asked(queries, DataTypes.LongType, 2);
    Vectors.Oracle oracle = new Vectors.Oracle(items, D, Metric.EUCLIDEAN, false);
    ExactTopKModel model =
        estimator(Metric.EUCLIDEAN, 2, 11)
            .fit(Vectors.frame(LocalSpark.session(), items, DataTypes.LongType, 2));
    for (String strategy : SearchSpec.strategies()) {
      model.setStrategy(strategy);
      assertSame(model.transform(asked), oracle, queries, List.of(), 11);
    }
    model.unpersist();
  }

  /**
   * Rows of few features fill the buffer that Spark makes rows in, from which they must be copied.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void rowsAreNotOverwrittenByTheNext(int d) {
    List<Row> rows = new ArrayList<>();
    List<Vectors.Item> items = Vectors.items(50, d, DataTypes.IntegerType, false, 14);
    for (Vectors.Item item : items) {
      rows.add(RowFactory.create(item.id(), Vectors.seq(item.features())));
    }
    StructType schema =
        new StructType()
            .add("user", DataTypes.IntegerType)
            .add("features", DataTypes.createArrayType(DataTypes.FloatType));
    Dataset<Row> asked = Vectors.frame(LocalSpark.session(), rows, schema, 2);
    ExactTopKModel model =
        estimator(Metric.EUCLIDEAN, 2, 1).setIdCol("user").fit(asked.select("features", "user"));
    for (boolean ordered : new boolean[] {true, false}) {
      for (Row row : model.transform(ordered ? asked : asked.repartition(2)).collectAsList()) {
        // Each item is the nearest to itself.
        assertEquals(
            List.of(new Vectors.Found(row.get(0), 0)), Vectors.answers(row, "recommendations"));
      }
    }
    model.unpersist();
  }

  @Test
  void queriesWithoutAnOrderAndOtherColumns() {
    List<Vectors.Item> items = Vectors.items(100, D, DataTypes.LongType, true, 13);
    float[][] queries = queries(true);
    ExactTopKModel model =
        estimator(Metric.EUCLIDEAN, 3, 6)
            .fit(Vectors.frame(LocalSpark.session(), items, DataTypes.LongType, 2));
    Dataset<Row> asked =
        asked(queries, DataTypes.LongType, 2)
            .repartition(5)
            .selectExpr(
                "user",
                "features",
                "named_struct('text', concat('user ', user), 'none', cast(null as int)) as `a.b`",
                "map('k', current_timestamp()) as m");
    Vectors.Oracle oracle = new Vectors.Oracle(items, D, Metric.EUCLIDEAN, false);
    List<Row> rows = Vectors.byUser(model.transform(asked));
    assertEquals(QUERIES, rows.size());
    for (int i = 0; i < rows.size(); i++) {
      assertEquals(i, rows.get(i).getInt(0));
      assertEquals("user " + i, rows.get(i).getStruct(2).getString(0));
      assertEquals(
          oracle.search(queries[i], 6, Set.of()), Vectors.answers(rows.get(i), "recommendations"));
    }
    model.unpersist();
  }
}
