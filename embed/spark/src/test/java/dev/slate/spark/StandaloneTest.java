package dev.slate.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slate.kernel.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packed job, on the master and the workers that the script {@code cluster} starts. */
@Tag("cluster")
@Timeout(900)
final class StandaloneTest {
  @Test
  void sameBits(@TempDir Path folder) throws IOException, InterruptedException {
    List<Vectors.Item> items = Vectors.items(500, 4, DataTypes.LongType, true, 51);
    Random random = new Random(52);
    float[][] queries =
        Stream.generate(() -> Vectors.tied(random, 4)).limit(40).toArray(float[][]::new);
    SparkSession spark = local();
    Vectors.frame(spark, items, DataTypes.LongType, 3).write().parquet(folder + "/items");
    Vectors.queries(spark, queries, null, DataTypes.LongType, 3)
        .write()
        .parquet(folder + "/queries");
    spark.stop();
    for (String placement : List.of("sharded", "replicated")) {
      run(folder, placement);
    }
    spark = local();
    Vectors.Oracle oracle = new Vectors.Oracle(items, 4, Metric.DOT, true);
    for (String placement : List.of("sharded", "replicated")) {
      List<Row> rows =
          spark.read().parquet(folder + "/" + placement).orderBy("user").collectAsList();
      assertEquals(queries.length, rows.size());
      for (int i = 0; i < queries.length; i++) {
        assertEquals(
            oracle.search(queries[i], 25, Set.of()),
            Vectors.answers(rows.get(i), "recommendations"));
      }
    }
    spark.stop();
  }

  private static SparkSession local() {
    return SparkSession.builder()
        .master("local[1]")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate();
  }

  private static void run(Path folder, String placement) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("./cluster", "--driver-memory", "512m"));
    command.addAll(List.of("--class", "dev.slate.spark.Main", "JOB.jar"));
    command.addAll(List.of("--items", folder + "/items", "--queries", folder + "/queries"));
    command.addAll(List.of("--out", folder + "/" + placement, "--placement", placement));
    command.addAll(List.of("-k", "25", "--metric", "dot", "--bias", "bias"));
    Path said = folder.resolve("said-" + placement);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
    builder.environment().remove("SPARK_HOME");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process script = builder.start();
    try {
      assertEquals(0, script.waitFor(), () -> text(said));
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
