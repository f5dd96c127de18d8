package dev.slate.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.Metric;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
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

  private static ExactTopK estimator(Metric metric, String placement, int shards, int k) {
    return new ExactTopK()
        .setMetric(metric.name().toLowerCase(Locale.ROOT))
        .setPlacement(placement)
        .setNumShards(shards)
        .setBlockSize(8)
        .setK(k);
  }

  private static void assertSame(
      Dataset<Row> answered, Vectors.Oracle oracle, float[][] queries, int k) {
    List<Row> rows = answered.collectAsList();
    assertEquals(queries.length, rows.size());
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      assertEquals(i, row.getInt(0), "the order of queries");
      assertEquals(oracle.search(queries[i], k, Set.of()), Vectors.answers(row, "recommendations"));
    }
  }

  static Stream<Arguments> placements() {
    List<Arguments> all = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      all.add(Arguments.of(metric, true, "replicated", 2));
      all.add(Arguments.of(metric, false, "replicated", 1));
      all.add(Arguments.of(metric, false, "sharded", 3));
      for (int shards : new int[] {1, 2, 16}) {
        all.add(Arguments.of(metric, true, "sharded", shards));
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("placements")
  void everyPlacementAndNumberOfShards(Metric metric, boolean tied, String placement, int shards) {
    List<Vectors.Item> items = Vectors.items(211, D, DataTypes.LongType, tied, 5);
    float[][] queries = queries(tied);
    int k = 20;
    ExactTopKModel model =
        estimator(metric, placement, shards, k)
            .fit(Vectors.frame(LocalSpark.session(), items, DataTypes.LongType, 5));
    assertEquals(placement.equals("replicated"), model.replicated());
    assertEquals(shards, model.shards());
    assertEquals(211, model.size());
    assertSame(
        model.transform(
            Vectors.queries(LocalSpark.session(), queries, null, DataTypes.LongType, 4)),
        new Vectors.Oracle(items, D, metric, false),
        queries,
        k);
    model.unpersist();
  }

  static Stream<Arguments> idTypes() {
    return Stream.of(DataTypes.IntegerType, DataTypes.LongType, DataTypes.StringType)
        .flatMap(
            type ->
                Stream.of("replicated", "sharded").map(placement -> Arguments.of(type, placement)));
  }

  @ParameterizedTest
  @MethodSource("idTypes")
  void everyTypeOfIdWithBiasesAndDeniedItems(DataType type, String placement) {
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
        estimator(Metric.DOT, placement, 3, 9)
            .setBiasCol("bias")
            .setDenyCol("seen")
            .fit(Vectors.frame(LocalSpark.session(), items, type, 3));
    List<Row> rows =
        model
            .transform(Vectors.queries(LocalSpark.session(), queries, denied, type, 2))
            .collectAsList();
    Vectors.Oracle oracle = new Vectors.Oracle(items, D, Metric.DOT, true);
    for (int i = 0; i < rows.size(); i++) {
      assertEquals(
          oracle.search(queries[i], 9, new HashSet<>(denied.get(i))),
          Vectors.answers(rows.get(i), "recommendations"));
    }
    model.unpersist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"replicated", "sharded"})
  void moreDeniedItemsThanAreSearchedTogether(String placement) {
    List<Vectors.Item> items =
        Vectors.items(3 * BlockSearch.FEW, D, DataTypes.IntegerType, true, 7);
    float[][] queries = queries(true);
    List<List<Object>> denied = new ArrayList<>();
    int longest = 0;
    for (int i = 0; i < queries.length; i++) {
      int count = i % 3 == 0 ? 5 * BlockSearch.FEW / 2 : i;
      List<Object> some = new ArrayList<>();
      for (int j = 0; j < count; j++) {
        some.add(Vectors.id(DataTypes.IntegerType, j));
      }
      longest = Math.max(longest, some.size());
      denied.add(some);
    }
    assertTrue(longest > BlockSearch.FEW, "some queries are searched on their own");
    ExactTopKModel model =
        estimator(Metric.EUCLIDEAN, placement, 2, 12)
            .setDenyCol("seen")
            .fit(Vectors.frame(LocalSpark.session(), items, DataTypes.IntegerType, 3));
    List<Row> rows =
        model
            .transform(
                Vectors.queries(LocalSpark.session(), queries, denied, DataTypes.IntegerType, 2))
            .collectAsList();
    Vectors.Oracle oracle = new Vectors.Oracle(items, D, Metric.EUCLIDEAN, false);
    for (int i = 0; i < rows.size(); i++) {
      assertEquals(
          oracle.search(queries[i], 12, new HashSet<>(denied.get(i))),
          Vectors.answers(rows.get(i), "recommendations"));
    }
    model.unpersist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"replicated", "sharded"})
  void fewerItemsThanWantedAndEmptyShards(String placement) {
    List<Vectors.Item> items = Vectors.items(5, D, DataTypes.IntegerType, true, 8);
    float[][] queries = queries(true);
    ExactTopKModel model =
        estimator(Metric.EUCLIDEAN, placement, 16, 50)
            .fit(Vectors.frame(LocalSpark.session(), items, DataTypes.IntegerType, 2));
    assertSame(
        model.transform(
            Vectors.queries(LocalSpark.session(), queries, null, DataTypes.IntegerType, 3)),
        new Vectors.Oracle(items, D, Metric.EUCLIDEAN, false),
        queries,
        50);
    model.unpersist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"replicated", "sharded"})
  void noItemsAndNoQueries(String placement) {
    Dataset<Row> none = Vectors.frame(LocalSpark.session(), List.of(), DataTypes.LongType, 2);
    ExactTopKModel empty = estimator(Metric.DOT, placement, 3, 4).fit(none);
    Dataset<Row> queries =
        Vectors.queries(LocalSpark.session(), queries(true), null, DataTypes.LongType, 3);
    for (Row row : empty.transform(queries).collectAsList()) {
      assertEquals(List.of(), Vectors.answers(row, "recommendations"));
    }
    assertEquals(QUERIES, empty.transform(queries).count());
    empty.unpersist();
    List<Vectors.Item> items = Vectors.items(9, D, DataTypes.LongType, true, 9);
    ExactTopKModel model =
        estimator(Metric.DOT, placement, 3, 4)
            .fit(Vectors.frame(LocalSpark.session(), items, DataTypes.LongType, 2));
    assertEquals(0, model.transform(queries.limit(0)).count());
    assertEquals(0, model.transform(queries.filter("user < 0")).count());
    model.unpersist();
  }

  @ParameterizedTest
  @EnumSource(FeatureColumn.Kind.class)
  void everyTypeOfFeatures(FeatureColumn.Kind kind) {
    List<Vectors.Item> items = Vectors.items(60, D, DataTypes.LongType, false, 10);
    float[][] queries = queries(false);
    for (String placement : List.of("replicated", "sharded")) {
      ExactTopKModel model =
          estimator(Metric.COSINE, placement, 2, 7)
              .fit(as(kind, Vectors.frame(LocalSpark.session(), items, DataTypes.LongType, 2)));
      assertSame(
          model.transform(
              as(
                  kind,
                  Vectors.queries(LocalSpark.session(), queries, null, DataTypes.LongType, 2))),
          new Vectors.Oracle(items, D, Metric.COSINE, false),
          queries,
          7);
      model.unpersist();
    }
  }

  private static Dataset<Row> as(FeatureColumn.Kind kind, Dataset<Row> frame) {
    var features = org.apache.spark.sql.functions.col("features");
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
    Dataset<Row> frame = Vectors.frame(LocalSpark.session(), items, DataTypes.LongType, 2);
    Dataset<Row> asked =
        Vectors.queries(LocalSpark.session(), queries, null, DataTypes.LongType, 2);
    Vectors.Oracle oracle = new Vectors.Oracle(items, D, Metric.EUCLIDEAN, false);
    ExactTopKModel model = estimator(Metric.EUCLIDEAN, "sharded", 2, 11).fit(frame);
    for (String strategy : SearchSpec.strategies()) {
      model.setStrategy(strategy);
      assertSame(model.transform(asked), oracle, queries, 11);
    }
    model.unpersist();
  }

  @Test
  void queriesWithoutAnOrderAndOtherColumns() {
    List<Vectors.Item> items = Vectors.items(100, D, DataTypes.LongType, true, 13);
    float[][] queries = queries(true);
    ExactTopKModel model =
        estimator(Metric.EUCLIDEAN, "sharded", 3, 6)
            .fit(Vectors.frame(LocalSpark.session(), items, DataTypes.LongType, 2));
    Dataset<Row> asked =
        Vectors.queries(LocalSpark.session(), queries, null, DataTypes.LongType, 2)
            .repartition(5)
            .selectExpr(
                "user",
                "features",
                "named_struct('text', concat('user ', user), 'none', cast(null as int)) as `a.b`",
                "map('k', current_timestamp()) as m");
    Vectors.Oracle oracle = new Vectors.Oracle(items, D, Metric.EUCLIDEAN, false);
    List<Row> rows = model.transform(asked).orderBy("user").collectAsList();
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
