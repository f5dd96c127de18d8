package dev.slate.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.bench.suite.StrategyChoice;
import dev.slate.data.InputException;
import dev.slate.kernel.Metric;
import dev.slate.kernel.Planning;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the options of {@code slate bench} make of the run, without running it. */
class BenchOptionsTest {
  private static final String SMALL = "--items 1k --dims 3 --peers none ";

  private static RunPlan plan(String options) {
    return plan(options, new Refusals());
  }

  private static RunPlan plan(String options, Refusals refusals) {
    BenchCommand command = new BenchCommand();
    new CommandLine(command)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(options.strip().split(" "));
    return command.plan(refusals);
  }

  private static <T> List<T> each(RunPlan plan, Function<Question, T> value) {
    return plan.questions().stream().map(value).distinct().toList();
  }

  private static List<String> names(RunPlan plan) {
    return plan.cases().stream().map(each -> each.subject().name()).distinct().toList();
  }

  private static Set<String> parameter(RunPlan plan, String name) {
    return plan.cases().stream()
        .map(each -> each.parameters().getOrDefault(name, ""))
        .collect(Collectors.toSet());
  }

  @Test
  void everyListMultipliesTheQuestions() {
    RunPlan plan =
        plan(
            "--items 1k,2k --dims 3,4 --peers none -k 5,6 --metric DOT,COSINE --threads 1,2"
                + " --queries 1,8 --density 0.5,1 --strategy SCAN");
    assertEquals(List.of(5, 6), each(plan, Question::k));
    assertEquals(List.of(Metric.DOT, Metric.COSINE), each(plan, Question::metric));
    assertEquals(List.of(1, 2), each(plan, Question::threads));
    assertEquals(List.of(1, 8), each(plan, Question::queries));
    assertEquals(List.of(0.5, 1.0), each(plan, Question::density));
    int single = 2 * 2 * 2 * 2 * 2 * 2;
    int batches = 2 * 2 * 2 * 2 * 2;
    assertEquals(single + batches, plan.questions().size(), "batches have no filter");
  }

  @Test
  void aFolderThatCannotBeWrittenHasItsReason(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertEquals("--out: " + file + " is not a directory", refusal(file));
    Path inFile = file.resolve("in");
    assertEquals("--out: " + inFile + " cannot be written: Not a directory", refusal(inFile));
    Path closed = Files.createDirectory(folder.resolve("closed"));
    assertTrue(closed.toFile().setWritable(false));
    // Root may write everywhere.
    if (!Files.isWritable(closed)) {
      assertEquals("--out: " + closed + ": permission denied", refusal(closed));
    }
  }

  private static String refusal(Path out) {
    StringBuilder said = new StringBuilder();
    CommandLine bench =
        new CommandLine(new BenchCommand())
            .setErr(new PrintWriter(new StringWriter()))
            .setExecutionExceptionHandler(
                (failure, command, parsed) -> {
                  said.append(failure.getMessage());
                  return 2;
                });
    assertEquals(2, bench.execute((SMALL + "--out " + out).split(" ")));
    return said.toString();
  }

  /** What a fork is told. */
  @Test
  void theOptionsReachTheForks() {
    RunPlan plan = plan(SMALL + "-k 9 --metric DOT --threads 3 --queries 8 --strategy TREE");
    assertEquals(Set.of("9"), parameter(plan, "k"));
    assertEquals(Set.of("DOT"), parameter(plan, "metric"));
    assertEquals(Set.of("3"), parameter(plan, "threads"));
    assertEquals(Set.of("8"), parameter(plan, "queries"));
    assertEquals(Set.of("TREE"), parameter(plan, "strategy"));
    assertEquals(Set.of("1000"), parameter(plan, "n"));
    assertEquals(Set.of("3"), parameter(plan, "d"));
    assertEquals(Set.of("UNIFORM"), parameter(plan, "distribution"));
    assertEquals(Set.of("0.25"), parameter(plan(SMALL + "--density 0.25"), "density"));
    assertEquals(
        Set.of("", "lucene-bkd"),
        parameter(plan("--items 1k --dims 3 --peers lucene-bkd --strategy SCAN"), "peer"));
  }

