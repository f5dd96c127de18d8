package dev.slate.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slate.kernel.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.SparkStatusTracker;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.launcher.JavaModuleOptions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.RDDBlockId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import scala.Option;
import scala.Tuple2;

/** Executors that are processes of their own: {@code local-cluster}, two of one core and 1 GB. */
@Tag("cluster")
@Timeout(600)
final class ClusterTest {
  private static final int D = 4;

  private SparkSession spark;

  /** The class path that executors get. */
  static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private void start(Map<String, String> options) throws InterruptedException {
    SparkSession.Builder builder =
        SparkSession.builder()
            .master("local-cluster[2,1,1024]")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.executor.extraClassPath", classPath())
            .config("spark.executorEnv.JAVA_HOME", System.getProperty("java.home"))
            .config("spark.executor.memory", "900m")
            .config("spark.sql.shuffle.partitions", "4");
    options.forEach(builder::config);
    spark = builder.getOrCreate();
    for (int i = 0; i < 3_000 && spark.sparkContext().getExecutorMemoryStatus().size() < 3; i++) {
      Thread.sleep(100);
    }
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (spark != null) {
      spark.stop();
    }
    for (int i = 0; i < 600 && executors().findAny().isPresent(); i++) {
      Thread.sleep(100);
    }
    assertFalse(executors().findAny().isPresent(), "an executor outlives its application");
  }

