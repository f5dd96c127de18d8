package dev.slate.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first answer of a JVM needs no classes that only other work needs: they take it longer. */
class FirstAnswerTest {
  private static final int D = 5;

  @TempDir private Path directory;

  @Test
  void theFirstAnswerLoadsWhatItNeeds() throws Exception {
    Path file = directory.resolve("items.slate");
    Catalog items = Catalog.of(Shape.UNIFORM.rows(new Random(1), 20_000, D), D);
    Index.builder(items).strategy(Strategy.TREE).build().save(file);
    Process process =
        TestProcess.vectorised(
            List.of("-Xmx256m", "-Xlog:class+load"), FirstAnswerTest.class, file.toString());
    List<String> said;
    try (Stream<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()) {
      said = lines.toList();
    }
    assertEquals(0, process.waitFor());
    assertTrue(loads(said, "dev.slate.kernel.tree.TreeCursor"), said::toString);
    for (String other :
        List.of(
            "jdk.jfr.internal.MetadataRepository",
            "java.util.logging.LogManager",
            "it.unimi.dsi.fastutil.longs.LongOpenHashSet",
            "jdk.incubator.vector.Short64Vector",
            "jdk.incubator.vector.Double64Vector")) {
      assertEquals(List.of(), said.stream().filter(line -> line.contains(other + " ")).toList());
    }
  }

  private static boolean loads(List<String> said, String name) {
    return said.stream().anyMatch(line -> line.contains(name + " "));
  }

  public static void main(String[] args) throws IOException {
    try (Index index = Index.open(Path.of(args[0]), Opening.ON_DEMAND)) {
      index.searcher().search(new float[D], new Slate(10));
    }
  }
}
