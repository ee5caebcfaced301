package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code …/datasets/bulk}. */
class DatasetBulkApiTest {

  private static final String PROJECT = "/v1/projects/" + TestWorld.PROJECT;
  private static final String DATASETS = PROJECT + "/datasets";
  private static final String BULK = DATASETS + "/bulk";

  private final TestWorld world = new TestWorld();
  private final HttpCalls admin = world.as(TestWorld.ADMIN);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void what_is_wrong_with_one_holds_up_no_other() {
    String first = made("a");
    String second = made("b");
    String nobody = TestWorld.id(0xfff).toString();

    JsonNode results =
        admin
            .patch(
                BULK + "/rename",
                items(
                    item(first, "\"name\": \"c\""),
                    item(nobody, "\"name\": \"d\""),
                    item(second, "\"name\": \"e\", \"version\": 7")))
            .json()
            .get("results");

    assertThat(results.at("/0/version").asLong()).isEqualTo(2);
    assertThat(results.at("/0/error").isNull()).isTrue();
    assertThat(results.at("/1/error/code").asString()).isEqualTo("dataset.not_found");
    assertThat(results.at("/2/error/code").asString()).isEqualTo("request.version_conflict");
    assertThat(results.at("/2/error/details").has("current_version")).isTrue();
    assertThat(name(first)).isEqualTo("c");
    assertThat(name(second)).isEqualTo("b");
  }

  @Test
  void metadata_and_tags_are_given_to_many() {
    String tag =
        admin.post(PROJECT + "/tags", "{\"name\": \"rain\"}").json().get("tag_id").asString();
    String first = made("a");
    String second = made("b");

    admin.patch(
        BULK + "/metadata",
        items(item(first, "\"metadata\": {\"site\": \"x\"}"), item(second, "\"metadata\": {}")));
    admin.patch(
        BULK + "/tags",
        items(
            item(first, "\"tag_ids\": [\"%s\"]".formatted(tag)), item(second, "\"tag_ids\": []")));

    JsonNode changed = admin.get(DATASETS + "/" + first).json();
    assertThat(changed.at("/metadata/site").asString()).isEqualTo("x");
    assertThat(changed.at("/tag_ids/0").asString()).isEqualTo(tag);
    assertThat(changed.get("version").asLong()).isEqualTo(3);
  }

  @Test
  void a_body_that_is_wrong_changes_nothing() {
    String first = made("a");
    String rename = BULK + "/rename";

    assertThat(admin.patch(rename, "{\"items\": []}").status()).isEqualTo(422);
    assertThat(
            admin
                .patch(
                    rename, items(item(first, "\"name\": \"b\""), item(first, "\"name\": \"c\"")))
                .fieldErrors())
        .containsExactly("items request.field_invalid");
    assertThat(admin.patch(BULK + "/tags", items(item(first, "\"name\": \"b\""))).status())
        .isEqualTo(422);
    assertThat(name(first)).isEqualTo("a");
    assertThat(
            world
                .as(TestWorld.OTHER)
                .patch(rename, items(item(first, "\"name\": \"b\"")))
                .outcome())
        .isEqualTo("404 project.not_found");
  }

  private String made(String name) {
    HttpAnswer made = admin.post(DATASETS, "{\"name\": \"%s\"}".formatted(name));
    return made.json().get("dataset_id").asString();
  }

  private String name(String id) {
    return admin.get(DATASETS + "/" + id).json().get("name").asString();
  }

  private static String item(String id, String says) {
    return "{\"dataset_id\": \"%s\", %s}".formatted(id, says);
  }

  private static String items(String... items) {
    return "{\"items\": [%s]}".formatted(String.join(", ", items));
  }
}
