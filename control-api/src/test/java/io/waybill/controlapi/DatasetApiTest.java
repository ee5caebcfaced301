package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.access.Permission;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What people do with {@code /v1/projects/{project_id}/datasets}. */
class DatasetApiTest {

  private static final String PROJECT = "/v1/projects/" + TestWorld.PROJECT;
  private static final String DATASETS = PROJECT + "/datasets";

  private final TestWorld world = new TestWorld();
  private final HttpCalls admin = world.as(TestWorld.ADMIN);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void a_dataset_is_made_described_and_filled() {
    String tag =
        admin.post(PROJECT + "/tags", "{\"name\": \"rain\"}").json().get("tag_id").asString();
    JsonNode made =
        created(
            """
            {"name": "a run", "metadata": {"site": "halle"}, "labels": {"line": "3"},
             "classification": "INTERNAL", "tag_ids": ["%s"]}
            """
                .formatted(tag));

    assertThat(made.get("status").asString()).isEqualTo("CREATED");
    assertThat(made.get("file_size_bytes").isNull()).isTrue();
    assertThat(made.get("tag_ids")).hasSize(1);
    ObjectNode read = (ObjectNode) admin.get(path(made)).json();
    assertThat(read.at("/diagnosis/cause").asString()).isEqualTo("no_upload");
    assertThat(read.set("diagnosis", made.get("diagnosis"))).isEqualTo(made);
    assertThat(names("?search=HALL&tag_id=" + tag)).containsExactly("a run");
    String fill =
        "{\"objects\": [{\"dataset_id\": \"%s\", \"object_name\": \"b\", \"file_size_bytes\": 9}]}"
            .formatted(made.get("dataset_id").asString());
    assertThat(admin.post(PROJECT + "/upload-tasks", fill).outcome()).isEqualTo("201");
    JsonNode filled = admin.get(path(made)).json();
    assertThat(filled.get("file_size_bytes").asInt()).isEqualTo(9);
    assertThat(filled.at("/labels/line").asString()).isEqualTo("3");
    assertThat(filled.get("tag_ids")).hasSize(1);
    assertThat(admin.delete(path(made)).outcome()).isEqualTo("409 dataset.upload_in_progress");
  }

  @Test
  void a_change_says_which_version_it_has_read() {
    JsonNode made = created("{\"name\": \"a run\", \"classification\": \"INTERNAL\"}");

    JsonNode changed = admin.patch(path(made), "{\"name\": \"by night\", \"version\": 1}").json();
    assertThat(changed.get("version").asLong()).isEqualTo(2);
    assertThat(changed.get("classification").asString()).isEqualTo("INTERNAL");
    assertThat(admin.patch(path(made), "{\"name\": \"c\", \"version\": 1}").outcome())
        .isEqualTo("409 request.version_conflict");
    assertThat(
            admin
                .patch(path(made), "{\"classification\": \"\"}")
                .json()
                .get("classification")
                .isNull())
        .isTrue();
    assertThat(
            admin
                .patch(path(made), "{\"tag_ids\": [\"%s\"]}".formatted(TestWorld.id(9)))
                .fieldErrors())
        .containsExactly("tag_ids tag.not_found");
    assertThat(
            admin
                .patch(
                    path(made),
                    "{\"name\": \" \", \"classification\": \"x\", \"labels\": {\"a\": 1}}")
                .fieldErrors())
        .containsExactly(
            "name request.field_required",
            "labels.a request.field_type",
            "classification request.field_invalid");
  }

  @Test
  void metadata_is_what_the_project_asks_for() {
    admin.patch(PROJECT, "{\"metadata_schema\": {\"type\": \"object\", \"required\": [\"site\"]}}");

    assertThat(admin.post(DATASETS, "{\"name\": \"a run\"}").status()).isEqualTo(422);
    JsonNode made = created("{\"name\": \"a run\", \"metadata\": {\"site\": \"a\"}}");
    assertThat(admin.patch(path(made), "{\"metadata\": {}}").status()).isEqualTo(422);
    assertThat(admin.patch(path(made), "{\"name\": \"another\"}").outcome()).isEqualTo("200");
  }

  @Test
  void what_is_archived_or_deleted_comes_back() {
    HttpUploads.Made ready = HttpUploads.in(world).create(1).send(1, 1).complete();
    String path = ready.datasetPath();

    assertThat(status(admin.post(path + "/archive", ""))).isEqualTo("ARCHIVED");
    assertThat(status(admin.post(path + "/archive", ""))).isEqualTo("ARCHIVED");
    assertThat(admin.post(path + "/download-url", "").outcome()).isEqualTo("409 dataset.not_ready");
    assertThat(admin.delete(path).outcome()).isEqualTo("204");
    assertThat(admin.get(path).outcome()).isEqualTo("404 dataset.not_found");
    assertThat(admin.patch(path, "{\"name\": \"c\"}").outcome()).isEqualTo("404 dataset.not_found");
    assertThat(names("")).isEmpty();
    assertThat(names("?include_deleted=true&status=DELETED")).containsExactly("run.mcap");
    assertThat(status(admin.post(path + "/restore", ""))).isEqualTo("ARCHIVED");
    assertThat(status(admin.post(path + "/restore", ""))).isEqualTo("READY");
    assertThat(admin.post(path + "/download-url", "").outcome()).isEqualTo("200");
    JsonNode bare = created("{\"name\": \"a run\"}");
    assertThat(admin.post(path(bare) + "/archive", "").outcome())
        .isEqualTo("409 dataset.invalid_state");
  }

  @Test
  void a_wrong_key_and_another_tenant_learn_nothing() {
    JsonNode made = created("{\"name\": \"a run\"}");
    HttpCalls other = world.as(TestWorld.OTHER);

    assertThat(other.get(path(made)).outcome()).isEqualTo("404 dataset.not_found");
    assertThat(other.patch(path(made), "{\"name\": \"c\"}").outcome())
        .isEqualTo("404 dataset.not_found");
    assertThat(other.post(DATASETS, "{\"name\": \"c\"}").outcome())
        .isEqualTo("404 project.not_found");
    assertThat(world.as(TestWorld.VIEWER).delete(path(made)).outcome())
        .isEqualTo("403 auth.permission_denied");
    String changer = world.keyWith(Permission.DATASET_UPDATE);
    assertThat(world.as(changer).patch(path(made), "{\"name\": \"c\"}").outcome()).isEqualTo("200");
  }

  @Test
  void a_repeated_call_with_its_key_has_one_effect() {
    HttpCalls keyed = admin.with("Idempotency-Key", "k");
    JsonNode first = keyed.post(DATASETS, "{\"name\": \"a run\"}").json();

    assertThat(keyed.post(DATASETS, "{\"name\": \"a run\"}").json()).isEqualTo(first);
    assertThat(keyed.post(DATASETS, "{\"name\": \"b\"}").outcome())
        .isEqualTo("409 idempotency.key_reused_with_different_request");
    assertThat(names("")).hasSize(1);
  }

  private List<String> names(String query) {
    return admin
        .get(DATASETS + query)
        .json()
        .get("datasets")
        .valueStream()
        .map(dataset -> dataset.get("name").asString())
        .toList();
  }

  private static String status(HttpAnswer answer) {
    assertThat(answer.outcome()).isEqualTo("200");
    return answer.json().get("status").asString();
  }

  private JsonNode created(String body) {
    HttpAnswer made = admin.post(DATASETS, body);
    assertThat(made.outcome()).isEqualTo("201");
    return made.json();
  }

  private static String path(JsonNode dataset) {
    return DATASETS + "/" + dataset.get("dataset_id").asString();
  }
}
