package dev.slate.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slate.kernel.ItemSet;
import dev.slate.sim.catalog.CatalogLoader;
import dev.slate.sim.moderation.EligibilityFilter;
import dev.slate.sim.report.TableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Each option does what the setting of its name does, and everything that can be set is tested. */
class OptionsTest {
  private static final Path TESTS = Path.of("src/test/java");
  private static final String SEED = "5";

  @TempDir Path directory;

  private static Arguments same(String options, Consumer<Simulation> settings) {
    return Arguments.of(options, settings);
  }

  private static Consumer<Simulation> behaves(Behavior behavior) {
    return run -> run.behavior(behavior);
  }

  static Stream<Arguments> options() {
    Choice relevant = new PositionBasedChoice(BetaChoice.DEFAULT, 7);
    return Stream.of(
        same("--gamma 0.1", run -> run.drift(new ExposureDrift(0.1, 0.15, 1))),
        same("--noise 0.6", run -> run.drift(new ExposureDrift(0.025, 0.6, 1))),
        same("--clamp 0.4", run -> run.drift(new ExposureDrift(0.025, 0.15, 0.4))),
        same("--alpha 2", run -> run.choice(new BetaChoice(2, 3))),
        same("--beta 1", run -> run.choice(new BetaChoice(0.5, 1))),
        same("--relevance 7", run -> run.choice(relevant)),
        same("--boredom", behaves(new Behavior(0.25, 0.2, false, 0, 0, 0))),
        same("--boredom 0.8", behaves(new Behavior(0.8, 0.2, false, 0, 0, 0))),
        same("--boredom 0.8 --recovery 0.7", behaves(new Behavior(0.8, 0.7, false, 0, 0, 0))),
        same("--estimate", behaves(new Behavior(0, 0.1, true, 0, 0, 0))),
        same(
            "--estimate --relevance 7 --like 0.9",
            run ->
                run.behavior(new Behavior(0, 0.1, true, 0, 0, 0))
                    .choice(relevant)
                    .feedback(new ReactionRates(0, 0.9, 0))),
        same(
            "--estimate --relevance 7 --dislike 0.9",
            run ->
                run.behavior(new Behavior(0, 0.1, true, 0, 0, 0))
                    .choice(relevant)
                    .feedback(new ReactionRates(0.9, 0, 0))),
        same(
            "--estimate --relevance 7 --double-like 0.9",
            run ->
                run.behavior(new Behavior(0, 0.1, true, 0, 0, 0))
                    .choice(relevant)
                    .feedback(new ReactionRates(0, 0, 0.9))),
        same("--gamers 0.4", behaves(new Behavior(0, 0.1, false, 0.4, 0, 0))),
        same("--leaving 0.4", behaves(new Behavior(0, 0.1, false, 0, 0.4, 0))),
        same("--wariness 0.6", behaves(new Behavior(0, 0.1, false, 0, 0, 0.6))),
        same("--hide-advertisement", run -> run.disclose(false)),
        same("--per-author 1", run -> run.perAuthor(1)),
        same("--users 17", run -> run.size(17, 8, 5)),
        same("--slate 3", run -> run.size(40, 8, 3)),
        same("--steps 6", run -> run.size(40, 6, 5)),
        same("--seed 9", run -> run.seed(9, 0)));
  }

