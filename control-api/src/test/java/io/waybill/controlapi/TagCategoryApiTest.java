package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code /v1/projects/{project_id}/tag-categories}. */
class TagCategoryApiTest {

  private static final String CATEGORIES = "/v1/projects/" + TestWorld.PROJECT + "/tag-categories";

  private final TestWorld world = new TestWorld();
  private final HttpCalls admin = world.as(TestWorld.ADMIN);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void a_category_is_made_listed_changed_and_deleted() {
    JsonNode made = created("{\"name\": \"shift\", \"description\": \"by day\"}");
    assertThat(made.propertyNames())
        .containsExactlyInAnyOrder(
            "tag_category_id",
            "project_id",
            "name",
            "description",
            "version",
            "created_at",
            "updated_at");
    assertThat(admin.get(CATEGORIES).json().at("/tag_categories/0")).isEqualTo(made);

    JsonNode changed = admin.patch(path(made), "{\"name\": \"crew\", \"version\": 1}").json();
    assertThat(changed.get("name").asString()).isEqualTo("crew");
    assertThat(changed.get("description").asString()).isEqualTo("by day");
    assertThat(changed.get("version").asLong()).isEqualTo(2);
    assertThat(admin.patch(path(made), "{\"version\": 1}").outcome())
        .isEqualTo("409 request.version_conflict");
    JsonNode bare = admin.patch(path(made), "{\"description\": \"\"}").json();
    assertThat(bare.get("description").isNull()).isTrue();

    HttpAnswer deleted = admin.delete(path(made));
    assertThat(deleted.outcome()).isEqualTo("204");
    assertThat(deleted.text()).isEmpty();
    assertThat(admin.get(CATEGORIES).json().get("tag_categories")).isEmpty();
    assertThat(admin.delete(path(made)).outcome()).isEqualTo("404 tag_category.not_found");
  }

  @Test
  void pages_are_walked_with_the_cursor() {
    for (String name : new String[] {"a", "b", "c"}) {
      created("{\"name\": \"%s\"}".formatted(name));
    }

    JsonNode first = admin.get(CATEGORIES + "?limit=2").json();
    String cursor = first.get("next_cursor").asString();
    JsonNode second = admin.get(CATEGORIES + "?limit=2&cursor=" + cursor).json();

    assertThat(first.at("/tag_categories/0/name").asString()).isEqualTo("c");
    assertThat(first.get("tag_categories")).hasSize(2);
    assertThat(second.at("/tag_categories/0/name").asString()).isEqualTo("a");
    assertThat(second.get("tag_categories")).hasSize(1);
    assertThat(second.get("next_cursor").isNull()).isTrue();
  }

  @Test
  void a_body_that_is_wrong_says_where() {
    assertThat(admin.post(CATEGORIES, "{\"nam\": \"shift\"}").fieldErrors())
        .containsExactlyInAnyOrder("name request.field_required", "nam request.unknown_field");
    assertThat(admin.post(CATEGORIES, "").outcome()).isEqualTo("400 request.malformed");
    assertThat(admin.post(CATEGORIES, "{\"name\": \"\"}").fieldErrors())
        .containsExactly("name request.field_required");
    JsonNode made = created("{\"name\": \"shift\"}");
    assertThat(admin.patch(path(made), "{\"name\": \" \", \"version\": \"1\"}").fieldErrors())
        .containsExactly("version request.field_type");
    assertThat(
            admin.patch(path(made), "{\"name\": \"%s\"}".formatted("x".repeat(101))).fieldErrors())
        .containsExactly("name request.field_too_long");
  }

  private JsonNode created(String body) {
    HttpAnswer made = admin.post(CATEGORIES, body);
    assertThat(made.outcome()).isEqualTo("201");
    return made.json();
  }

  private static String path(JsonNode category) {
    return CATEGORIES + "/" + category.get("tag_category_id").asString();
  }
}
