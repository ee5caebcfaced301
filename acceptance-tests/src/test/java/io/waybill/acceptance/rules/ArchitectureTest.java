package io.waybill.acceptance.rules;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.waybill.core.app.UseCases;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/** The layers of docs/architecture.md. A rule that is broken here is broken for everyone. */
@AnalyzeClasses(packages = "io.waybill", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String CORE = "io.waybill.core..";
  private static final String WIRE = "io.waybill.wire..";
  private static final String POSTGRES = "io.waybill.postgres..";
  private static final String S3 = "io.waybill.s3..";
  private static final String OIDC = "io.waybill.oidc..";
  private static final String DOORS = "io.waybill.doors..";
  private static final String GATEWAY = "io.waybill.gateway..";
  private static final String CONTROL_API = "io.waybill.controlapi..";
  private static final String AGENT = "io.waybill.agent..";
  private static final String WORKERS = "io.waybill.workers..";
  private static final String VALIDATORS = "io.waybill.validators..";
  private static final String WEBHOOKS = "io.waybill.webhooks..";
  private static final String SERVER = "io.waybill.server..";
  private static final String HIVEMQ = "io.waybill.hivemq..";

  @ArchTest
  static final ArchRule the_core_is_plain_java =
      classes()
          .that()
          .resideInAPackage(CORE)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  CORE,
                  "org.jspecify.annotations..",
                  "java.lang..",
                  "java.math..",
                  "java.nio",
                  "java.nio.charset",
                  "java.security..",
                  "java.text..",
                  "java.time..",
                  "java.util..",
                  "javax.crypto.."));

  @ArchTest
  static final ArchRule the_core_starts_no_thread_and_waits_for_none =
      noClasses()
          .that()
          .resideInAPackage(CORE)
          .should()
          .dependOnClassesThat(
              belongToAnyOf(Thread.class, ThreadLocal.class, Runtime.class, Process.class)
                  .or(resideInAPackage("java.util.concurrent.locks.."))
                  .or(resideInAPackage("java.util.concurrent").and(not(maps()))));

  @ArchTest
  static final ArchRule the_core_reads_no_clock_and_rolls_no_dice =
      noClasses()
          .that()
          .resideInAPackage(CORE)
          .should()
          .callMethodWhere(readsTheWorld())
          .orShould()
          .dependOnClassesThat(
              belongToAnyOf(Clock.class, RandomGenerator.class).as("are clocks or dice"));

  @ArchTest
  static final ArchRule the_wire_protocol_knows_nothing_of_ours =
      noClasses().that().resideInAPackage(WIRE).should().dependOnClassesThat(oursBut(WIRE));

  @ArchTest
  static final ArchRule the_agent_knows_only_the_wire_protocol =
      noClasses().that().resideInAPackage(AGENT).should().dependOnClassesThat(oursBut(AGENT, WIRE));

  @ArchTest
  static final ArchRule adapters_know_only_the_core_and_call_no_use_case =
      noClasses()
          .that()
          .resideInAnyPackage(POSTGRES)
          .should()
          .dependOnClassesThat(oursBut(CORE, POSTGRES).or(useCases()));

  @ArchTest
  static final ArchRule the_storage_adapter_knows_only_the_core_and_calls_no_use_case =
      noClasses()
          .that()
          .resideInAnyPackage(S3)
          .should()
          .dependOnClassesThat(oursBut(CORE, S3).or(useCases()));

  @ArchTest
  static final ArchRule the_issuer_s_adapter_knows_the_core_and_the_wire_and_calls_no_use_case =
      noClasses()
          .that()
          .resideInAnyPackage(OIDC)
          .should()
          .dependOnClassesThat(oursBut(CORE, WIRE, OIDC).or(useCases()));

  @ArchTest
  static final ArchRule what_brings_webhooks_calls_no_use_case =
      noClasses()
          .that()
          .resideInAPackage(WEBHOOKS)
          .should()
          .dependOnClassesThat(oursBut(CORE, WIRE, DOORS, WEBHOOKS).or(useCases()));

  @ArchTest
  static final ArchRule what_the_doors_share_knows_neither_of_them =
      noClasses()
          .that()
          .resideInAPackage(DOORS)
          .should()
          .dependOnClassesThat(oursBut(CORE, WIRE, DOORS));

  @ArchTest
  static final ArchRule transports_never_import_adapters_or_each_other =
      noClasses()
          .that()
          .resideInAnyPackage(GATEWAY)
          .should()
          .dependOnClassesThat(oursBut(CORE, WIRE, DOORS, GATEWAY));

  @ArchTest
  static final ArchRule the_http_door_never_imports_adapters_or_the_other_door =
      noClasses()
          .that()
          .resideInAnyPackage(CONTROL_API)
          .should()
          .dependOnClassesThat(oursBut(CORE, WIRE, DOORS, CONTROL_API));

  @ArchTest
  static final ArchRule a_gateway_s_road_knows_no_broker =
      noClasses()
          .that()
          .resideInAPackage(GATEWAY)
          .and()
          .haveNameNotMatching(
              ".*\\.(Absence|BrokerLink|Intake|Outbound|Connections|Messages|AnonymousDoor|ControlTopic)(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.hivemq..");

  @ArchTest
  static final ArchRule requests_wait_through_a_port =
      noClasses()
          .that()
          .resideInAnyPackage(GATEWAY, "io.waybill.controlapi.edge..")
          .and()
          .doNotHaveSimpleName("AnonymousDoor")
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .dependOnClassesThat(belongToAnyOf(LockSupport.class))
          .orShould()
          .callMethod(Thread.class, "sleep", long.class);

  @ArchTest
  static final ArchRule background_work_knows_only_the_core =
      noClasses()
          .that()
          .resideInAPackage(WORKERS)
          .should()
          .dependOnClassesThat(oursBut(CORE, WORKERS));

  @ArchTest
  static final ArchRule what_looks_into_files_knows_only_the_core_and_the_jdk =
      noClasses()
          .that()
          .resideInAPackage(VALIDATORS)
          .should()
          .dependOnClassesThat(
              oursBut(CORE, VALIDATORS)
                  .or(not(resideInAnyPackage("io.waybill..", "java..", "org.jspecify.."))));

  @ArchTest
  static final ArchRule what_production_runs_knows_nothing_embedded_and_no_agent =
      noClasses()
          .that()
          .resideInAPackage(SERVER)
          .should()
          .dependOnClassesThat(
              oursBut(
                  CORE,
                  WIRE,
                  POSTGRES,
                  S3,
                  OIDC,
                  DOORS,
                  GATEWAY,
                  CONTROL_API,
                  WORKERS,
                  VALIDATORS,
                  WEBHOOKS,
                  SERVER));

  @ArchTest
  static final ArchRule what_runs_in_somebody_else_s_broker_knows_nothing_of_ours =
      noClasses().that().resideInAPackage(HIVEMQ).should().dependOnClassesThat(oursBut(HIVEMQ));

  @ArchTest
  static final ArchRule use_cases_work_on_ports_and_not_on_the_ports_in_memory =
      noClasses()
          .that()
          .resideInAPackage(CORE)
          .and()
          .resideOutsideOfPackage("io.waybill.core.memory..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.waybill.core.memory..");

  private static DescribedPredicate<JavaClass> oursBut(String... packages) {
    return resideInAPackage("io.waybill..").and(not(resideInAnyPackage(packages)));
  }

  private static DescribedPredicate<JavaClass> useCases() {
    return resideInAPackage("io.waybill.core..usecase..").or(belongToAnyOf(UseCases.class));
  }

  /** JDBC's interfaces name java.util.logging in a signature; naming it is not logging. */
  private static DescribedPredicate<JavaClass> maps() {
    return DescribedPredicate.describe("maps", type -> type.getSimpleName().endsWith("Map"));
  }

  private static DescribedPredicate<JavaMethodCall> readsTheWorld() {
    return DescribedPredicate.describe(
        "reads a clock or rolls dice", call -> isOfTheWorld(call.getTarget()));
  }

  private static boolean isOfTheWorld(AccessTarget target) {
    JavaClass owner = target.getOwner();
    String name = target.getName();
    return switch (owner.getName()) {
      case "java.lang.System" -> !Set.of("arraycopy", "identityHashCode").contains(name);
      case "java.lang.Math" -> name.equals("random");
      case "java.util.UUID" -> name.equals("randomUUID");
      case "java.time.InstantSource" -> name.equals("system");
      default -> owner.getPackageName().startsWith("java.time") && name.equals("now");
    };
  }
}
