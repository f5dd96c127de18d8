package dev.slate.sim;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.slate.sim.cycle.AsksForATable;
import dev.slate.sim.cycle.table.IsWrittenByAnAsker;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * No two packages depend on each other in a circle. The root package counts as two: its values,
 * which need no other package, and its entry points, which do. What carries a run out uses values
 * only.
 */
class PackagesTest {
  private static final String ROOT = "dev.slate.sim";
  private static final Pattern OPTION = Pattern.compile("--[a-z]");

  private static final JavaClasses SIM =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  private static ArchRule noCircle(JavaClasses classes, String root) {
    Set<String> entryPoints = entryPoints(classes, root);
    return slices()
        .assignedFrom(
            new SliceAssignment() {
              @Override
              public SliceIdentifier getIdentifierOf(JavaClass type) {
                String place = type.getPackageName();
                if (!place.equals(root) && !place.startsWith(root + ".")) {
                  return SliceIdentifier.ignore();
                }
                return SliceIdentifier.of(
                    entryPoints.contains(outermost(type)) ? place + " (entry points)" : place);
              }

              @Override
              public String getDescription() {
                return "packages of " + root;
              }
            })
        .should()
        .beFreeOfCycles();
  }

  /** Classes of the root package that need another package of the module, if only by others. */
  private static Set<String> entryPoints(JavaClasses classes, String root) {
    Set<String> entryPoints = new HashSet<>();
    int before;
    do {
      before = entryPoints.size();
      classes.stream()
          .filter(type -> type.getPackageName().equals(root))
          .filter(
              type ->
                  type.getDirectDependenciesFromSelf().stream()
                      .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                      .anyMatch(
                          target ->
                              target.getPackageName().startsWith(root + ".")
                                  || entryPoints.contains(outermost(target))))
          .forEach(type -> entryPoints.add(outermost(type)));
    } while (entryPoints.size() > before);
    return entryPoints;
  }

  private static String outermost(JavaClass type) {
    return type.getName().replaceFirst("\\$.*", "");
  }

  @Test
  void noTwoPackagesDependOnEachOther() {
    noCircle(SIM, ROOT).check(SIM);
  }

  @Test
  void aCircleIsFound() {
    JavaClasses circle =
        new ClassFileImporter().importClasses(AsksForATable.class, IsWrittenByAnAsker.class);
    ArchRule rule = noCircle(circle, "dev.slate.sim.cycle");
    AssertionError found = assertThrows(AssertionError.class, () -> rule.check(circle));
    assertTrue(found.getMessage().contains("Cycle detected"), found::getMessage);
  }

  @Test
  void theSimulationAloneIsAnEntryPoint() {
    assertEquals(Set.of(ROOT + ".Simulation"), entryPoints(SIM, ROOT));
  }

  @Test
  void onlyCommandsKnowOptions() {
    assertEquals(
        Set.of(),
        SIM.stream()
            .filter(type -> !type.getPackageName().equals(ROOT + ".cli"))
            .map(JavaClass::getName)
            .filter(PackagesTest::namesAnOption)
            .collect(Collectors.toSet()));
    assertTrue(namesAnOption(ROOT + ".cli.RunOptions"));
  }

  /** Whether a string that begins like an option stands among a class file's constants. */
  private static boolean namesAnOption(String type) {
    try (InputStream in =
        PackagesTest.class.getResourceAsStream("/" + type.replace('.', '/') + ".class")) {
      return OPTION.matcher(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1)).find();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
