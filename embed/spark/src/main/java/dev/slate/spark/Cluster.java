package dev.slate.spark;

import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What the executors of an application are. */
final class Cluster {
  /** Of an executor's heap, Spark sets this aside before it divides the rest. */
  private static final long RESERVED = 300L << 20;

  private static final int OLDEST_JAVA = 25;

  private Cluster() {}

  /** Number of executors that are there or asked for; 1 in local mode. */
  static int executors(JavaSparkContext spark) {
    int registered = spark.sc().getExecutorMemoryStatus().size() - 1;
    return Math.max(1, Math.max(registered, spark.getConf().getInt("spark.executor.instances", 0)));
  }

  /**
   * Refuses executors whose Java is too old for this library. Asks them by an expression of Spark's
   * own, since they could not load any class of this library. Reaches as many executors as Spark
   * gives one of the tasks to.
   *
   * @throws IllegalStateException if one is too old
   */
  static void checkJava(SparkSession session) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    if (spark.isLocal()) {
      return;
    }
    int tasks = 2 * Math.max(executors(spark), spark.defaultParallelism());
    List<Row> found =
        session
            .range(0, tasks, 1, tasks)
            .selectExpr(
                "java_method('java.lang.System', 'getProperty', 'java.specification.version')")
            .collectAsList();
    for (Row row : found) {
      String version = row.getString(0);
      if (version.startsWith("1.") || Integer.parseInt(version) < OLDEST_JAVA) {
        throw new IllegalStateException(
            "an executor runs Java "
                + version
                + ", but Slate needs 25: set spark.executorEnv.JAVA_HOME");
      }
    }
  }

  /** The heap of an executor, in bytes. A number without a unit is in MiB there. */
  static long executorHeap(SparkConf conf) {
    return conf.getSizeAsMb("spark.executor.memory", "1g") << 20;
  }

  /**
   * Whether a copy of all items fits each executor and the driver.
   *
   * <p>An index takes 1.1 x the rows, with 4 bytes an item and the ids; one with codes takes more.
   * It lives in the part of the heap that Spark leaves to users, and may take half of it. The
   * driver collects the packed rows, which may take a quarter of its heap and half of {@code
   * spark.driver.maxResultSize}.
   */
  static boolean holdsCopy(JavaSparkContext spark, ItemStore.Size size) {
    long rows = size.n() * (4L * size.d() + 4) + size.idBytes();
    SparkConf conf = spark.getConf();
    long driver = Runtime.getRuntime().maxMemory();
    long executor = spark.isLocal() ? driver : executorHeap(conf);
    double users = (executor - RESERVED) * (1 - conf.getDouble("spark.memory.fraction", 0.6));
    long results = conf.getSizeAsBytes("spark.driver.maxResultSize", "1g");
    return 1.1 * rows <= users / 2 && rows <= driver / 4 && (results == 0 || rows <= results / 2);
  }
}
