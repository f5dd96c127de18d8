package dev.slate.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a search moves is as README.md states: it does not depend on the number of items. */
@ExtendWith(LocalSpark.class)
final class TrafficTest {
  private static final int D = 24;
  private static final int K = 10;
  private static final int QUERIES = 600;

  /** A query of {@link Vectors#queries}: three fields, and an array of floats. */
  private static final int ROW_BYTES = 8 + 3 * 8 + 16 + D * Float.BYTES;

  /** What else a task tells the driver: its metrics. */
  private static final int METRICS = 16 << 10;

  @Test
  void movesQueriesAndAnswersOnly() {
    SparkSession spark = LocalSpark.session();
    Random random = new Random(61);
    float[][] queries =
        Stream.generate(() -> Vectors.gaussian(random, D)).limit(QUERIES).toArray(float[][]::new);
    Dataset<Row> asked = Vectors.queries(spark, queries, null, DataTypes.LongType, 2);
    Traffic traffic = new Traffic(spark.sparkContext());
    long[] shuffled = new long[3];
    int[] items = {600, 1_800, 600};
    int[] shards = {2, 2, 4};
    for (int i = 0; i < items.length; i++) {
      ExactTopKModel model =
          new ExactTopK()
              .setPlacement("sharded")
              .setNumShards(shards[i])
              .setK(K)
              .fit(frame(spark, items[i]));
      Traffic.Bytes fit = traffic.take();
      double all = items[i] * (4.0 * D + 8);
      assertEquals(1, (double) fit.shuffled() / all, 0.2, "items are shuffled once: " + fit);
      assertTrue(fit.results() < METRICS * fit.tasks(), "no items in the driver: " + fit);
      model.transform(asked).write().format("noop").mode("overwrite").save();
      Traffic.Bytes search = traffic.take();
      long predicted = Traffic.predicted(QUERIES, shards[i], D, K, ROW_BYTES);
      assertEquals(1, (double) search.shuffled() / predicted, 0.3, search + ", not " + predicted);
      assertTrue(
          search.results() < METRICS * search.tasks(), "no answers in the driver: " + search);
      shuffled[i] = search.shuffled();
      model.unpersist();
    }
    assertEquals(1, (double) shuffled[1] / shuffled[0], 0.05, "three times the items");
    traffic.close();
  }

  @Test
  void replicatedItemsShuffleNoQueries() {
    SparkSession spark = LocalSpark.session();
    ExactTopKModel model = new ExactTopK().setPlacement("replicated").fit(frame(spark, 500));
    Random random = new Random(62);
    float[][] queries =
        Stream.generate(() -> Vectors.gaussian(random, D)).limit(50).toArray(float[][]::new);
    Traffic traffic = new Traffic(spark.sparkContext());
    List<Row> rows =
        model
            .transform(Vectors.queries(spark, queries, null, DataTypes.LongType, 2))
            .collectAsList();
    assertEquals(50, rows.size());
    assertEquals(0, traffic.take().shuffled());
    traffic.close();
    model.unpersist();
  }

  private static Dataset<Row> frame(SparkSession spark, int n) {
    return Vectors.frame(
        spark, Vectors.items(n, D, DataTypes.LongType, false, 60), DataTypes.LongType, 2);
  }
}
