package io.waybill.acceptance.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rooms of the core lie one above the other, in the order of docs/architecture.md. What is
 * below knows nothing of what is above: access, events and the memory of requests serve every
 * capability and name none.
 */
@AnalyzeClasses(packages = "io.waybill.core", importOptions = ImportOption.DoNotIncludeTests.class)
class CoreLayersTest {

  private static final String CORE = "io.waybill.core";

  /** From the lowest; a room's use cases come with it where nothing else is said. */
  private static final List<Set<String>> UPWARDS =
      List.of(
          Set.of(""),
          Set.of("trace"),
          Set.of("storage"),
          Set.of("diagnosis"),
          Set.of("access"),
          Set.of("work"),
          Set.of("event"),
          Set.of("idempotency"),
          Set.of("access.usecase", "idempotency.usecase"),
          Set.of("audit", "audit.usecase"),
          Set.of("delivery", "delivery.usecase"),
          Set.of("webhook", "webhook.usecase"),
          Set.of("quota", "quota.usecase"),
          Set.of("policy", "policy.usecase"),
          Set.of("project", "project.usecase"),
          Set.of("member", "member.usecase"),
          Set.of("tag", "tag.usecase"),
          Set.of("device", "device.usecase"),
          Set.of("dataset", "dataset.usecase"),
          Set.of("validation", "validation.usecase"),
          Set.of("upload", "upload.usecase"),
          Set.of("recovery", "recovery.usecase"),
          Set.of("app"),
          Set.of("memory"));

  @ArchTest
  static void a_room_knows_only_what_lies_below_it(JavaClasses core) {
    for (int floor = 0; floor < UPWARDS.size(); floor++) {
      String[] above =
          UPWARDS.subList(floor + 1, UPWARDS.size()).stream()
              .flatMap(Set::stream)
              .map(CoreLayersTest::packageOf)
              .toArray(String[]::new);
      if (above.length > 0) {
        noClasses()
            .that()
            .resideInAnyPackage(packages(UPWARDS.get(floor)))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(above)
            .check(core);
      }
    }
  }

  @ArchTest
  static void every_package_of_the_core_has_its_floor(JavaClasses core) {
    Set<String> known =
        UPWARDS.stream()
            .flatMap(Set::stream)
            .map(CoreLayersTest::packageOf)
            .collect(Collectors.toSet());
    assertThat(core.stream().map(JavaClass::getPackageName).collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(known);
  }

  private static String[] packages(Set<String> rooms) {
    return rooms.stream().map(CoreLayersTest::packageOf).toArray(String[]::new);
  }

  private static String packageOf(String room) {
    return room.isEmpty() ? CORE : CORE + "." + room;
  }
}