  /** The tables of a command are those of the same run in code, and not those of the plain run. */
  @ParameterizedTest
  @MethodSource("options")
  void anOptionIsASetting(String options, Consumer<Simulation> settings) throws IOException {
    String selector = options.contains("--estimate") ? "nearest" : "advertisement";
    long catalogSeed = options.contains("--seed") ? 9 : 5;
    Path command = directory.resolve("command");
    List<String> words =
        new ArrayList<>(List.of("sim", "--selector", selector, "--replications", "1"));
    words.addAll(List.of("--out", command.toString()));
    words.addAll(List.of(options.split(" ")));
    for (String[] usual : new String[][] {{"--users", "40"}, {"--steps", "8"}, {"--seed", SEED}}) {
      if (!options.contains(usual[0] + " ")) {
        words.addAll(List.of(usual));
      }
    }
    Cli.Outcome outcome = Cli.run(words.toArray(String[]::new));
    assertEquals(0, outcome.code(), outcome::err);
    Path code = run("code", selector, catalogSeed, settings);
    Path plain = run("plain", selector, 5, run -> {});
    boolean differs = false;
    for (String file : List.of("trajectories.csv", "impressions.csv", "users.csv")) {
      byte[] bytes = Files.readAllBytes(code.resolve(file));
      assertArrayEquals(bytes, Files.readAllBytes(command.resolve(file)), file);
      differs |= !Arrays.equals(bytes, Files.readAllBytes(plain.resolve(file)));
    }
    assertTrue(differs, options + " changes nothing");
  }

  /** What a summary says of a run is what was asked for, each number under its own name. */
  @Test
  void theSummaryHasEverySetting() throws IOException {
    List<String> options =
        List.of(
            "gamma",
            "noise",
            "clamp",
            "alpha",
            "beta",
            "relevance",
            "like",
            "dislike",
            "double-like",
            "boredom",
            "recovery",
            "gamers",
            "leaving",
            "wariness",
            "users",
            "steps",
            "slate",
            "seed",
            "replications",
            "per-author",
            "upload-limit");
    List<String> words = new ArrayList<>(List.of("sim", "--selector", "nearest", "--estimate"));
    words.addAll(List.of("--hide-advertisement", "--collapse-duplicates"));
    words.addAll(List.of("--deny-author", "Alice", "--out", directory.toString()));
    for (int i = 0; i < options.size(); i++) {
      words.addAll(List.of("--" + options.get(i), i < 14 ? "0." + (50 + i) : "" + (i - 11)));
    }
    Cli.Outcome outcome = Cli.run(words.toArray(String[]::new));
    assertEquals(0, outcome.code(), outcome::err);
    JsonNode summary = new ObjectMapper().readTree(directory.resolve("summary.json").toFile());
    for (int i = 0; i < options.size(); i++) {
      String name = options.get(i).replace('-', '_');
      assertEquals(i < 14 ? (50 + i) / 100.0 : i - 11, summary.at("/" + name).asDouble(), name);
    }
    assertTrue(summary.at("/estimate").asBoolean());
    assertTrue(summary.at("/collapse_duplicates").asBoolean());
    assertFalse(summary.at("/advertisement_disclosed").asBoolean(true));
    assertEquals("Alice", summary.at("/deny_author/0").asText());
  }

  private Path run(String name, String selector, long seed, Consumer<Simulation> settings)
      throws IOException {
    Path out = Files.createDirectories(directory.resolve(name));
    ItemCatalog catalog = CatalogLoader.open("memotion", null, seed);
    try (TableFiles tables = new TableFiles(out, catalog, 1, 8, Simulation::userName)) {
      Simulation run =
          new Simulation(catalog, Selectors.create(selector)).size(40, 8, 5).seed(seed, 0);
      settings.accept(run);
      run.run(tables);
      tables.commit();
    }
    return out;
  }

  /** Only above the threshold is too much: what lies on it may be shown. */
  @Test
  void moderationLetsTheThresholdThrough() {
    ItemCatalog catalog = CatalogLoader.open("memotion", null, 7);
    EligibilityFilter filter = new EligibilityFilter(catalog).atMost("offensive", 0);
    float[] row = new float[catalog.dimensions()];
    int on = 0;
    for (int item = 0; item < catalog.size(); item++) {
      catalog.read(item, row);
      assertEquals(row[2] <= 0, filter.allowed().contains(item));
      on += row[2] == 0 ? 1 : 0;
    }
    ItemCatalog small = TestCatalogs.grid(500, 3, 1);
    int zeros = 0;
    for (int item = 0; item < small.size(); item++) {
      float[] at = new float[3];
      small.read(item, at);
      boolean allowed = new EligibilityFilter(small).atMost("a1", 0.5).allowed().contains(item);
      assertEquals(at[1] <= 0.5f, allowed);
      zeros += at[1] == 0.5f ? 1 : 0;
    }
    assertTrue(zeros > 0, on + " items on the threshold");
  }

