package dev.slate.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.Metric;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
      path("new/out"),
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
    List<Row> rows = Vectors.byUser(LocalSpark.session().read().parquet(path("new/out")));
    Vectors.Oracle oracle = new Vectors.Oracle(items, 3, Metric.DOT, true);
    assertEquals(queries.length, rows.size());
    for (int i = 0; i < queries.length; i++) {
      assertEquals(
          oracle.search(queries[i], 6, Set.of()), Vectors.answers(rows.get(i), "recommendations"));
    }
    refuses("--out: " + path("new/out") + " exists; --overwrite replaces it", args);
    String[] again =
        Stream.concat(Stream.of(args), Stream.of("--overwrite")).toArray(String[]::new);
    again[7] = "3";
    assertEquals(0, Main.run(again));
    List<Row> replaced = Vectors.byUser(LocalSpark.session().read().parquet(path("new/out")));
    assertEquals(queries.length, replaced.size());
    for (int i = 0; i < queries.length; i++) {
      assertEquals(
          Vectors.answers(rows.get(i), "recommendations").subList(0, 3),
          Vectors.answers(replaced.get(i), "recommendations"));
    }
    args[5] = path("items/out");
    refuses("--out: " + args[5] + " overlaps " + path("items") + ", which is read", args);
  }

  @Test
  void saysInOneLineWhatIsWrong() throws IOException {
    write("items", "select 4L id, array(float('nan')) features");
    write("good", "select 4L id, array(1f) features");
    write("queries", "select 'Ann' user, array(1f, 2f) features");
    Files.writeString(folder.resolve("text"), "id,features\n");
    refuses("Missing required option: '--out=<out>'", "--items", "a", "--queries", "b");
    refuses("Invalid value for option '-k': 'ten' is not an int", wrong("-k", "ten"));
    refuses("slate: k given invalid value 0", wrong("-k", "0"));
    refuses("slate: metric given invalid value m", wrong("--metric", "m"));
    refuses("slate: item 4: features is NaN, column 0", wrong());
    refuses("--items: id2: no such column; there are id, features", wrong("--id", "id2"));
    refuses("--items: features2: no such column", wrong("--features", "features2"));
    refuses("--items: ", wrong("--items", path("none")));
    refuses("--items: " + "file:" + path("text") + " is not", wrong("--items", path("text")));
    refuses("--queries: seen: no such column; there are user", wrong("--deny", "seen"));
    refuses("--queries: ", wrong("--queries", path("none")));
    refuses("price", wrong("--allow", "price < 5"));
    refuses("--out: ", wrong("--out", path("text/out")));
    refuses("overlaps", wrong("--out", folder.toString(), "--overwrite"));
    refuses(
        "slate: query with user = Ann: has 2 features, but the items have 1",
        wrong("--items", path("good")));
    assertFalse(Files.exists(folder.resolve("never/_SUCCESS")));
  }

  private void write(String name, String text) {
    LocalSpark.session().sql(text).write().parquet(path(name));
  }

  /** Options of a job, some of which are replaced by those given. */
  private String[] wrong(String... more) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("--items", path("items"));
    options.put("--queries", path("queries"));
    options.put("--out", path("never"));
    List<String> flags = new ArrayList<>();
    for (int i = 0; i < more.length; i += 2) {
      if (i + 1 < more.length) {
        options.put(more[i], more[i + 1]);
      } else {
        flags.add(more[i]);
      }
    }
    return Stream.concat(
            options.entrySet().stream().flatMap(each -> Stream.of(each.getKey(), each.getValue())),
            flags.stream())
        .toArray(String[]::new);
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