  @Test
  void planningIsAnOptionOfItsOwn() {
    assertEquals(StrategyChoice.AUTO, StrategyChoice.planned(Planning.ESTIMATED));
    assertEquals(Set.of("AUTO"), parameter(plan(SMALL + "--strategy auto"), "strategy"));
    assertEquals(
        Set.of("SCAN", "AUTO", "MEASURED"),
        parameter(plan(SMALL + "--strategy scan,auto --planning estimated,measured"), "strategy"));
    assertEquals(
        Set.of("MEASURED"),
        parameter(plan(SMALL + "--strategy auto --planning measured"), "strategy"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--planning measured", "--planning measured --strategy scan,tree"})
  void planningNeedsAChoice(String options) {
    InputException bad = assertThrows(InputException.class, () -> plan(SMALL + options));
    assertEquals("--planning: goes with --strategy auto only", bad.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          measured   | measured is a way of planning: say --strategy auto --planning measured
          SCAN,magic | 'magic' is not one of AUTO, SCAN, TREE, QUANTIZED
          """)
  void otherWordsAreNoStrategies(String words, String problem) {
    CommandLine.ParameterException bad =
        assertThrows(
            CommandLine.ParameterException.class, () -> plan(SMALL + "--strategy " + words));
    assertTrue(bad.getMessage().endsWith(problem), bad::getMessage);
  }

  private static List<String> peers(String names) {
    RunPlan plan = plan("--items 1k --dims 3 --queries 1 --strategy SCAN --peers " + names);
    return names(plan).stream().filter(name -> !name.equals("slate")).toList();
  }

  @Test
  void unlessTold() {
    RunPlan plan = plan(SMALL);
    assertEquals(List.of(10), each(plan, Question::k));
    assertEquals(List.of(Metric.EUCLIDEAN), each(plan, Question::metric));
    assertEquals(List.of(1), each(plan, Question::threads));
    assertEquals(List.of(1, 64), each(plan, Question::queries));
    assertEquals(List.of(1.0), each(plan, Question::density));
    assertEquals(5, plan.timing().forks());
    assertEquals(Duration.ofSeconds(5), total(plan.timing()));
  }

  @Test
  void quickIsLess() {
    RunPlan plan = plan("--quick");
    assertEquals(List.of(1), each(plan, Question::queries));
    assertEquals(List.of(5), each(plan, Question::d));
    assertEquals(2, plan.timing().forks());
    assertEquals(Duration.ofMillis(1500), total(plan.timing()));
    assertEquals(
        List.of("slate", "scalar-loop", "vertical-loop", "lucene-flat"), names(plan), "peers");
  }

  private static Duration total(ForkTiming timing) {
    return timing.iteration().multipliedBy(timing.iterations());
  }

  @Test
  void forksAndSeconds() {
    RunPlan plan = plan(SMALL + "--forks 3 --seconds 0.5");
    assertEquals(3, plan.timing().forks());
    assertEquals(Duration.ofMillis(500), total(plan.timing()));
    assertTrue(plan.timing().warmUp().toMillis() <= 500, plan.timing()::toString);
  }

  @Test
  void buildsOfPeersAreLimited() {
    assertEquals(Duration.ofMinutes(10), plan(SMALL).timing().buildLimit());
    ForkTiming timing = plan(SMALL + "--build-limit 1800 --seconds 0.5").timing();
    assertEquals(Duration.ofMinutes(30), timing.buildLimit());
    assertEquals(Duration.ofMillis(500), total(timing));
    assertEquals(Duration.ofSeconds(10), timing.queryLimit());
  }

  @Test
  void peersByNameAndGroup() {
    assertEquals(List.of("lucene-bkd"), peers("Lucene-BKD"));
    assertEquals(List.of(), peers("none"));
    assertEquals(
        List.of(
            "scalar-loop",
            "vertical-loop",
            "eclipse-collections",
            "lucene-flat",
            "jvector-flat",
            "lucene-bkd",
            "tinspin-kd-tree"),
        peers("jvm"));
    assertTrue(peers("all").containsAll(peers("jvm,hnswlib")), "all");
  }

  @Test
  void peersAreForOneThreadWithoutAFilter() {
    String options = "--items 1k --dims 3 --peers scalar-loop --strategy SCAN --queries 1 ";
    assertEquals(List.of("slate", "scalar-loop"), names(plan(options)));
    assertEquals(List.of("slate"), names(plan(options + "--threads 2")));
    assertEquals(List.of("slate"), names(plan(options + "--density 0.5")));
    assertEquals(List.of("slate"), names(plan(options.replace("--queries 1", "--queries 8"))));
  }

  @Test
  void whatAPeerCannotDoIsSaid() {
    Refusals refusals = new Refusals();
    plan("--items 1k --dims 3 --metric DOT --peers lucene-bkd", refusals);
    assertEquals(List.of("lucene points (bkd): 1k x 3: finds the nearest only"), refusals.lines());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -k 0           | -k: must be at least 1, but it is 0
          --threads 0    | --threads: must be at least 1, but it is 0
          --queries 0    | --queries: must be at least 1, but it is 0
          --density 1.5  | --density: must be above 0 and at most 1, but it is 1.5
          --forks 0      | --forks: must be at least 1, but it is 0
          --build-limit 0| --build-limit: must be at least 1, but it is 0
          --seconds 0    | --seconds: must be from 0.01 to 3600, but it is 0.0
          --seconds 3601 | --seconds: must be from 0.01 to 3600, but it is 3601.0
          """)
  void whatCannotBe(String options, String complaint) {
    InputException refused = assertThrows(InputException.class, () -> plan(SMALL + options));
    assertEquals(complaint, refused.getMessage());
  }
}
