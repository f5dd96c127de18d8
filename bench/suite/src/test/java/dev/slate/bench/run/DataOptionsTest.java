package dev.slate.bench.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.slate.bench.dataset.DataSet;
import dev.slate.bench.dataset.VectorSource;
import dev.slate.data.Distribution;
import dev.slate.data.InputException;
import dev.slate.data.cli.DataCommand;
import dev.slate.kernel.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Which data the options of {@code slate bench} mean. */
class DataOptionsTest {
  @TempDir Path directory;

  @Command
  private static final class Probe {
    @Mixin DataOptions data = new DataOptions();
  }

  private static List<VectorSource> sources(boolean quick, String... args) {
    Probe probe = new Probe();
    new CommandLine(probe).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(args);
    return probe.data.sources(quick);
  }

  private static VectorSource uniform(int n, int d) {
    return new VectorSource.Generated(Distribution.UNIFORM, n, d);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  private VectorSource.Files written() throws IOException {
    String items = file("i,tems.csv", "id,a,b\nx,1,2\ny,3,4\nz,5,6\n");
    String queries = file("q.tsv", "7\t8\n9\t10\n");
    List<VectorSource> sources =
        sources(false, "--items", items, "--columns", "b,a", "--query-file", queries);
    return (VectorSource.Files) sources.getFirst();
  }

  @Test
  void sizesAreGenerated() {
    assertEquals(List.of(uniform(1_000_000, 5), uniform(10_000_000, 5)), sources(true), "quick");
    assertEquals(
        List.of(
            uniform(1_000_000, 5),
            uniform(10_000_000, 5),
            uniform(1_000_000, 64),
            uniform(10_000_000, 64)),
        sources(false));
    assertEquals(
        List.of(
            new VectorSource.Generated(Distribution.LOWRANK, 2500, 7),
            new VectorSource.Generated(Distribution.LOWRANK, 3, 7),
            uniform(2500, 7),
            uniform(3, 7)),
        sources(false, "--items", "2.5k,3", "--dims", "7", "--distribution", "lowrank,uniform"));
    assertEquals(5, sources(false, "--distribution", "memotion").getFirst().d());
  }

  @Test
  void aFileHasItsOwnShapeAndColumns() throws IOException {
    VectorSource.Files source = written();
    assertEquals(3, source.n());
    assertEquals(2, source.d());
    assertEquals("i,tems.csv", source.title());
    source.write(directory);
    DataSet read = DataSet.open(directory.toString(), source.parameter(), 3, 2);
    float[] items = new float[6];
    read.items().copyRows(0, 3, items, 0);
    assertArrayEquals(new float[] {2, 1, 4, 3, 6, 5}, items);
    assertArrayEquals(new float[][] {{7, 8}, {9, 10}}, read.queries());
  }

  @Test
  void theQueriesHaveColumnsOfTheirOwn() throws IOException {
    String items = file("items.csv", "1\n2\n");
    String queries = file("queries.csv", "5,6\n7,8\n");
    VectorSource source =
        sources(false, "--items", items, "--query-file", queries, "--query-columns", "1")
            .getFirst();
    source.write(directory);
    DataSet read = DataSet.open(directory.toString(), source.parameter(), 2, 1);
    assertArrayEquals(new float[][] {{6}, {8}}, read.queries());
  }

  /** What machine.json says writes the very bytes that were measured. */
  @Test
  void theNamedCommandsWriteTheSameBytes() throws IOException {
    VectorSource.Files source = written();
    source.write(directory);
    Question question = new Question(source, 1, Metric.DOT, 1, 1, 1);
    for (String name : List.of(question.itemsFile(), question.queriesFile())) {
      Path again = directory.resolve("again.npy");
      String command =
          name.equals(question.itemsFile())
              ? source.itemsCommand(again.toString())
              : source.queriesCommand(again.toString());
      List<String> words = new ArrayList<>(List.of(command.split(" ")));
      assertEquals(List.of("slate", "data"), words.subList(0, 2));
      CommandLine data = new CommandLine(new DataCommand());
      assertEquals(0, data.execute(words.subList(2, words.size()).toArray(String[]::new)));
      assertEquals(-1, Files.mismatch(directory.resolve(name), again), name);
    }
  }

  @Test
  void aFileThatChangesIsOtherData() throws IOException {
    String items = file("items.csv", "1\n2\n");
    String[] args = {"--items", items, "--query-file", file("queries.csv", "1\n")};
    String before = sources(false, args).getFirst().fingerprint();
    assertEquals(before, sources(false, args).getFirst().fingerprint());
    Files.setLastModifiedTime(Path.of(items), FileTime.fromMillis(1000));
    assertNotEquals(before, sources(false, args).getFirst().fingerprint());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --items FILE                                   | --query-file: missing; the items of FILE need queries
          --items FILE --query-file FILE --dims 3        | --dims: goes with generated items only; FILE has its own
          --items FILE --query-file FILE --distribution lowrank | --distribution: goes with generated items only, not FILE
          --items 10k --query-file FILE                  | --query-file: goes with --items FILE only
          --columns 1                                    | --columns: goes with --items FILE only
          --query-columns 1                              | --query-columns: goes with --items FILE only
          --items 10x                                    | --items: '10x' is not a count (such as 500, 10k or 2.5m)
          --items 1k,0                                   | --items: must be at least 1, but it is 0
          --items NONE --query-file FILE                 | NONE: no such file
          --items - --query-file FILE                    | -: standard input cannot be read more than once
          --items FILE --query-file WIDE                 | WIDE: has 3 columns, but the items have 2
          --items EMPTY --query-file FILE                | EMPTY: holds no rows
          --dims 0                                       | --dims: must be from 1 to 4096, but it is 0
          --dims 4097                                    | --dims: must be from 1 to 4096, but it is 4097
          """)
  void whatCannotBeIsOneLine(String line, String complaint) throws IOException {
    String file = file("two.csv", "1,2\n3,4\n");
    String wide = file("wide.csv", "1,2,3\n");
    String empty = file("empty.csv", "a,b\n");
    String none = directory.resolve("none.csv").toString();
    String[] args =
        line.replace("FILE", file)
            .replace("WIDE", wide)
            .replace("EMPTY", empty)
            .replace("NONE", none)
            .split(" ");
    InputException refused = assertThrows(InputException.class, () -> sources(false, args));
    String expected =
        complaint
            .replace("--items FILE", "--items_FILE")
            .replace(" FILE", " " + file)
            .replace("--items_FILE", "--items FILE")
            .replace("WIDE", wide)
            .replace("EMPTY", empty)
            .replace("NONE", none);
    assertEquals(expected, refused.getMessage());
  }
}
