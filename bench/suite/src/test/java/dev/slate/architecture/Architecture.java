package dev.slate.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.properties.HasModifiers.Predicates.modifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rules of the house: {@code kernel <- data <- sim <- bench}, and what each may use. */
final class Architecture {
  private static final Pattern FACE = Pattern.compile("dev\\.slate\\.(kernel|data|sim)");
  private static final Pattern HIDDEN = Pattern.compile(FACE + "\\..+");

  private static final Set<String> VALUES =
      Set.of(
          "Catalog",
          "IndexListener",
          "ItemSet",
          "Metric",
          "Plan",
          "Planning",
          "SearchStats",
          "Strategy");

  /** The parts outside {@code bench}, each with the other parts that it may depend on. */
  static final Map<String, List<String>> MAY_KNOW =
      Map.of(
          "kernel", List.of(),
          "data", List.of("kernel"),
          "sim", List.of("kernel", "data"),
          "recommend", List.of("kernel", "data", "sim"),
          "micrometer", List.of("kernel"),
          "spark", List.of("kernel"),
          "service", List.of("kernel", "data", "micrometer"));

  static final ArchRule REGRESSION_KNOWS_NO_OTHER_PART =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.slate.bench.results..",
              "dev.slate.bench.commits..",
              "dev.slate.bench.compare..",
              "dev.slate.bench.gate..",
              "dev.slate.bench.history..",
              "dev.slate.bench.provenance..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.slate..")
                  .and(
                      resideOutsideOfPackages(
                          "dev.slate.bench.results..",
                          "dev.slate.bench.commits..",
                          "dev.slate.bench.compare..",
                          "dev.slate.bench.gate..",
                          "dev.slate.bench.history..",
                          "dev.slate.bench.provenance..")));

  static final ArchRule KERNEL_NEEDS_ONLY_FASTUTIL =
      classes()
          .that()
          .resideInAPackage("dev.slate.kernel..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.slate.kernel..",
              "java..",
              "jdk.incubator.vector..",
              "jdk.jfr..",
              "it.unimi.dsi.fastutil..",
              "org.jspecify.annotations..");

  static final ArchRule PACKAGES_ARE_NAMED_FOR_WHAT_THEY_HOLD =
      noClasses()
          .that()
          .resideInAPackage("dev.slate..")
          .should()
          .resideInAnyPackage(
              "..util..", "..utils..", "..common..", "..misc..", "..helper..", "..manager..");

  static final ArchRule ONLY_MAIN_ENDS_THE_JVM =
      noClasses()
          .that()
          .resideInAPackage("dev.slate..")
          .and()
          .doNotHaveFullyQualifiedName("dev.slate.bench.Main")
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class);

  static final ArchRule PUBLIC_FACES_SHOW_ONLY_THEMSELVES =
      codeUnits()
          .that()
          .areDeclaredInClassesThat(
              modifier(JavaModifier.PUBLIC).<JavaClass>forSubtype().and(belongToAPublicFace()))
          .and(arePublicOrProtected())
          .should(mentionNoType(hiddenInAModule()));

  /** Classes of the face that the kernel's inside may know: values, which know nothing of it. */
  static final ArchRule THE_KERNELS_INSIDE_KNOWS_VALUES_OF_THE_FACE =
      noClasses()
          .that()
          .resideInAPackage("dev.slate.kernel.(*)..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.slate.kernel")
                  .and(
                      DescribedPredicate.not(
                          DescribedPredicate.describe(
                              "are values", type -> VALUES.contains(type.getSimpleName())))));

  /**
   * The kernel's face is left to the rule above, by names: its values make themselves ({@code
   * Catalog.of}) or hold a class of the inside ({@code SearchStats}), so that {@link #noCircle}
   * would take them for entry points.
   */
  static final ArchRule NO_CIRCLE_IN_THE_KERNEL =
      slices().matching("dev.slate.kernel.(*)..").should().beFreeOfCycles();

  /** Roots of the other modules with several packages; those of {@code bench} share one. */
  static final List<String> ROOTS =
      List.of(
          "dev.slate.bench",
          "dev.slate.data",
          "dev.slate.recommend",
          "dev.slate.service",
          "dev.slate.sim");

  static final List<ArchRule> RULES =
      List.of(
          THE_KERNELS_INSIDE_KNOWS_VALUES_OF_THE_FACE,
          NO_CIRCLE_IN_THE_KERNEL,
          REGRESSION_KNOWS_NO_OTHER_PART,
          KERNEL_NEEDS_ONLY_FASTUTIL,
          PACKAGES_ARE_NAMED_FOR_WHAT_THEY_HOLD,
          ONLY_MAIN_ENDS_THE_JVM,
          PUBLIC_FACES_SHOW_ONLY_THEMSELVES);

  private Architecture() {}

  /** A part depends on the parts that {@link #MAY_KNOW} lists for it, and on no other. */
  static ArchRule knowsOnlyWhatItMay(String part) {
    String[] known =
        Stream.concat(Stream.of(part), MAY_KNOW.get(part).stream())
            .map(each -> "dev.slate." + each + "..")
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage("dev.slate." + part + "..")
        .should()
        .dependOnClassesThat(resideInAPackage("dev.slate..").and(resideOutsideOfPackages(known)))
        .allowEmptyShould(true);
  }

  /**
   * No two packages depend on each other in a circle. The root package counts as two: its values,
   * which need no other package, and its entry points, which do. So what carries an entry point out
   * uses values only.
   */
  static ArchRule noCircle(JavaClasses classes, String root) {
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
  static Set<String> entryPoints(JavaClasses classes, String root) {
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

  private static DescribedPredicate<JavaClass> belongToAPublicFace() {
    return DescribedPredicate.describe(
        "belong to a public face", type -> FACE.matcher(type.getPackageName()).matches());
  }

  private static DescribedPredicate<JavaClass> hiddenInAModule() {
    return DescribedPredicate.describe(
        "in an unexported package", type -> HIDDEN.matcher(type.getPackageName()).matches());
  }

  private static DescribedPredicate<JavaCodeUnit> arePublicOrProtected() {
    return DescribedPredicate.describe(
        "are public or protected",
        unit ->
            unit.getModifiers().contains(JavaModifier.PUBLIC)
                || unit.getModifiers().contains(JavaModifier.PROTECTED));
  }

  private static ArchCondition<JavaCodeUnit> mentionNoType(DescribedPredicate<JavaClass> wrong) {
    return new ArchCondition<>("mention no type " + wrong.getDescription()) {
      @Override
      public void check(JavaCodeUnit unit, ConditionEvents events) {
        Stream.concat(
                unit.getReturnType().getAllInvolvedRawTypes().stream(),
                unit.getParameterTypes().stream().flatMap(t -> t.getAllInvolvedRawTypes().stream()))
            .filter(wrong)
            .map(type -> unit.getFullName() + " mentions " + type.getName())
            .forEach(breach -> events.add(SimpleConditionEvent.violated(unit, breach)));
      }
    };
  }
}
