package dev.slate.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slate.kernel.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packed job, on the master and the workers that the script {@code cluster} starts. */
@Tag("cluster")
@Timeout(600)
final class StandaloneTest {
  private static final int D = 4;
  private static final int K = 25;

  /**
   * A run of the job.
   *
   * @param biased whether items have biases
   * @param denying whether queries deny items
   */
  private record Run(
      Metric metric, DataType ids, String placement, boolean biased, boolean denying) {
    String name() {
      return metric.name().toLowerCase(Locale.ROOT);
    }
  }

  private static final List<Run> RUNS =
      List.of(
          new Run(Metric.DOT, DataTypes.LongType, "sharded", true, true),
          new Run(Metric.EUCLIDEAN, DataTypes.IntegerType, "sharded", false, true),
          new Run(Metric.COSINE, DataTypes.StringType, "replicated", false, false));

  @Test
  void sameBits(@TempDir Path folder) throws IOException, InterruptedException {
    Random random = new Random(52);
    float[][] queries =
        Stream.generate(() -> Vectors.tied(random, D)).limit(40).toArray(float[][]::new);
    SparkSession spark = local();
    for (Run run : RUNS) {
      Path files = Files.createDirectory(folder.resolve(run.name()));
      Vectors.frame(spark, items(run), run.ids, 3).write().parquet(files + "/items");
      Vectors.queries(spark, queries, denied(run), run.ids, 3).write().parquet(files + "/queries");
    }
    spark.stop();
    for (Run run : RUNS) {
      run(folder.resolve(run.name()), run);
    }
    spark = local();
    for (Run run : RUNS) {
      Vectors.Oracle oracle = new Vectors.Oracle(items(run), D, run.metric, run.biased);
      List<Row> rows = Vectors.byUser(spark.read().parquet(folder + "/" + run.name() + "/out"));
      assertEquals(queries.length, rows.size());
      for (int i = 0; i < queries.length; i++) {
        Set<Object> out = run.denying ? new HashSet<>(denied(run).get(i)) : Set.of();
        assertEquals(
            oracle.search(queries[i], K, out), Vectors.answers(rows.get(i), "recommendations"));
      }
    }
    spark.stop();
  }

  @Test
  void inputThatCannotBeUsedEndsTheJobInOneLine(@TempDir Path folder)
      throws IOException, InterruptedException {
    Run run = RUNS.get(0);
    List<Vectors.Item> items = items(run);
    float[][] queries = {{1, 2, Float.NaN, 4}};
    SparkSession spark = local();
    Vectors.frame(spark, items, run.ids, 3).write().parquet(folder + "/items");
    Vectors.queries(spark, queries, null, run.ids, 1).write().parquet(folder + "/queries");
    Path wrong = Files.createDirectory(folder.resolve("wrong"));
    items.get(7).features()[1] = Float.POSITIVE_INFINITY;
    Vectors.frame(spark, items, run.ids, 3).write().parquet(wrong + "/items");
    spark.stop();
    Files.createSymbolicLink(wrong.resolve("queries"), folder.resolve("queries"));
    assertEquals(
        "slate: item " + items.get(7).id() + ": features is Infinity, column 1",
        refusal(wrong, run));
    assertEquals("slate: query with user = 0: features is NaN, column 2", refusal(folder, run));
  }

  /** The line of a job that refuses its input, in an executor, which is another process. */
  private static String refusal(Path files, Run run) throws IOException, InterruptedException {
    Path said = files.resolve("said");
    assertEquals(2, job(files, run, said), () -> text(said));
    List<String> lines = Files.readAllLines(said);
    List<String> refusals = lines.stream().filter(line -> line.startsWith("slate: ")).toList();
    assertEquals(1, refusals.size(), () -> text(said));
    return refusals.get(0);
  }

  private static List<Vectors.Item> items(Run run) {
    return Vectors.items(500, D, run.ids, true, 51);
  }

  private static List<List<Object>> denied(Run run) {
    return IntStream.range(0, 40)
        .mapToObj(i -> IntStream.range(0, i).mapToObj(j -> Vectors.id(run.ids, j * i)).toList())
        .toList();
  }

  private static SparkSession local() {
    return SparkSession.builder()
        .master("local[1]")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate();
  }

  private static void run(Path files, Run run) throws IOException, InterruptedException {
    Path said = files.resolve("said");
    assertEquals(0, job(files, run, said), () -> text(said));
  }

  /**
   * Runs the job.
   *
   * @param said receives what it prints
   * @return its exit code
   */
  private static int job(Path files, Run run, Path said) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("./cluster", "--driver-memory", "512m"));
    command.addAll(List.of("--class", "dev.slate.spark.Main", "JOB.jar"));
    command.addAll(List.of("--items", files + "/items", "--queries", files + "/queries"));
    command.addAll(List.of("--out", files + "/out", "--placement", run.placement));
    command.addAll(List.of("-k", Integer.toString(K), "--metric", run.name()));
    if (run.biased) {
      command.addAll(List.of("--bias", "bias"));
    }
    if (run.denying) {
      command.addAll(List.of("--deny", "seen"));
    }
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
    builder.environment().remove("SPARK_HOME");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process script = builder.start();
    try {
      return script.waitFor();
    } finally {
      // It stops the master and the workers; a second wait sees them gone.
      script.destroy();
      script.waitFor();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