  /**
   * The processes below this one that run Java. Their command lines are too long for ProcessHandle
   * to report.
   */
  private static Stream<ProcessHandle> executors() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("/bin/java"));
  }

  @Test
  void sameBits() throws InterruptedException {
    start(
        Map.of(
            "spark.serializer", "org.apache.spark.serializer.KryoSerializer",
            // However busy the machine is, tasks run where their shard lies.
            "spark.locality.wait", "10min"));
    Random random = new Random(41);
    Map<Metric, DataType> types =
        Map.of(
            Metric.EUCLIDEAN, DataTypes.IntegerType,
            Metric.DOT, DataTypes.LongType,
            Metric.COSINE, DataTypes.StringType);
    for (Metric metric : Metric.values()) {
      DataType type = types.get(metric);
      List<Vectors.Item> items = Vectors.items(400, D, type, true, 40);
      float[][] queries =
          Stream.generate(() -> Vectors.tied(random, D)).limit(50).toArray(float[][]::new);
      List<List<Object>> denied = new ArrayList<>();
      for (int i = 0; i < queries.length; i++) {
        denied.add(random.ints(i, 0, 400).mapToObj(j -> Vectors.id(type, j)).toList());
      }
      boolean biased = metric == Metric.DOT;
      Vectors.Oracle oracle = new Vectors.Oracle(items, D, metric, biased);
      for (int shards : new int[] {0, 1, 16}) {
        ExactTopK estimator =
            new ExactTopK()
                .setMetric(metric.name().toLowerCase(Locale.ROOT))
                .setDenyCol("seen")
                .setBlockSize(16)
                .setNumShards(shards)
                .setPlacement(shards == 1 ? "replicated" : "sharded")
                .setK(30);
        if (biased) {
          estimator.setBiasCol("bias");
        }
        ExactTopKModel model = estimator.fit(Vectors.frame(spark, items, type, 4));
        assertEquals(shards == 0 ? 2 : shards, model.shards(), "shards");
        List<Row> rows =
            model.transform(Vectors.queries(spark, queries, denied, type, 4)).collectAsList();
        for (int i = 0; i < queries.length; i++) {
          assertEquals(
              oracle.search(queries[i], 30, new HashSet<>(denied.get(i))),
              Vectors.answers(rows.get(i), "recommendations"));
        }
        long built = model.store().indexesBuilt.value();
        if (model.replicated()) {
          assertTrue(built >= 1 && built <= 2, built + " indexes in two executors");
        } else {
          assertEquals(model.shards(), built, "indexes of " + metric);
        }
        assertTrue(liveIndexes() >= built, "executors hold what they built");
        model.unpersist();
      }
    }
    for (int i = 0; i < 100 && liveIndexes() > 0; i++) {
      Thread.sleep(100);
    }
    assertEquals(0, liveIndexes(), "indexes that outlive their models");
  }

  @Test
  void emptyShardsAndEmptyQueries() throws InterruptedException {
    start(Map.of());
    DataType type = DataTypes.LongType;
    Random random = new Random(45);
    float[][] queries =
        Stream.generate(() -> Vectors.tied(random, D)).limit(7).toArray(float[][]::new);
    Dataset<Row> asked = Vectors.queries(spark, queries, null, type, 3);
    for (int n : new int[] {0, 3}) {
      List<Vectors.Item> items = Vectors.items(n, D, type, true, 46);
      Vectors.Oracle oracle = new Vectors.Oracle(items, D, Metric.DOT, false);
      for (String placement : List.of("sharded", "replicated")) {
        ExactTopKModel model =
            new ExactTopK()
                .setMetric("dot")
                .setPlacement(placement)
                .setNumShards(16)
                .fit(Vectors.frame(spark, items, type, 2));
        List<Row> rows = Vectors.byUser(model.transform(asked));
        assertEquals(queries.length, rows.size());
        for (int i = 0; i < queries.length; i++) {
          assertEquals(
              oracle.search(queries[i], 10, Set.of()),
              Vectors.answers(rows.get(i), "recommendations"));
        }
        assertEquals(List.of(), model.transform(asked.filter("user < 0")).collectAsList());
        assertEquals(List.of(), model.transform(asked.limit(0)).collectAsList());
        model.unpersist();
      }
    }
  }

  @Test
  void refusalsArriveFromExecutors() throws InterruptedException {
    start(Map.of());
    List<Vectors.Item> items = Vectors.items(40, D, DataTypes.StringType, true, 47);
    Dataset<Row> asked =
        Vectors.queries(spark, new float[][] {{0, 0, Float.NaN, 0}}, null, DataTypes.StringType, 1);
    for (String placement : List.of("sharded", "replicated")) {
      ExactTopKModel model =
          new ExactTopK()
              .setPlacement(placement)
              .fit(Vectors.frame(spark, items, DataTypes.StringType, 3));
      Dataset<Row> answered = model.transform(asked);
      Throwable failure = assertThrows(Throwable.class, answered::collectAsList);
      InputException refusal =
          assertInstanceOf(InputException.class, InputException.of(failure), failure::toString);
      assertEquals("query with user = 0: features is NaN, column 2", refusal.getMessage());
      model.unpersist();
    }
    items.add(items.get(5));
    Dataset<Row> twice = Vectors.frame(spark, items, DataTypes.StringType, 3);
    assertEquals(
        "item '" + items.get(5).id() + "': this id is there twice",
        assertThrows(InputException.class, () -> new ExactTopK().fit(twice)).getMessage());
  }

  /** Number of indexes that are reachable in the executors. */
  private long liveIndexes() {
    return JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(List.of(1, 2, 3, 4), 4)
        .mapToPair(
            each -> {
              System.gc();
              return new Tuple2<>(SparkEnv.get().executorId(), IndexLease.live());
            })
        .collectAsMap()
        .values()
        .stream()
        .mapToLong(each -> each)
        .sum();
  }

  /** Items and queries that executors make themselves, so that they are made again after a loss. */
  private Dataset<Row> generated(String name, int n, int d) {
    return spark
        .range(0, n, 1, 4)
        .selectExpr(
            "id as " + name,
            "transform(sequence(1, "
                + d
                + "), j -> cast(hash(id, j, '"
                + name
                + "') % 5 as float))"
                + " as features");
  }

  @Test
  void survivesTheLossOfAnExecutor() throws Exception {
    // Tasks run anywhere, and some run twice.
    start(
        Map.of(
            "spark.locality.wait", "0",
            "spark.speculation", "true",
            "spark.speculation.interval", "20ms",
            "spark.speculation.multiplier", "1.1",
            "spark.speculation.quantile", "0.1"));
    Dataset<Row> items = generated("id", 60_000, 32).repartition(3);
    Dataset<Row> queries = generated("user", 4_000, 32).repartition(5);
    for (String placement : List.of("sharded", "replicated")) {
      ExactTopKModel model =
          new ExactTopK().setPlacement(placement).setStrategy("scan").setBlockSize(4).fit(items);
      List<Row> expected = model.transform(queries).orderBy("user").collectAsList();
      ExactTopKModel again =
          new ExactTopK().setPlacement(placement).setStrategy("scan").setBlockSize(4).fit(items);
      Dataset<Row> answered = again.transform(queries);
      CompletableFuture<List<Row>> job =
          CompletableFuture.supplyAsync(() -> answered.orderBy("user").collectAsList());
      if (placement.equals("sharded")) {
        awaitStage(job, 2, "ShardedSearch");
      } else {
        awaitStage(job, 5, "");
      }
      ProcessHandle victim = executors().findFirst().orElseThrow();
      assertFalse(job.isDone(), "the job ended before an executor was killed");
      victim.destroyForcibly();
      assertEquals(expected, job.get());
      assertFalse(victim.isAlive());
      if (placement.equals("sharded")) {
        RDDBlockId shard = new RDDBlockId(again.store().shards.id(), 0);
        evict(shard);
        long built = again.store().indexesBuilt.value();
        // Another index, which must read the shard again.
        again.setStrategy("tree");
        assertEquals(expected, again.transform(queries).orderBy("user").collectAsList());
        assertTrue(again.store().indexesBuilt.value() > built, "no index was built");
        assertTrue(kept(shard), "the shard was not computed again");
      }
      again.unpersist();
      model.unpersist();
    }
  }

  /** Waits for a running stage with this many tasks, whose name contains a text. */
  private void awaitStage(CompletableFuture<?> job, int tasks, String name)
      throws InterruptedException {
    SparkStatusTracker tracker = spark.sparkContext().statusTracker();
    while (!job.isDone()) {
      for (int stage : tracker.getActiveStageIds()) {
        Option<SparkStageInfo> info = tracker.getStageInfo(stage);
        if (info.isDefined()
            && info.get().numTasks() == tasks
            && info.get().numActiveTasks() > 0
            && info.get().name().contains(name)) {
          // Its tasks have been sent; now they run.
          Thread.sleep(50);
          return;
        }
      }
      Thread.sleep(5);
    }
  }

  private static boolean kept(RDDBlockId block) {
    return !SparkEnv.get().blockManager().master().getLocations(block).isEmpty();
  }

  /** Removes a block from all executors, and waits until they have. */
  private static void evict(RDDBlockId block) throws InterruptedException {
    SparkEnv.get().blockManager().master().removeBlock(block);
    for (int i = 0; i < 600 && kept(block); i++) {
      Thread.sleep(100);
    }
    assertFalse(kept(block), "the block is still kept");
  }

  @Test
  void isAskedByAnotherProcessThatLacksTheVectorModule(@TempDir Path folder)
      throws IOException, InterruptedException {
    start(Map.of());
    List<Vectors.Item> items = Vectors.items(90, D, DataTypes.StringType, true, 43);
    Random random = new Random(44);
    float[][] queries =
        Stream.generate(() -> Vectors.tied(random, D)).limit(8).toArray(float[][]::new);
    ExactTopKModel model =
        new ExactTopK()
            .setPlacement("sharded")
            .setMetric("cosine")
            .fit(Vectors.frame(spark, items, DataTypes.StringType, 3));
    model.save(folder.resolve("model").toString());
    model.unpersist();
    Dataset<Row> asked = Vectors.queries(spark, queries, null, DataTypes.StringType, 2);
    asked.write().parquet(folder.resolve("queries").toString());
    spark.stop();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Without the Vector API the bits are the same.
    String module = "--add-modules=jdk.incubator.vector";
    String options = JavaModuleOptions.defaultModuleOptions();
    assertTrue(options.contains(module), options);
    command.addAll(List.of(options.replace(module, "").strip().split("\\s+")));
    command.addAll(
        List.of("-Xmx512m", "-cp", classPath(), AskingProcess.class.getName(), folder.toString()));
    Path said = folder.resolve("said");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    assertEquals(0, process.waitFor(), () -> read(said));
    assertTrue(
        read(said).contains("executor driver lacks the module jdk.incubator.vector"), read(said));
    start(Map.of());
    List<Row> rows =
        spark.read().parquet(folder.resolve("answers").toString()).orderBy("user").collectAsList();
    Vectors.Oracle oracle = new Vectors.Oracle(items, D, Metric.COSINE, false);
    assertEquals(queries.length, rows.size());
    for (int i = 0; i < queries.length; i++) {
      assertEquals(
          oracle.search(queries[i], 10, Set.of()), Vectors.answers(rows.get(i), "recommendations"));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void refusesExecutorsWhoseJavaIsTooOld() throws IOException, InterruptedException {
    Path old = null;
    Path installed = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(installed)) {
      try (Stream<Path> all = Files.list(installed)) {
        old = all.filter(jdk -> isJava17(jdk)).findFirst().orElse(null);
      }
    }
    assumeTrue(old != null, "needs a JDK 17 in /usr/lib/jvm");
    start(Map.of("spark.executorEnv.JAVA_HOME", old.toString()));
    Dataset<Row> items = generated("id", 10, 2);
    String message =
        assertThrows(IllegalStateException.class, () -> new ExactTopK().fit(items)).getMessage();
    assertTrue(message.startsWith("an executor runs Java 17, but Slate needs 25"), message);
  }

  private static boolean isJava17(Path jdk) {
    return Files.isExecutable(jdk.resolve("bin/java"))
        && read(jdk.resolve("release")).contains("JAVA_VERSION=\"17");
  }
}
