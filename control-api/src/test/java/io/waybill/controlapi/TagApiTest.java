package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code /v1/projects/{project_id}/tags}. */
class TagApiTest {

  private static final String TAGS = "/v1/projects/" + TestWorld.PROJECT + "/tags";

  private final TestWorld world = new TestWorld();
  private final HttpCalls admin = world.as(TestWorld.ADMIN);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void a_tag_is_made_listed_changed_and_deleted() {
    JsonNode made = created("{\"name\": \"shift\", \"description\": \"by day\"}");
    assertThat(made.propertyNames())
        .containsExactlyInAnyOrder(
            "tag_id",
            "project_id",
            "tag_category_id",
            "name",
            "description",
            "version",
            "created_at",
            "updated_at");
    assertThat(admin.get(TAGS).json().at("/tags/0")).isEqualTo(made);

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
    assertThat(admin.get(TAGS).json().get("tags")).isEmpty();
    assertThat(admin.delete(path(made)).outcome()).isEqualTo("404 tag.not_found");
  }

  @Test
  void pages_are_walked_with_the_cursor() {
    for (String name : new String[] {"a", "b", "c"}) {
      created("{\"name\": \"%s\"}".formatted(name));
    }

    JsonNode first = admin.get(TAGS + "?limit=2").json();
    String cursor = first.get("next_cursor").asString();
    JsonNode second = admin.get(TAGS + "?limit=2&cursor=" + cursor).json();

    assertThat(first.at("/tags/0/name").asString()).isEqualTo("c");
    assertThat(first.get("tags")).hasSize(2);
    assertThat(second.at("/tags/0/name").asString()).isEqualTo("a");
    assertThat(second.get("tags")).hasSize(1);
    assertThat(second.get("next_cursor").isNull()).isTrue();
  }

  @Test
  void a_body_that_is_wrong_says_where() {
    assertThat(admin.post(TAGS, "{\"nam\": \"shift\"}").fieldErrors())
        .containsExactlyInAnyOrder("name request.field_required", "nam request.unknown_field");
    assertThat(admin.post(TAGS, "").outcome()).isEqualTo("400 request.malformed");
    assertThat(admin.post(TAGS, "{\"name\": \"\"}").fieldErrors())
        .containsExactly("name request.field_required");
    JsonNode made = created("{\"name\": \"shift\"}");
    assertThat(admin.patch(path(made), "{\"name\": \" \", \"version\": \"1\"}").fieldErrors())
        .containsExactly("version request.field_type");
    assertThat(
            admin.patch(path(made), "{\"name\": \"%s\"}".formatted("x".repeat(101))).fieldErrors())
        .containsExactly("name request.field_too_long");
  }

  private JsonNode created(String body) {
    HttpAnswer made = admin.post(TAGS, body);
    assertThat(made.outcome()).isEqualTo("201");
    return made.json();
  }

  private static String path(JsonNode tag) {
    return TAGS + "/" + tag.get("tag_id").asString();
  }

  @Test
  void a_tag_is_sorted_into_a_category_that_the_project_has() {
    String categories = "/v1/projects/" + TestWorld.PROJECT + "/tag-categories";
    String crew =
        admin.post(categories, "{\"name\": \"crew\"}").json().get("tag_category_id").asString();
    String in = "{\"name\": \"%s\", \"tag_category_id\": \"%s\"}";

    JsonNode made = created(in.formatted("night", crew));
    created("{\"name\": \"rain\"}");

    assertThat(made.get("tag_category_id").asString()).isEqualTo(crew);
    assertThat(admin.get(TAGS + "?tag_category_id=" + crew).json().get("tags"))
        .containsExactly(made);
    assertThat(admin.post(TAGS, in.formatted("day", TestWorld.id(0xfff))).fieldErrors())
        .containsExactly("tag_category_id tag_category.not_found");
    admin.delete(categories + "/" + crew);
    assertThat(admin.get(TAGS).json().at("/tags/1/tag_category_id").isNull()).isTrue();
  }
}