  @Test
  void stopsWhenAskedTo() {
    int[] asked = new int[1];
    ItemCatalog catalog = TestCatalogs.grid(50, 2, 1);
    int steps =
        new Simulation(catalog, Selectors.create("random"))
            .size(3, 100, 2)
            .stopWhen(() -> ++asked[0] > 4)
            .run();
    assertEquals(4, steps);
  }

  @Test
  void usersHaveNames() {
    assertEquals("Ada", Simulation.userName(0));
    assertEquals("Zeno", Simulation.userName(25));
    assertEquals("Ada 2", Simulation.userName(26));
  }

  /** Somebody who adds an option has to write the test that names it. */
  @Test
  void everyOptionIsNamedByATest() {
    Set<String> unnamed = new TreeSet<>();
    String tests = tests();
    CommandLine root = new CommandLine(new Cli.Root());
    commands(root)
        .flatMap(command -> command.getCommandSpec().options().stream())
        .map(OptionSpec::longestName)
        .filter(name -> !name.equals("--help") && !name.equals("--version"))
        .filter(name -> !tests.contains('"' + name) && !tests.contains(name + " "))
        .forEach(unnamed::add);
    assertEquals(Set.of(), unnamed);
  }

  private static Stream<CommandLine> commands(CommandLine of) {
    return Stream.concat(
        Stream.of(of), of.getSubcommands().values().stream().flatMap(OptionsTest::commands));
  }

  @Test
  void ofEachAuthorTheFirstItemsMayBeShown() {
    ItemCatalog catalog = CatalogLoader.open("memotion", null, 7);
    ItemSet allowed = new EligibilityFilter(catalog).atMostPerAuthor(3).allowed();
    int[] uploads = new int[catalog.authors().size()];
    for (int item = 0; item < catalog.size(); item++) {
      assertEquals(++uploads[catalog.author(item)] <= 3, allowed.contains(item), "item " + item);
    }
  }

  @Test
  void everyPublicMethodIsCalledByATest() {
    String tests = tests();
    Set<String> uncalled =
        Stream.of(
                BetaChoice.class,
                PositionBasedChoice.class,
                ExposureDrift.class,
                Behavior.class,
                ReactionRates.class,
                History.class,
                ItemCatalog.class,
                RunSettings.class,
                Selector.class,
                SelectorContext.class,
                Selectors.class,
                SettingException.class,
                Simulation.class,
                SlateBuilder.class,
                StepState.class)
            .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
            .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
            .filter(method -> !Set.of("equals", "hashCode", "toString").contains(method.getName()))
            .filter(method -> !isAccessor(method))
            .filter(method -> !called(method, tests))
            .map(method -> method.getDeclaringClass().getSimpleName() + "." + method.getName())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Set.of(), uncalled);
    assertFalse(tests.isEmpty());
  }

  private static boolean isAccessor(Method method) {
    Class<?> type = method.getDeclaringClass();
    return type.isRecord()
        && Arrays.stream(type.getRecordComponents())
            .anyMatch(component -> component.getAccessor().equals(method));
  }

  private static boolean called(Method method, String tests) {
    return tests.contains("." + method.getName() + "(")
        || tests.contains("::" + method.getName())
        || tests.contains(" " + method.getName() + "(");
  }

  /** All tests but this list of types. */
  private static String tests() {
    try (Stream<Path> files = Files.walk(TESTS)) {
      StringBuilder text = new StringBuilder();
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
        text.append(Files.readString(file));
      }
      return text.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
