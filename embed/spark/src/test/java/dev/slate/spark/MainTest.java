package dev.slate.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.Metric;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The job for spark-submit. */
@ExtendWith(LocalSpark.class)
final class MainTest {
  @TempDir private Path folder;

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void answersFromFilesToFiles() {
    List<Vectors.Item> items = Vectors.items(70, 3, DataTypes.StringType, true, 31);
    Random random = new Random(32);
    float[][] queries =
        Stream.generate(() -> Vectors.tied(random, 3)).limit(10).toArray(float[][]::new);
    Vectors.frame(LocalSpark.session(), items, DataTypes.StringType, 2)
        .write()
        .parquet(path("items"));
    Vectors.queries(LocalSpark.session(), queries, null, DataTypes.StringType, 2)
        .write()
        .parquet(path("queries"));
    String[] args = {
      "--items",
      path("items"),
      "--queries",
      path("queries"),
      "--out",
      path("out"),
      "-k",
      "6",
      "--metric",
      "dot",
      "--bias",
      "bias",
      "--placement",
      "sharded",
      "--shards",
      "2"
    };
    assertEquals(0, Main.run(args));
    List<Row> rows =
        LocalSpark.session().read().parquet(path("out")).orderBy("user").collectAsList();
    Vectors.Oracle oracle = new Vectors.Oracle(items, 3, Metric.DOT, true);
    assertEquals(queries.length, rows.size());
    for (int i = 0; i < queries.length; i++) {
      assertEquals(
          oracle.search(queries[i], 6, Set.of()), Vectors.answers(rows.get(i), "recommendations"));
    }
    refuses(path("out") + " exists; --overwrite replaces it", args);
  }

  @Test
  void saysInOneLineWhatIsWrong() {
    LocalSpark.session()
        .sql("select 4L id, array(float('nan')) features")
        .write()
        .parquet(path("items"));
    refuses("Missing required option: '--out=<out>'", "--items", "a", "--queries", "b");
    refuses("k given invalid value 0", wrong("-k", "0"));
    refuses("metric given invalid value m", wrong("--metric", "m"));
    refuses("item 4: features is NaN, column 0", wrong());
    refuses("id2: no such column; there are id, features", wrong("--id", "id2"));
    refuses("--items: ", "--items", path("none"), "--queries", path("none"), "--out", path("o"));
  }

  private String[] wrong(String... more) {
    String[] files = {"--items", path("items"), "--queries", path("items"), "--out", path("never")};
    return Stream.concat(Stream.of(files), Stream.of(more)).toArray(String[]::new);
  }

  private static void refuses(String problem, String... args) {
    PrintStream standard = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    int code;
    try {
      code = Main.run(args);
    } finally {
      System.setErr(standard);
    }
    String text = said.toString(StandardCharsets.UTF_8);
    assertEquals(2, code, text);
    assertTrue(text.startsWith("slate: ") && text.contains(problem), text);
    assertEquals(1, text.lines().count(), text);
  }
}
