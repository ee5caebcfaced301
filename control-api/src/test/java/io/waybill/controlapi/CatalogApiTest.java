package io.waybill.controlapi;

import static io.waybill.controlapi.TestWorld.ADMIN;
import static io.waybill.controlapi.TestWorld.DEVICE_17;
import static io.waybill.controlapi.TestWorld.PROJECT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Projects, datasets, describe and the probes. */
class CatalogApiTest {

  private static final String DATASETS = "/v1/projects/" + PROJECT + "/datasets";

  private final TestWorld world = new TestWorld();
  private final HttpCalls admin = world.as(ADMIN);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void projects_are_listed_with_what_the_caller_may_do() {
    JsonNode page = admin.get("/v1/projects?limit=1").json();
    assertThat(page.get("projects").size()).isEqualTo(1);
    JsonNode rest = admin.get("/v1/projects?cursor=" + page.get("next_cursor").asString()).json();
    assertThat(rest.get("projects").size()).isEqualTo(1);
    assertThat(rest.get("next_cursor").isNull()).isTrue();

    JsonNode project = admin.get("/v1/projects/" + PROJECT).json();
    assertThat(project.at("/metadata/site").asString()).isEqualTo("line-3");
    assertThat(project.get("effective_permissions").valueStream().map(JsonNode::asString).toList())
        .isSorted()
        .contains("dataset.download", "dataset.upload");
    JsonNode viewed = world.as(TestWorld.VIEWER).get("/v1/projects/" + PROJECT).json();
    assertThat(viewed.get("effective_permissions").toString())
        .isEqualTo("[\"dataset.view\",\"project.view\"]");
  }

  @Test
  void a_finished_dataset_is_found_and_downloaded() {
    HttpUploads.Made made = HttpUploads.in(world).create(2).send(1, 2);
    HttpAnswer early = admin.post(made.datasetPath() + "/download-url", "");
    assertThat(early.outcome()).isEqualTo("409 dataset.not_ready");
    made.complete();

    JsonNode dataset = admin.get(made.datasetPath()).json();
    assertThat(dataset.get("status").asString()).isEqualTo("READY");
    assertThat(dataset.get("object_size_bytes").longValue()).isEqualTo(2 * TestWorld.PART);
    HttpAnswer url =
        admin.post(
            made.datasetPath() + "/download-url",
            "{\"expires_in_seconds\": 60, \"purpose\": \"training\"}");
    assertThat(url.outcome()).isEqualTo("200");
    assertThat(url.header("Cache-Control")).isEqualTo("no-store");
    assertThat(url.json().get("url").asString()).contains("X-Amz-Expires=60");
    assertThat(
            admin
                .post(made.datasetPath() + "/download-url", "{\"expires_in_seconds\": 1}")
                .fieldErrors())
        .containsExactly("expires_in_seconds upload.url_life_out_of_range");
  }

  @Test
  void a_dataset_whose_upload_was_aborted_gets_its_bytes_from_another() {
    HttpUploads.Made made = HttpUploads.in(world).create(1);
    assertThat(admin.post(made.path() + "/abort", "").outcome()).isEqualTo("200");
    HttpAnswer again =
        admin.post(
            "/v1/projects/" + PROJECT + "/upload-tasks",
            "{\"objects\": [{\"dataset_id\": \"%s\", \"object_name\": \"b\", \"file_size_bytes\": 9}]}"
                .formatted(made.datasetId()));
    assertThat(again.outcome()).isEqualTo("201");
    assertThat(again.json().at("/objects/0/dataset_id").asString()).isEqualTo(made.datasetId());
    assertThat(admin.get(made.datasetPath()).json().get("file_size_bytes").intValue()).isEqualTo(9);
  }

  @Test
  void datasets_are_listed_by_filter() {
    HttpUploads.Made ready = HttpUploads.in(world).create(1).send(1, 1).complete();
    HttpUploads.Made pending = HttpUploads.by(world, DEVICE_17).create(1);

    assertThat(ids("")).containsExactly(pending.datasetId(), ready.datasetId());
    assertThat(ids("?status=READY")).containsExactly(ready.datasetId());
    assertThat(ids("?source_device_id=" + TestWorld.ROBOT_17)).containsExactly(pending.datasetId());
    String of18 = DATASETS + "?source_device_id=" + TestWorld.ROBOT_18;
    assertThat(world.as(DEVICE_17).get(of18).json().get("datasets").size()).isZero();
    assertThat(ids("?search=RUN&created_before=2027-01-01T00:00:00Z")).hasSize(2);
    assertThat(ids("?search=nothing")).isEmpty();
    assertThat(admin.delete(ready.datasetPath()).outcome()).isEqualTo("204");
    assertThat(ids("?status=DELETED")).containsExactly(ready.datasetId());
    assertThat(admin.get(DATASETS + "?status=PURGED").fieldErrors())
        .containsExactly("status request.unknown_value");
    assertThat(admin.get(DATASETS + "?status=DONE&include=all").fieldErrors())
        .containsExactly("status request.unknown_value", "include request.unknown_field");
    assertThat(admin.get(DATASETS + "/" + TestWorld.id(9)).outcome())
        .isEqualTo("404 dataset.not_found");
  }

  @Test
  void describe_tells_limits_and_who_asks() {
    JsonNode forDevice = world.as(DEVICE_17).get("/v1/describe").json();

    assertThat(forDevice.at("/device/device_code").asString()).isEqualTo("robot-17");
    assertThat(forDevice.at("/limits/max_http_body_bytes").intValue())
        .isEqualTo(ApiSettings.DEFAULT.maxBodyBytes());
    JsonNode forPerson = admin.get("/v1/describe").json();
    assertThat(forPerson.get("device").isNull()).isTrue();
    assertThat(forPerson.get("development_seed").booleanValue()).isFalse();
  }

  @Test
  void readiness_really_asks() {
    assertThat(world.anybody().get("/readyz").json().get("status").asString()).isEqualTo("up");

    world.store.down = true;
    HttpAnswer answer = world.anybody().get("/readyz");

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.json().get("checks").toString())
        .isEqualTo(
            "[{\"name\":\"database\",\"status\":\"up\"},{\"name\":\"storage\",\"status\":\"down\"}]");
    assertThat(world.anybody().get("/healthz").status()).isEqualTo(200);
  }

  @Test
  void a_database_that_is_away_is_told_and_nothing_more() {
    world.database.down = true;

    HttpAnswer answer = admin.get("/v1/projects");

    assertThat(answer.outcome()).isEqualTo("503 database.unavailable");
    assertThat(answer.header("Retry-After")).isEqualTo("2");
    world.database.down = false;
    assertThat(admin.get("/v1/projects").outcome()).isEqualTo("200");
  }

  private List<String> ids(String query) {
    return admin
        .get(DATASETS + query)
        .json()
        .get("datasets")
        .valueStream()
        .map(dataset -> dataset.get("dataset_id").asString())
        .toList();
  }
}
