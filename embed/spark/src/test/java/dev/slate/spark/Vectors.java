package dev.slate.spark;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.CatalogBuilder;
import dev.slate.kernel.Index;
import dev.slate.kernel.Metric;
import dev.slate.kernel.Query;
import dev.slate.kernel.Slate;
import dev.slate.kernel.Strategy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;
import scala.collection.immutable.ArraySeq;

/** Items and queries for tests, and what one index over the sorted items answers. */
final class Vectors {
  /**
   * An item.
   *
   * @param id an Integer, a Long or a String
   */
  @SuppressWarnings("ArrayRecordComponent") // Items are never compared.
  record Item(Object id, float[] features, float bias) {}

  /**
   * An item of an answer.
   *
   * @param bits of the score
   */
  record Found(Object id, int bits) {}

  /** Orders rows by their users; equal users keep their order. */
  static final Comparator<Row> USERS =
      Comparator.comparingInt(row -> row.getInt(row.fieldIndex("user")));

  private Vectors() {}

  /** Features on a coarse grid: most scores are there several times. */
  static float[] tied(Random random, int d) {
    float[] features = new float[d];
    for (int j = 0; j < d; j++) {
      features[j] = random.nextInt(-1, 2);
    }
    return features;
  }

  static float[] gaussian(Random random, int d) {
    float[] features = new float[d];
    for (int j = 0; j < d; j++) {
      features[j] = (float) random.nextGaussian();
    }
    return features;
  }

  static Object id(DataType type, int i) {
    if (type.equals(DataTypes.IntegerType)) {
      return i * 7 - 500;
    }
    if (type.equals(DataTypes.LongType)) {
      return (i * 7L - 500) << 33;
    }
    // Beyond the basic plane the order of UTF-8 is not that of Java's strings.
    String[] heads = {"a", "é", "\uff5e", "\ud83d\ude00", ""};
    return heads[i % heads.length] + i;
  }

  static List<Item> items(int n, int d, DataType idType, boolean tied, long seed) {
    Random random = new Random(seed);
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      float[] features = tied ? tied(random, d) : gaussian(random, d);
      items.add(new Item(id(idType, i), features, random.nextInt(-2, 3)));
    }
    Collections.shuffle(items, random);
    return items;
  }

  static Dataset<Row> frame(SparkSession spark, List<Item> items, DataType idType, int partitions) {
    StructType schema =
        new StructType()
            .add("id", idType)
            .add("features", DataTypes.createArrayType(DataTypes.FloatType))
            .add("bias", DataTypes.FloatType);
    List<Row> rows =
        items.stream()
            .map(each -> RowFactory.create(each.id, seq(each.features), each.bias))
            .toList();
    return frame(spark, rows, schema, partitions);
  }

  /** Queries that deny some ids. */
  static Dataset<Row> queries(
      SparkSession spark,
      float[][] queries,
      List<List<Object>> denied,
      DataType idType,
      int parts) {
    StructType schema =
        new StructType()
            .add("user", DataTypes.IntegerType)
            .add("features", DataTypes.createArrayType(DataTypes.FloatType))
            .add("seen", DataTypes.createArrayType(idType));
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < queries.length; i++) {
      Object seen = denied == null ? null : ArraySeq.unsafeWrapArray(denied.get(i).toArray());
      rows.add(RowFactory.create(i, seq(queries[i]), seen));
    }
    return frame(spark, rows, schema, parts);
  }

  @SuppressWarnings("resource")
  static Dataset<Row> frame(SparkSession spark, List<Row> rows, StructType schema, int partitions) {
    var context = org.apache.spark.api.java.JavaSparkContext.fromSparkContext(spark.sparkContext());
    return spark.createDataFrame(context.parallelize(rows, partitions), schema);
  }

  static Object seq(float[] features) {
    return ArraySeq.unsafeWrapArray(features);
  }

  /** What one index answers over the items in the order of their ids. */
  static final class Oracle {
    private final List<Item> sorted;
    private final Index index;

    Oracle(List<Item> items, int d, Metric metric, boolean biased) {
      sorted = new ArrayList<>(items);
      sorted.sort(Comparator.comparing(Item::id, Oracle::compare));
      CatalogBuilder builder = Catalog.builder(d);
      for (Item item : sorted) {
        builder.add(item.features);
        if (biased) {
          builder.bias(item.bias);
        }
      }
      index = Index.builder(builder.build()).metric(metric).strategy(Strategy.SCAN).build();
    }

    private static int compare(Object a, Object b) {
      return a instanceof String text
          ? Arrays.compareUnsigned(
              text.getBytes(StandardCharsets.UTF_8), ((String) b).getBytes(StandardCharsets.UTF_8))
          : Long.compare(((Number) a).longValue(), ((Number) b).longValue());
    }

    List<Found> search(float[] query, int k, Set<Object> denied) {
      return search(Query.of(query), k, denied);
    }

    List<Found> within(float[] query, float radius) {
      return search(Query.of(query).radius(radius), Integer.MAX_VALUE, Set.of());
    }

    private List<Found> search(Query query, int k, Set<Object> denied) {
      Slate slate = Slate.unbounded();
      index.searcher().search(query, slate);
      List<Found> found = new ArrayList<>();
      for (int i = 0; i < slate.size() && found.size() < k; i++) {
        Object id = sorted.get(slate.ordinal(i)).id;
        if (!denied.contains(id)) {
          found.add(new Found(id, Float.floatToRawIntBits(slate.score(i))));
        }
      }
      return found;
    }
  }

  /** The rows of a frame in the order of their users, sorted here rather than by a job. */
  static List<Row> byUser(Dataset<Row> frame) {
    return frame.collectAsList().stream().sorted(USERS).toList();
  }

  /** The answers of a row. */
  static List<Found> answers(Row row, String column) {
    Seq<Row> items = row.getAs(column);
    List<Found> found = new ArrayList<>();
    for (Row item : scala.jdk.javaapi.CollectionConverters.asJava(items)) {
      found.add(new Found(item.get(0), Float.floatToRawIntBits(item.getFloat(1))));
    }
    return found;
  }
}
