package dev.slate.spark;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.Index;
import dev.slate.kernel.Metric;
import dev.slate.kernel.Searcher;
import dev.slate.kernel.Slate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.recommendation.ALSModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;
import scala.collection.Seq;

/**
 * Measures what {@code README.md} states: this library, spark.ml's ALS and the kernel alone, on the
 * same vectors in the same run. Usage: {@code Comparison als|growth|large|low}. The master comes
 * from {@code -Dspark.master}: {@code local[N]}, and executors that are processes for {@code
 * large}.
 *
 * <p>Searches of {@code als}, {@code growth} and {@code low} are repeated, and the fastest one
 * counts; {@code large} searches once. Answers are checked against the kernel's before the search
 * is timed by {@code als}, after it by {@code large}, and against the cross join's by {@code low}.
 * Rates are million items x queries a second and core.
 */
public final class Comparison {
  private static final int K = 10;

  private final SparkSession spark;
  private final int cores;
  private final Traffic traffic;

  private Comparison(SparkSession spark) {
    this.spark = spark;
    this.cores = spark.sparkContext().defaultParallelism();
    this.traffic = new Traffic(spark.sparkContext());
  }

  /**
   * Runs one comparison.
   *
   * @param args which, and the number of items
   */
  public static void main(String[] args) {
    SparkSession spark =
        SparkSession.builder()
            .appName("comparison")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate();
    spark.sparkContext().setLogLevel("ERROR");
    Comparison comparison = new Comparison(spark);
    switch (args[0]) {
      case "als" -> comparison.als(100_000, 20_000, 64);
      case "growth" -> comparison.growth(100_000, 10_000, 64);
      case "large" -> comparison.large(Integer.parseInt(args[1]), 10_000, 64);
      case "low" -> comparison.low(Integer.parseInt(args[1]), 10_000, 5);
      default -> throw new IllegalArgumentException(args[0]);
    }
    spark.stop();
  }

  /** What the jobs since the last call moved. */
  private String moved() {
    Traffic.Bytes bytes = traffic.take();
    return String.format(
        Locale.ROOT,
        "shuffled %,d bytes, to the driver %,d bytes from %,d tasks",
        bytes.shuffled(),
        bytes.results(),
        bytes.tasks());
  }

  /** The bytes that README.md says a sharded search shuffles. */
  private static long predicted(int m, int shards, int d) {
    int row = 8 + 2 * 8 + 8 + 8 * Math.ceilDiv(d, 64) + Float.BYTES * d;
    return Traffic.predicted(m, shards, d, K, row);
  }

  /** Normal vectors that executors make, each from its number. */
  private Dataset<Row> vectors(String name, int n, int d, int partitions) {
    int seed = name.hashCode();
    spark
        .udf()
        .register(
            name,
            functions.udf(
                (UDF1<Integer, float[]>) id -> vector(seed, id, d),
                DataTypes.createArrayType(DataTypes.FloatType, false)));
    return spark
        .range(0, n, 1, partitions)
        .selectExpr("cast(id as int) as id", name + "(cast(id as int)) as features");
  }

  private static float[] vector(int seed, int id, int d) {
    SplittableRandom random = new SplittableRandom((long) seed << 32 ^ id);
    float[] features = new float[d];
    for (int j = 0; j < d; j++) {
      features[j] = (float) random.nextGaussian();
    }
    return features;
  }

  private interface Work {
    void run();
  }

  private double best(int times, Work work) {
    double best = Double.MAX_VALUE;
    for (int i = 0; i < times; i++) {
      long start = System.nanoTime();
      work.run();
      best = Math.min(best, (System.nanoTime() - start) * 1e-9);
    }
    return best;
  }

  private double rate(double seconds, long items, long queries, int usedCores) {
    return 1e-6 * items * queries / seconds / usedCores;
  }

