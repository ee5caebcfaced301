package io.waybill.controlapi;

import static io.waybill.controlapi.Situations.nameOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.controlapi.edge.Needs;
import io.waybill.controlapi.edge.Route;
import io.waybill.core.upload.Limits;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is asked below a project, a dataset or a device that is gone, put away or switched off. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoneParentsTest {

  private static final Limits ROOMY =
      Limits.standard().with(new Limits.Openings(10_000, 10_000, 10_000));

  /** What would bring an archived project new files; all else goes on. */
  private static final Set<String> SHUT_IN_ARCHIVED =
      Set.of(
          "POST /v1/projects/{project_id}/upload-tasks",
          "POST /v1/projects/{project_id}/upload-tasks/{task_id}/objects/{object_id}/retry",
          "POST /v1/projects/{project_id}/datasets");

  /** What is asked of the recycle bin. */
  private static final Map<String, String> OF_THE_BIN =
      Map.of(
          "POST /v1/projects/{project_id}/datasets/{dataset_id}/restore", "200",
          "DELETE /v1/projects/{project_id}/datasets/{dataset_id}/purge", "204",
          "POST /v1/projects/{project_id}/datasets/{dataset_id}/legal-hold", "200",
          "DELETE /v1/projects/{project_id}/datasets/{dataset_id}/legal-hold", "200");

  /** What a device that is switched off cannot do. */
  private static final Map<String, String> NOT_WHILE_DISABLED =
      Map.of(
          "POST /v1/projects/{project_id}/devices/{device_id}/upload", "409 device.invalid_state");

  private final TestWorld world = new TestWorld(ROOMY);
  private final Situations situations = new Situations(world);
  private final HttpCalls admin = world.as(TestWorld.ADMIN);

  @AfterAll
  void close() {
    world.close();
  }

  private Stream<Route> ofProjects() {
    return inProjects().filter(route -> route.template().contains("{project_id}"));
  }

  /** Uploads are in a project that their paths do not name. */
  private Stream<Route> inProjects() {
    return world.routes().stream()
        .filter(route -> route.terms().needs() instanceof Needs.Right)
        .filter(route -> route.template().matches(".*(\\{project_id}|/uploads/).*"));
  }

  private Stream<Route> ofDatasets() {
    return ofProjects().filter(route -> route.template().contains("{dataset_id}"));
  }

  private Stream<Route> ofDevices() {
    return ofProjects()
        .filter(route -> route.template().contains("{device_id}"))
        .filter(route -> !route.template().endsWith("/grant"));
  }

  @ParameterizedTest
  @MethodSource("ofProjects")
  void nothing_is_found_in_a_project_that_was_deleted(Route route) {
    String gone = project();
    assertThat(admin.delete("/v1/projects/" + gone).outcome()).isEqualTo("204");
    situations.path(route);
    String path = route.template().replace("{project_id}", gone);
    boolean isOfItself = !path.contains("{");

    HttpAnswer answer =
        situations.ask(admin, route, path.replaceAll("\\{[a-z_]+}", TestWorld.id(0xfff) + ""));

    assertThat(answer.outcome())
        .as(nameOf(route))
        .matches(isOfItself ? "404 project.not_found" : "404 [a-z_]+\\.not_found");
  }

  @ParameterizedTest
  @MethodSource("inProjects")
  void an_archived_project_takes_no_new_files_and_keeps_all_else(Route route) {
    String path = situations.path(route);
    String project =
        path.startsWith("/v1/projects/") ? path.split("/", -1)[3] : TestWorld.PROJECT.toString();
    admin.post("/v1/projects/" + project + "/archive", "");

    HttpAnswer answer = situations.ask(admin, route, path);

    admin.post("/v1/projects/" + project + "/restore", "");
    assertThat(answer.outcome())
        .as(nameOf(route))
        .isEqualTo(
            SHUT_IN_ARCHIVED.contains(nameOf(route))
                ? "409 project.inactive"
                : "" + route.terms().okStatus());
  }

  @ParameterizedTest
  @MethodSource("ofDatasets")
  void a_dataset_in_the_bin_is_only_found_by_who_brings_it_back_holds_or_purges_it(Route route) {
    String path = situations.path(route);
    admin.delete(path.replaceFirst("(/datasets/[^/]+).*", "$1"));

    assertThat(situations.ask(admin, route, path).outcome())
        .as(nameOf(route))
        .isEqualTo(OF_THE_BIN.getOrDefault(nameOf(route), "404 dataset.not_found"));
  }

  @ParameterizedTest
  @MethodSource("ofDevices")
  void nothing_is_found_of_a_device_that_was_deleted(Route route) {
    String path = situations.path(route);
    assertThat(admin.delete(deviceOf(path)).outcome()).isEqualTo("204");

    assertThat(situations.ask(admin, route, path).outcome())
        .as(nameOf(route))
        .isEqualTo("404 device.not_found");
  }

  @ParameterizedTest
  @MethodSource("ofDevices")
  void a_device_that_is_switched_off_can_be_looked_at_and_changed(Route route) {
    String path = situations.path(route);
    assertThat(admin.post(deviceOf(path) + "/disable", "").outcome()).isEqualTo("200");

    assertThat(situations.ask(admin, route, path).outcome())
        .as(nameOf(route))
        .isEqualTo(NOT_WHILE_DISABLED.getOrDefault(nameOf(route), "" + route.terms().okStatus()));
  }

  private String project() {
    String body = "{\"slug\": \"gone-%d\", \"name\": \"a\"}".formatted(world.rows.commits());
    return admin.post("/v1/projects", body).json().get("project_id").asString();
  }

  private static String deviceOf(String path) {
    return path.replaceFirst("(/devices/[^/]+).*", "$1");
  }
}
