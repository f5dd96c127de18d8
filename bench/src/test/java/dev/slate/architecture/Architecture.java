package dev.slate.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** The rules of the house: {@code kernel <- data <- sim <- bench}, and what each may use. */
final class Architecture {
  static final ArchRule KERNEL_KNOWS_NOBODY =
      noClasses()
          .that()
          .resideInAPackage("dev.slate.kernel..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.slate.data..", "dev.slate.sim..", "dev.slate.bench..");

  static final ArchRule DATA_KNOWS_THE_KERNEL =
      noClasses()
          .that()
          .resideInAPackage("dev.slate.data..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.slate.sim..", "dev.slate.bench..");

  static final ArchRule SIM_KNOWS_DATA_AND_THE_KERNEL =
      noClasses()
          .that()
          .resideInAPackage("dev.slate.sim..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.slate.bench..")
          .allowEmptyShould(true);

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

  static final List<ArchRule> RULES =
      List.of(
          KERNEL_KNOWS_NOBODY,
          DATA_KNOWS_THE_KERNEL,
          SIM_KNOWS_DATA_AND_THE_KERNEL,
          KERNEL_NEEDS_ONLY_FASTUTIL,
          PACKAGES_ARE_NAMED_FOR_WHAT_THEY_HOLD,
          ONLY_MAIN_ENDS_THE_JVM);

  private Architecture() {}
}
