package dev.slate.bench.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slate.data.Distribution;
import dev.slate.data.cli.DataCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

class DataSetTest {
  /** Beyond one chunk of writing at d = 64. */
  private static final int N = 40_001;

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void isWhatTheCommandGenerates(Distribution distribution) throws IOException {
    int d = distribution == Distribution.MEMOTION ? 5 : 64;
    DataSet.of(distribution, N, d).write(directory, distribution.name());
    assertSame(DataSet.itemsFile(distribution.name(), N, d), distribution, N, d);
    assertSame(
        DataSet.queriesFile(distribution.name(), d),
        distribution,
        DataSet.queryCount(d),
        d,
        "--queries");
  }

  @ParameterizedTest
  @EnumSource
  void aForkReadsWhatItWouldMake(Distribution distribution) throws IOException {
    DataSet made = DataSet.of(distribution, 300, 5);
    made.write(directory, distribution.name());
    DataSet read = DataSet.open(directory.toString(), distribution.name(), 300, 5);
    assertArrayEquals(rows(made), rows(read));
    assertArrayEquals(made.queries(), read.queries());
  }

  private static float[] rows(DataSet set) {
    float[] rows = new float[set.n() * set.d()];
    set.items().copyRows(0, set.n(), rows, 0);
    return rows;
  }

  private void assertSame(String name, Distribution kind, int rows, int d, String... more)
      throws IOException {
    Path file = directory.resolve("generated.npy");
    List<String> args =
        new ArrayList<>(List.of("generate", "--kind", kind.name(), "--items", "" + rows));
    args.addAll(List.of("--dims", "" + d, "--out", file.toString()));
    args.addAll(List.of(more));
    CommandLine command =
        new CommandLine(new DataCommand()).setCaseInsensitiveEnumValuesAllowed(true);
    assertEquals(0, command.execute(args.toArray(String[]::new)));
    assertEquals(-1, Files.mismatch(directory.resolve(name), file), name);
  }
}
