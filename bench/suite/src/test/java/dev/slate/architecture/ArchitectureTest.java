package dev.slate.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.slate.bench.compare.breaks.KnowsTheData;
import dev.slate.bench.misc.Junk;
import dev.slate.data.InputException;
import dev.slate.data.breaks.EndsTheJvm;
import dev.slate.kernel.Index;
import dev.slate.kernel.ShowsItsInside;
import dev.slate.kernel.back.Comes;
import dev.slate.kernel.breaks.KnowsTheFace;
import dev.slate.kernel.breaks.ParsesOptions;
import dev.slate.kernel.there.Goes;
import dev.slate.sim.cycle.AsksForATable;
import dev.slate.sim.cycle.table.IsWrittenByAnAsker;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {
  private static final Path REPOSITORY = Path.of("..", "..");

  /** An option of a command in a string; those of {@code java} are none. */
  private static final Pattern OPTION =
      Pattern.compile("^([^\"]*\"[^\"]*\")*[^\"]*\"[^\"]*--(?!add-modules)[a-z]");

  /** Packages that serve nothing but their commands. */
  private static final List<String> OF_COMMANDS =
      List.of("/cli/", "/bench/gate/", "/bench/history/");

  /** A line of a class that declares options. */
  private static final String DECLARES_OPTIONS = "import picocli.CommandLine.Option;";

  private static final JavaClasses SLATE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.slate");

  static List<ArchRule> rules() {
    return Architecture.RULES;
  }

  static Stream<Arguments> breaches() {
    return Stream.of(
        Arguments.of(Architecture.THE_KERNELS_INSIDE_KNOWS_VALUES_OF_THE_FACE, KnowsTheFace.class),
        Arguments.of(Architecture.KERNEL_NEEDS_ONLY_FASTUTIL, ParsesOptions.class),
        Arguments.of(Architecture.REGRESSION_KNOWS_NO_OTHER_PART, KnowsTheData.class),
        Arguments.of(Architecture.PACKAGES_ARE_NAMED_FOR_WHAT_THEY_HOLD, Junk.class),
        Arguments.of(Architecture.ONLY_MAIN_ENDS_THE_JVM, EndsTheJvm.class),
        Arguments.of(Architecture.PUBLIC_FACES_SHOW_ONLY_THEMSELVES, ShowsItsInside.class));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theHouseKeepsItsRules(ArchRule rule) {
    rule.check(SLATE);
  }

  @ParameterizedTest
  @MethodSource("breaches")
  void aBreachIsFound(ArchRule rule, Class<?> breach) {
    JavaClasses classes = new ClassFileImporter().importClasses(breach);
    AssertionError found = assertThrows(AssertionError.class, () -> rule.check(classes));
    assertTrue(found.getMessage().contains(breach.getName()), found::getMessage);
  }

  static Set<String> parts() {
    return Architecture.MAY_KNOW.keySet();
  }

  @ParameterizedTest
  @MethodSource("parts")
  void aPartKnowsOnlyWhatItMay(String part) {
    Architecture.knowsOnlyWhatItMay(part).check(SLATE);
  }

  @ParameterizedTest
  @CsvSource({
    "kernel, dev.slate.kernel.breaks.ReadsFiles",
    "data, dev.slate.data.breaks.RunsBenchmarks",
    "sim, dev.slate.sim.breaks.RunsBenchmarks",
    "recommend, dev.slate.recommend.breaks.RunsBenchmarks",
    "micrometer, dev.slate.micrometer.breaks.ReadsFiles",
    "spark, dev.slate.spark.breaks.ReadsFiles",
    "service, dev.slate.service.breaks.Simulates",
  })
  void aPartThatKnowsMoreIsFound(String part, Class<?> breach) {
    aBreachIsFound(Architecture.knowsOnlyWhatItMay(part), breach);
  }

  static List<String> roots() {
    return Architecture.ROOTS;
  }

  @ParameterizedTest
  @MethodSource("roots")
  void noTwoPackagesDependOnEachOther(String root) {
    Architecture.noCircle(SLATE, root).check(SLATE);
  }

  @Test
  void aCircleThroughTheRootPackageIsFound() {
    JavaClasses circle =
        new ClassFileImporter().importClasses(AsksForATable.class, IsWrittenByAnAsker.class);
    ArchRule rule = Architecture.noCircle(circle, "dev.slate.sim.cycle");
    AssertionError found = assertThrows(AssertionError.class, () -> rule.check(circle));
    assertTrue(found.getMessage().contains("Cycle detected"), found::getMessage);
  }

  @Test
  void valuesAreNoEntryPoints() {
    assertEquals(
        Set.of("dev.slate.sim.Simulation"), Architecture.entryPoints(SLATE, "dev.slate.sim"));
  }

  /** So the rule misses none: a module of one package has no circle. */
  @ParameterizedTest
  @MethodSource("modules")
  void aModuleOfSeveralPackagesIsUnderTheRule(Path sources) throws IOException {
    Set<String> packages = packages(sources);
    assertFalse(packages.isEmpty());
    if (packages.size() > 1) {
      for (String name : packages) {
        assertTrue(
            Stream.concat(Stream.of("dev.slate.kernel"), Architecture.ROOTS.stream())
                .anyMatch(root -> (name + ".").startsWith(root + ".")),
            name);
        assertTrue(SLATE.containPackage(name), () -> name + " is not on the class path");
      }
    }
  }

  private static Stream<Path> modules() throws IOException {
    try (Stream<Path> poms = Files.find(REPOSITORY, 3, (file, facts) -> file.endsWith("pom.xml"))) {
      List<Path> modules =
          poms.map(pom -> pom.resolveSibling("src/main/java")).filter(Files::isDirectory).toList();
      assertTrue(modules.size() > 10, modules::toString);
      return modules.stream();
    }
  }

  private static Set<String> packages(Path sources) throws IOException {
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.getFileName().toString().matches("(package|module)-info.java"))
          .map(file -> sources.relativize(file.getParent()).toString().replace('/', '.'))
          .collect(Collectors.toSet());
    }
  }

  /** The command line says which option helps; a library is called without one. */
  @ParameterizedTest
  @ValueSource(strings = {"kernel", "data", "sim", "embed", "bench/regression"})
  void onlyCommandsNameOptions(String library) throws IOException {
    List<String> named = new ArrayList<>();
    try (Stream<Path> files = Files.walk(REPOSITORY.resolve(library))) {
      for (Path file : files.filter(ArchitectureTest::isOfALibrary).toList()) {
        List<String> lines = Files.readAllLines(file);
        if (!lines.contains(DECLARES_OPTIONS)) {
          lines.stream()
              .filter(line -> OPTION.matcher(line).find())
              .forEach(line -> named.add(file + ": " + line.strip()));
        }
      }
    }
    assertEquals(List.of(), named);
  }

  private static boolean isOfALibrary(Path file) {
    String path = file.toString().replace('\\', '/');
    return path.contains("/src/main/java/")
        && path.endsWith(".java")
        && OF_COMMANDS.stream().noneMatch(path::contains);
  }

  @Test
  void anOptionIsFound() {
    assertTrue(OPTION.matcher("throw bad(\"--items\")").find());
    assertTrue(OPTION.matcher("\"say --header yes\"").find());
    assertFalse(OPTION.matcher("i--; // --items \"x\"").find());
    assertFalse(OPTION.matcher("\"java --add-modules \" + module").find());
  }

  @Test
  void aCircleIsFound() {
    JavaClasses classes = new ClassFileImporter().importClasses(Goes.class, Comes.class);
    AssertionError found =
        assertThrows(
            AssertionError.class, () -> Architecture.NO_CIRCLE_IN_THE_KERNEL.check(classes));
    assertTrue(found.getMessage().contains("Slice back"), found::getMessage);
  }

  @ParameterizedTest
  @ValueSource(classes = {Index.class, InputException.class})
  void aLibraryExportsOnePackageToAll(Class<?> face) throws Exception {
    assertEquals(Set.of(face.getPackageName()), exported(face));
  }

  @Test
  void theKernelRequiresFastutilAlone() throws Exception {
    Set<String> required =
        module(Index.class).requires().stream()
            .filter(r -> !r.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
            .map(ModuleDescriptor.Requires::name)
            .collect(Collectors.toSet());
    assertEquals(Set.of("java.base", "jdk.jfr", "it.unimi.dsi.fastutil.core"), required);
  }

  private static Set<String> exported(Class<?> face) throws Exception {
    return module(face).exports().stream()
        .filter(export -> !export.isQualified())
        .map(ModuleDescriptor.Exports::source)
        .collect(Collectors.toSet());
  }

  /** The module that a class would be in, were it not on the class path. */
  private static ModuleDescriptor module(Class<?> face) throws Exception {
    URI location = face.getProtectionDomain().getCodeSource().getLocation().toURI();
    return ModuleFinder.of(Path.of(location))
        .find(face.getPackageName())
        .orElseThrow()
        .descriptor();
  }
}
