package io.waybill.acceptance.rules;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.Set;
import java.util.TreeSet;

/**
 * The routes of a resource live in a package that is named like its capability in the core, and
 * know of the core only that capability and what every capability speaks.
 */
@AnalyzeClasses(packages = "io.waybill", importOptions = ImportOption.DoNotIncludeTests.class)
class RoutesTest {

  private static final String DOOR = "io.waybill.controlapi.";
  private static final String CORE = "io.waybill.core";

  /** Packages of the door that serve every resource, or brokers instead of people. */
  private static final Set<String> OF_THE_DOOR =
      Set.of("broker", "connection", "edge", "live", "pages");

  @ArchTest
  static void routes_know_only_their_own_capability(JavaClasses all) {
    for (String capability : capabilities(all)) {
      noClasses()
          .that()
          .resideInAPackage(DOOR + capability + "..")
          .should()
          .dependOnClassesThat(coreBut(capability).or(otherRoutes(capability)))
          .check(all);
    }
  }

  @ArchTest
  static void the_routes_of_a_capability_are_where_its_name_is(JavaClasses all) {
    assertThat(capabilities(all)).contains("dataset", "project", "upload");
    assertThat(capabilities(all))
        .allSatisfy(name -> assertThat(all.containPackage(CORE + "." + name)).isTrue());
  }

  private static Set<String> capabilities(JavaClasses all) {
    return all.stream()
        .map(JavaClass::getPackageName)
        .filter(name -> name.startsWith(DOOR))
        .map(name -> name.substring(DOOR.length()))
        .filter(name -> !OF_THE_DOOR.contains(name))
        .collect(toCollection(TreeSet::new));
  }

  private static DescribedPredicate<JavaClass> coreBut(String capability) {
    return resideInAPackage(CORE + "..")
        .and(
            DescribedPredicate.not(
                resideInAnyPackage(
                    CORE,
                    CORE + ".access",
                    CORE + ".idempotency",
                    CORE + "." + capability + "..")));
  }

  private static DescribedPredicate<JavaClass> otherRoutes(String capability) {
    return resideInAPackage("io.waybill.controlapi..")
        .and(DescribedPredicate.not(resideInAnyPackage(DOOR + "edge", DOOR + capability)));
  }
}
