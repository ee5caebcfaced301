package io.waybill.controlapi;

import static io.waybill.controlapi.Situations.nameOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.controlapi.edge.Needs;
import io.waybill.controlapi.edge.Route;
import io.waybill.core.event.AuditEvent;
import io.waybill.core.upload.Limits;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever changes something governed is written down, once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditedRoutesTest {

  private static final Limits ROOMY =
      Limits.standard().with(new Limits.Openings(10_000, 10_000, 10_000));

  /** What asks for what is so already, as their situations have it, changes nothing. */
  private static final Set<String> IS_SO_ALREADY =
      Set.of(
          "PATCH /v1/projects/{project_id}/datasets/bulk/tags",
          "POST /v1/projects/{project_id}/restore",
          "POST /v1/projects/{project_id}/storage-policy",
          "PATCH /v1/projects/{project_id}/members/{subject_id}",
          "POST /v1/projects/{project_id}/members/{subject_id}/enable",
          "POST /v1/projects/{project_id}/devices/{device_id}/grant",
          "POST /v1/projects/{project_id}/devices/{device_id}/enable");

  /** What is committed as an intent, and as an outcome. */
  private static final Set<String> IN_TWO_STEPS =
      Set.of("DELETE /v1/projects/{project_id}/datasets/{dataset_id}/purge");

  /** What asks for something of a resource and changes nothing of it. */
  private static final Set<String> TELLS_NO_STATE =
      Set.of(
          "POST /v1/projects/{project_id}/datasets/{dataset_id}/download-url",
          "POST /v1/projects/{project_id}/devices/{device_id}/upload",
          "POST /v1/admin/outbox/{delivery_id}/replay",
          "POST /v1/webhook-endpoints/{webhook_endpoint_id}/test");

  private final TestWorld world = new TestWorld(ROOMY);
  private final Situations situations = new Situations(world);

  @AfterAll
  void close() {
    world.close();
  }

  private Stream<Route> governed() {
    return changing().filter(route -> !isOfUploads(route));
  }

  private Stream<Route> uploads() {
    return changing().filter(AuditedRoutesTest::isOfUploads);
  }

  private Stream<Route> changing() {
    return world.routes().stream()
        .filter(route -> route.terms().needs() instanceof Needs.Right)
        .filter(route -> !route.method().text().equals("GET"));
  }

  /** Each move of a session is a row, and parts are told by the timeline. */
  private static boolean isOfUploads(Route route) {
    return route.template().contains("/uploads/") || route.template().contains("/upload-tasks");
  }

  @ParameterizedTest
  @MethodSource("governed")
  void a_change_is_one_row(Route route) {
    List<AuditEvent> rows = rowsOf(route);

    assertThat(rows).as(nameOf(route)).hasSize(rowsDue(nameOf(route)));
    if (!rows.isEmpty()) {
      holds(route, rows.getFirst());
    }
  }

  private static int rowsDue(String route) {
    return IS_SO_ALREADY.contains(route) ? 0 : IN_TWO_STEPS.contains(route) ? 2 : 1;
  }

  private static void holds(Route route, AuditEvent row) {
    assertThat(row.actor()).startsWith("api_key:");
    assertThat(row.requestId()).isNotEmpty();
    assertThat(row.result()).isEqualTo("ok");
    assertThat(row.transport()).isEqualTo("http");
    assertThat(row.client().address()).isEqualTo("127.0.0.1");
    assertThat(row.client().userAgent()).isEqualTo("auditor/1");
    statesDue(route)
        .forEach(state -> assertThat(row.details()).as(nameOf(route)).containsKey(state));
    TestWorld.secrets().forEach(secret -> assertThat(row.toString()).doesNotContain(secret));
  }

  /** What was made has no before, and what was taken away may have no after. */
  private static List<String> statesDue(Route route) {
    if (TELLS_NO_STATE.contains(nameOf(route))) {
      return List.of();
    }
    if (route.method().text().equals("DELETE")) {
      return List.of("before");
    }
    return route.terms().okStatus() == 201 ? List.of("after") : List.of("before", "after");
  }

  @ParameterizedTest
  @MethodSource("uploads")
  void a_move_of_an_upload_is_a_row(Route route) {
    List<AuditEvent> rows = rowsOf(route);

    assertThat(rows).as(nameOf(route)).allMatch(row -> row.client().userAgent() != null);
    if (!route.template().endsWith("/ack") && !route.template().endsWith("/extend")) {
      assertThat(rows).as(nameOf(route)).isNotEmpty();
    }
  }

  /** What asking a route once has left. */
  private List<AuditEvent> rowsOf(Route route) {
    String path = situations.path(route);
    int before = world.rows.facts().audit().size();
    HttpCalls admin = world.as(TestWorld.ADMIN).with("User-Agent", "auditor/1");
    HttpAnswer answer = situations.ask(admin, route, path);
    assertThat(answer.status()).as(nameOf(route)).isEqualTo(route.terms().okStatus());
    List<AuditEvent> rows = world.rows.facts().audit();
    return rows.subList(before, rows.size());
  }
}
