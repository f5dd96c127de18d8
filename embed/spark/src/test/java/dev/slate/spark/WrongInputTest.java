package dev.slate.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors say what is wrong, and with which item or query. */
@ExtendWith(LocalSpark.class)
final class WrongInputTest {
  private static final String GOOD =
      "select * from values (1L, array(1f, 2f), 0f), (2L, array(3f, 4f), 0f), (5L, array(0f, 0f),"
          + " 1f) as t(id, features, bias)";

  private static Dataset<Row> sql(String text) {
    return LocalSpark.session().sql(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(7L, array(1f, float('nan')))|item 7: features is NaN, column 1",
        "(7L, array(double('infinity'), 1d))|item 7: features is Infinity, column 0",
        "(7L, array(1e300, 1d))|item 7: features is Infinity, column 0",
        "(7L, array(1f, null))|item 7: features is null, column 1",
        "(7L, cast(null as array<float>))|item 7: features is null",
        "(7L, cast(array() as array<float>))|item 7: has no features",
        "('x7', array(1f, float('nan')))|item 'x7': features is NaN, column 1",
        "(cast(null as int), array(1f, 2f))|an item has no id: it is null",
        "(7L, array(1f)), (7L, array(2f))|item 7: this id is there twice",
        "('a', array(1f)), ('a', array(2f))|item 'a': this id is there twice",
        "(cast(X'61ff' as string), array(1f))|item 'a\ufffd': this id is not valid UTF-8",
        "(7L, array_repeat(0f, 65537))|item 7: has 65537 features, but 65,536 are the most",
        "(1.5d, array(1f))|id: ids must be int, long or string, but they are double",
        "(7L, array(1))|features: features must be array<float>, array<double> or vector, but they"
            + " are array<int>: cast the column",
      })
  void itemsThatCannotBeUsed(String rows, String message) {
    Dataset<Row> items = sql("select * from values " + rows + " as t(id, features)");
    assertEquals(
        message,
        assertThrows(InputException.class, () -> new ExactTopK().setNumShards(2).fit(items))
            .getMessage());
  }

  @Test
  void itemsOfDifferentLengths() {
    Dataset<Row> items =
        sql("select * from values (7L, array(1f)), (8L, array(2f, 3f)) as t(id, features)");
    for (Dataset<Row> each : List.of(items.coalesce(1), items.repartition(4))) {
      String message =
          assertThrows(InputException.class, () -> new ExactTopK().setNumShards(3).fit(each))
              .getMessage();
      assertTrue(
          List.of(
                  "item 8: has 2 features, but item 7 has 1",
                  "item 7: has 1 features, but item 8 has 2")
              .contains(message),
          message);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"replicated", "sharded"})
  void queriesThatCannotBeUsed(String placement) {
    ExactTopKModel model = new ExactTopK().setPlacement(placement).fit(sql(GOOD));
    assertProblem(
        model,
        "select 'Ann' as user, array(1f) as features",
        "query with user = Ann: has 1 features, but the items have 2");
    assertProblem(
        model,
        "select array(1f, 2f) as other, array(1f, float('nan')) as features, 3 as n",
        "query with n = 3: features is NaN, column 1");
    assertProblem(
        model, "select cast(null as array<float>) as features", "query: features is null");
    assertEquals(
        "features: no such column; there are user",
        assertThrows(InputException.class, () -> model.transform(sql("select 1 as user")))
            .getMessage());
    assertEquals(
        "recommendations: there is a column of this name already",
        assertThrows(
                InputException.class,
                () ->
                    model.transform(sql("select array(1f, 2f) as features, 1 as Recommendations")))
            .getMessage());
    model.setDenyCol("seen");
    assertEquals(
        "seen: must be array<bigint>, as ids are, but it is array<int>",
        assertThrows(
                InputException.class,
                () -> model.transform(sql("select array(1f, 2f) as features, array(1) as seen")))
            .getMessage());
    model.unpersist();
  }

  private static void assertProblem(ExactTopKModel model, String queries, String message) {
    Dataset<Row> answered = model.transform(sql(queries));
    Throwable failure = assertThrows(Throwable.class, answered::collectAsList);
    assertEquals(message, InputException.of(failure).getMessage());
  }

  @Test
  void sparseVectorsUnlessTheyMayBeUnpacked() {
    Vector sparse = org.apache.spark.ml.linalg.Vectors.sparse(3, new int[] {1}, new double[] {2.5});
    StructType schema = new StructType().add("id", "long").add("features", new VectorUDT());
    Dataset<Row> items =
        Vectors.frame(LocalSpark.session(), List.of(RowFactory.create(9L, sparse)), schema, 1);
    assertEquals(
        "item 9: features is a sparse vector; set densify to unpack it",
        assertThrows(InputException.class, () -> new ExactTopK().fit(items)).getMessage());
    for (String placement : new String[] {"replicated", "sharded"}) {
      ExactTopKModel model =
          new ExactTopK().setDensify(true).setMetric("dot").setPlacement(placement).fit(items);
      Row answered = model.transform(items.drop("id")).first();
      assertEquals(
          List.of(new Vectors.Found(9L, Float.floatToRawIntBits(6.25f))),
          Vectors.answers(answered, "recommendations"));
      model.unpersist();
    }
  }

  @Test
  void biases() {
    ExactTopK estimator = new ExactTopK().setBiasCol("bias");
    assertEquals(
        "bias: biases go with metric dot only, but the metric is euclidean",
        assertThrows(InputException.class, () -> estimator.fit(sql(GOOD))).getMessage());
    estimator.setMetric("dot");
    assertEquals(
        "item 5: bias is NaN",
        assertThrows(
                InputException.class,
                () ->
                    estimator.fit(
                        sql(
                            "select id, features, if(id = 5, float('nan'), 0) bias from ("
                                + GOOD
                                + ")")))
            .getMessage());
    assertEquals(
        "item 2: bias is null",
        assertThrows(
                InputException.class,
                () ->
                    estimator.fit(
                        sql("select id, features, nullif(id, 2) bias from (" + GOOD + ")")))
            .getMessage());
    ExactTopKModel model = estimator.setNumShards(1).fit(sql(GOOD)).setMetric("cosine");
    Dataset<Row> queries = sql("select array(1f, 2f) as features");
    String refused =
        "the items have biases, which go with metric dot only, but the metric is cosine";
    assertEquals(
        refused, assertThrows(InputException.class, () -> model.transform(queries)).getMessage());
    assertEquals(
        refused,
        assertThrows(InputException.class, () -> model.exactSimilarityJoin(queries, 1, "score"))
            .getMessage());
    model.unpersist();
  }

  @Test
  void parametersThatCannotBe() {
    assertThrows(IllegalArgumentException.class, () -> new ExactTopK().setK(0));
    assertThrows(IllegalArgumentException.class, () -> new ExactTopK().setBlockSize(0));
    assertThrows(IllegalArgumentException.class, () -> new ExactTopK().setNumShards(-1));
    assertThrows(IllegalArgumentException.class, () -> new ExactTopK().setMetric("manhattan"));
    assertThrows(IllegalArgumentException.class, () -> new ExactTopK().setStrategy("guess"));
    assertThrows(IllegalArgumentException.class, () -> new ExactTopK().setPlacement("here"));
  }
}