  private void say(String what, double seconds, double rate, double kernel) {
    System.out.printf(
        Locale.ROOT,
        "%-40s %8.3f s %8.1f m items x queries/s/core %6.2f of the kernel%n",
        what,
        seconds,
        rate,
        rate / kernel);
  }

  private static float[] matrix(List<Row> rows, int d) {
    float[] all = new float[rows.size() * d];
    for (int i = 0; i < rows.size(); i++) {
      Seq<?> features = rows.get(i).getAs("features");
      for (int j = 0; j < d; j++) {
        all[i * d + j] = (Float) features.apply(j);
      }
    }
    return all;
  }

  private static Slate[] slates(int m) {
    Slate[] slates = new Slate[m];
    Arrays.setAll(slates, i -> new Slate(K));
    return slates;
  }

  /** Each thread searches its part of the queries in blocks, as tasks do. */
  private void searchAlone(Index index, float[] queries, int d, Slate[] out) {
    List<Thread> threads = new ArrayList<>();
    int block = 1024;
    for (int t = 0; t < cores; t++) {
      int from = (int) ((long) out.length * t / cores);
      int to = (int) ((long) out.length * (t + 1) / cores);
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    Searcher searcher = index.searcher();
                    for (int i = from; i < to; i += block) {
                      int end = Math.min(to, i + block);
                      searcher.searchAll(
                          Arrays.copyOfRange(queries, i * d, end * d),
                          Arrays.copyOfRange(out, i, end));
                    }
                  }));
    }
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static List<Row> byId(Dataset<Row> answered) {
    List<Row> rows = new ArrayList<>(answered.collectAsList());
    rows.sort(Comparator.comparingInt(row -> row.getInt(0)));
    return rows;
  }

  private static void check(List<Row> rows, Slate[] expected) {
    for (int i = 0; i < expected.length; i++) {
      List<Vectors.Found> found = Vectors.answers(rows.get(i), "recommendations");
      for (int j = 0; j < K; j++) {
        Vectors.Found want =
            new Vectors.Found(
                expected[i].ordinal(j), Float.floatToRawIntBits(expected[i].score(j)));
        if (!found.get(j).equals(want)) {
          throw new AssertionError("query " + i + ": " + found.get(j) + ", not " + want);
        }
      }
    }
  }

  private static void drain(Dataset<Row> answered) {
    answered.write().format("noop").mode("overwrite").save();
  }

  private static void copy(Dataset<Row> queries) {
    MapPartitionsFunction<Row, Row> same = rows -> rows;
    drain(queries.mapPartitions(same, Encoders.row(queries.schema())));
  }

  private static ExactTopK estimator(String placement, int shards) {
    return new ExactTopK()
        .setMetric("dot")
        .setPlacement(placement)
        .setNumShards(shards)
        .setK(K)
        .setStrategy(System.getProperty("strategy", "auto"));
  }

  private Index index(float[] items, int d, Metric metric) {
    SearchSpec spec =
        new SearchSpec(metric, System.getProperty("strategy", "auto"), K, Float.NaN, 1024);
    Index index = spec.index(Catalog.of(items, d));
    System.out.println("plan " + index.plan());
    return index;
  }

  private void als(int n, int m, int d) {
    Dataset<Row> items = vectors("item", n, d, 4).persist(StorageLevel.MEMORY_ONLY());
    Dataset<Row> queries = vectors("query", m, d, 2 * cores).persist(StorageLevel.MEMORY_ONLY());
    float[] itemRows = matrix(byId(items), d);
    float[] queryRows = matrix(byId(queries), d);
    Index index = index(itemRows, d, Metric.DOT);
    Slate[] expected = slates(m);
    double alone = best(8, () -> searchAlone(index, queryRows, d, expected));
    double kernel = rate(alone, n, m, cores);
    say("kernel alone", alone, kernel, kernel);
    // What a job costs that searches nothing.
    System.out.printf(
        Locale.ROOT,
        "%-40s %8.3f s%n",
        "Spark alone, a job that copies",
        best(8, () -> copy(queries)));
    double[] rates = new double[2];
    List<String> placements = List.of("replicated", "sharded");
    for (int p = 0; p < rates.length; p++) {
      String placement = placements.get(p);
      ExactTopKModel model = estimator(placement, 2).fit(items);
      check(byId(model.transform(queries)), expected);
      traffic.take();
      double seconds = best(8, () -> drain(model.transform(queries)));
      rates[p] = rate(seconds, n, m, cores);
      say(placement, seconds, rates[p], kernel);
      traffic.take();
      drain(model.transform(queries));
      System.out.println("  " + moved());
      model.unpersist();
    }
    System.out.printf(Locale.ROOT, "  predicted for sharded: %,d bytes%n", predicted(m, 2, d));
    ALSModel als = alsModel(items, queries, d);
    double seconds = best(2, () -> drain(als.recommendForAllUsers(K)));
    double theirs = rate(seconds, n, m, cores);
    say("ALS", seconds, theirs, kernel);
    for (int p = 0; p < rates.length; p++) {
      System.out.printf(
          Locale.ROOT,
          "%s: %.1f x ALS, %.2f of the kernel alone%n",
          placements.get(p),
          rates[p] / theirs,
          rates[p] / kernel);
    }
  }

  /** spark.ml makes such models by training only; its factors are these vectors. */
  private static ALSModel alsModel(Dataset<Row> items, Dataset<Row> queries, int d) {
    return new ALSModel("als", d, queries.select("id", "features"), items.select("id", "features"))
        .setUserCol("user")
        .setItemCol("item")
        .setBlockSize(4096);
  }

  private void growth(int n, int m, int d) {
    Dataset<Row> items = vectors("item", n, d, 4).persist(StorageLevel.MEMORY_ONLY());
    Dataset<Row> queries = vectors("query", m, d, 2 * cores).persist(StorageLevel.MEMORY_ONLY());
    items.count();
    queries.count();
    for (int shards : new int[] {1, 2, 4, 8, 16}) {
      double fit = System.nanoTime();
      ExactTopKModel model = estimator("sharded", shards).fit(items);
      fit = (System.nanoTime() - fit) * 1e-9;
      double first = best(1, () -> drain(model.transform(queries)));
      double seconds = best(4, () -> drain(model.transform(queries)));
      traffic.take();
      drain(model.transform(queries));
      System.out.printf(
          Locale.ROOT,
          "%2d shards: fit %6.3f s, first search %6.3f s, then %6.3f s (%7.1f m items x"
              + " queries/s/core), %s, predicted %,d%n",
          shards,
          fit,
          first,
          seconds,
          rate(seconds, n, m, cores),
          moved(),
          predicted(m, shards, d));
      model.unpersist();
    }
  }

  private void large(int n, int m, int d) {
    Dataset<Row> items = vectors("item", n, d, 40);
    Dataset<Row> queries = vectors("query", m, d, 4).persist(StorageLevel.MEMORY_AND_DISK());
    queries.count();
    long start = System.nanoTime();
    ExactTopKModel model = estimator("sharded", 2).fit(items);
    System.out.printf(Locale.ROOT, "fit %.1f s: %s%n", (System.nanoTime() - start) * 1e-9, moved());
    double first = best(1, () -> drain(model.transform(queries.limit(10))));
    System.out.printf(Locale.ROOT, "indexes built %.1f s: %s%n", first, moved());
    double seconds = best(1, () -> drain(model.transform(queries)));
    System.out.printf(Locale.ROOT, "%,d queries %.1f s: %s%n", m, seconds, moved());
    int few = 100;
    List<Row> answers = byId(model.transform(queries.filter("id < " + few)));
    System.out.println(answers.size() + " answers collected: " + moved());
    model.unpersist();
    // The kernel alone, in this process, over a part of the items after the other.
    float[] queryRows = matrix(byId(queries), d);
    Slate[] out = slates(m);
    List<List<Vectors.Found>> found = new ArrayList<>();
    double alone = 0;
    int part = n / 10;
    for (int from = 0; from < n; from += part) {
      Index index = index(part("item", from, Math.min(part, n - from), d), d, Metric.DOT);
      alone += best(1, () -> searchAlone(index, queryRows, d, out));
      for (int i = 0; i < few; i++) {
        if (from == 0) {
          found.add(new ArrayList<>());
        }
        for (int j = 0; j < K; j++) {
          int bits = Float.floatToRawIntBits(out[i].score(j));
          found.get(i).add(new Vectors.Found(from + out[i].ordinal(j), bits));
        }
      }
    }
    for (int i = 0; i < few; i++) {
      // Of equal scores the smaller id comes first already.
      found
          .get(i)
          .sort(Comparator.comparingDouble(each -> -(double) Float.intBitsToFloat(each.bits())));
      if (!found.get(i).subList(0, K).equals(Vectors.answers(answers.get(i), "recommendations"))) {
        throw new AssertionError("query " + i);
      }
    }
    System.out.println(few + " answers equal those of the kernel alone");
    double kernel = rate(alone, n, m, cores);
    say("kernel alone", alone, kernel, kernel);
    say("sharded", seconds, rate(seconds, n, m, cores), kernel);
  }

  private static float[] part(String name, int from, int count, int d) {
    float[] rows = new float[count * d];
    IntStream.range(0, count)
        .parallel()
        .forEach(i -> System.arraycopy(vector(name.hashCode(), from + i, d), 0, rows, i * d, d));
    return rows;
  }

  /** The canonical score. */
  private static float distance(Seq<Float> x, Seq<Float> q) {
    float sum = 0;
    for (int j = 0; j < x.size(); j++) {
      float t = x.apply(j) - q.apply(j);
      sum = Math.fma(t, t, sum);
    }
    return sum;
  }

  /** Low d: the tree against a cross join with a sort, which answers a sample of the queries. */
  private void low(int n, int m, int d) {
    Dataset<Row> items = vectors("item", n, d, 20).persist(StorageLevel.MEMORY_AND_DISK());
    Dataset<Row> queries =
        vectors("query", m, d, 2 * cores).persist(StorageLevel.MEMORY_AND_DISK());
    items.count();
    queries.count();
    ExactTopKModel model =
        new ExactTopK().setPlacement("sharded").setNumShards(2).setK(K).fit(items);
    drain(model.transform(queries));
    double seconds = best(3, () -> drain(model.transform(queries)));
    int few = 4;
    Dataset<Row> sample = queries.filter("id < " + few);
    List<Row> answered = byId(model.transform(sample));
    spark
        .udf()
        .register(
            "distance",
            functions.udf(
                (UDF2<Seq<Float>, Seq<Float>, Float>) Comparison::distance, DataTypes.FloatType));
    long start = System.nanoTime();
    List<Row> joined =
        items
            .crossJoin(functions.broadcast(sample.selectExpr("id as user", "features as q")))
            .selectExpr("user", "id", "distance(features, q) as score")
            .selectExpr("*", "row_number() over (partition by user order by score, id) as place")
            .filter("place <= " + K)
            .orderBy("user", "place")
            .collectAsList();
    double join = (System.nanoTime() - start) * 1e-9;
    for (int i = 0; i < joined.size(); i++) {
      Row row = joined.get(i);
      Vectors.Found found = Vectors.answers(answered.get(i / K), "recommendations").get(i % K);
      Vectors.Found want = new Vectors.Found(row.get(1), Float.floatToRawIntBits(row.getFloat(2)));
      if (!found.equals(want)) {
        throw new AssertionError(row + ", not " + found);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "sharded %.3f s for %d queries; cross join %.3f s for %d, with the same %d answers: %.0f"
            + " times the time for a query%n",
        seconds,
        m,
        join,
        few,
        joined.size(),
        join / few / (seconds / m));
    model.unpersist();
  }
}
