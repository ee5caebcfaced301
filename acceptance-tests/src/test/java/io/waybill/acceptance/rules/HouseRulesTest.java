package io.waybill.acceptance.rules;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;

/** What holds in every module: how packages, fields and libraries are used. */
@AnalyzeClasses(packages = "io.waybill", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {
  @ArchTest
  static final ArchRule json_is_read_and_written_by_one_generation_of_jackson =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.fasterxml.jackson.databind..", "com.fasterxml.jackson.core..");

  @ArchTest
  static final ArchRule nothing_reaches_into_the_jdk =
      noClasses().should().dependOnClassesThat().resideInAnyPackage("sun..", "jdk.internal..");

  @ArchTest
  static final ArchRule programs_log_through_one_door =
      noClasses().should().callMethodWhere(logsBesideSlf4j());

  @ArchTest
  static final ArchRule no_state_is_static =
      fields()
          .that()
          .areStatic()
          .and(not(madeByTheCompiler()))
          .should()
          .beFinal()
          .because("what is static is shared by everything in the process, tests included");

  @ArchTest
  static final ArchRule no_package_is_part_of_a_cycle =
      slices().matching("io.waybill.(**)").should().beFreeOfCycles();

  @ArchTest
  static void every_package_is_null_marked_and_says_what_it_is_for(JavaClasses all) {
    Set<String> unmarked = new TreeSet<>();
    for (JavaClass type : all) {
      JavaPackage home = type.getPackage();
      if (!home.isAnnotatedWith(NullMarked.class)) {
        unmarked.add(home.getName());
      }
    }
    assertThat(unmarked).isEmpty();
  }

  @ArchTest
  static final ArchRule a_use_case_is_final =
      classes()
          .that()
          .resideInAPackage("io.waybill.core..usecase")
          .and()
          .arePublic()
          .and()
          .areTopLevelClasses()
          .should()
          .haveModifier(JavaModifier.FINAL);

  private static DescribedPredicate<JavaMethodCall> logsBesideSlf4j() {
    return DescribedPredicate.describe(
        "logs through java.util.logging",
        call -> call.getTargetOwner().getPackageName().startsWith("java.util.logging"));
  }

  private static DescribedPredicate<JavaField> madeByTheCompiler() {
    return DescribedPredicate.describe("made by the compiler", f -> f.getName().startsWith("$"));
  }
}
