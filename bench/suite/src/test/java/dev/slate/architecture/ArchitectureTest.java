package dev.slate.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import dev.slate.data.breaks.RunsBenchmarks;
import dev.slate.kernel.Index;
import dev.slate.kernel.ShowsItsInside;
import dev.slate.kernel.back.Comes;
import dev.slate.kernel.breaks.KnowsTheFace;
import dev.slate.kernel.breaks.ParsesOptions;
import dev.slate.kernel.breaks.ReadsFiles;
import dev.slate.kernel.there.Goes;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {
  private static final JavaClasses SLATE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.slate");

  static List<ArchRule> rules() {
    return Architecture.RULES;
  }

  static Stream<Arguments> breaches() {
    return Stream.of(
        Arguments.of(Architecture.KERNEL_KNOWS_NOBODY, ReadsFiles.class),
        Arguments.of(Architecture.THE_KERNELS_INSIDE_KNOWS_VALUES_OF_THE_FACE, KnowsTheFace.class),
        Arguments.of(Architecture.KERNEL_NEEDS_ONLY_FASTUTIL, ParsesOptions.class),
        Arguments.of(Architecture.DATA_KNOWS_THE_KERNEL, RunsBenchmarks.class),
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
