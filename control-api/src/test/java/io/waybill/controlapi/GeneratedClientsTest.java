package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What clients stumble over that a generator makes of the description. Each rule is one that a
 * generated client of Java or Python could not upload a file without.
 */
class GeneratedClientsTest {

  private static final Set<String> LARGE =
      Set.of("offset_start", "offset_end_exclusive", "size_bytes", "version");

  private final JsonNode page = new YAMLMapper().readTree(Path.of("../docs/openapi.yaml").toFile());

  /** Without it Java, Go and C# take 32 bits, and a file of 3 GiB cannot be named. */
  @Test
  void a_number_that_can_be_large_has_64_bits() {
    List<String> large = new ArrayList<>();
    List<String> narrow = new ArrayList<>();
    each(
        "",
        page,
        (name, schema) -> {
          if (isLarge(name) && schema.path("type").toString().contains("integer")) {
            (schema.path("format").asString("").equals("int64") ? large : narrow).add(name);
          }
        });
    assertThat(large).hasSizeGreaterThan(20);
    assertThat(narrow).isEmpty();
  }

  /** Without it a value has the type of anything. */
  @Test
  void words_have_a_type() {
    List<String> bare = new ArrayList<>();
    each(
        "",
        page,
        (name, schema) -> {
          if ((schema.path("enum").isArray() || schema.path("const").isString())
              && !schema.has("type")) {
            bare.add(name);
          }
        });
    assertThat(bare).isEmpty();
  }

  /** An object that says of itself that it may be null is read as one that never is. */
  @Test
  void an_object_of_an_answer_may_be_null_only_where_it_stands() {
    List<String> nullable = new ArrayList<>();
    each(
        "",
        page,
        (name, schema) -> {
          if (schema.path("type").toString().equals("[\"object\",\"null\"]")) {
            nullable.add(name);
          }
        });
    assertThat(nullable)
        .as("of requests, where a client leaves out what it has not got")
        .containsExactlyInAnyOrder(
            "presign", "checksums", "metadata", "labels", "metadata", "labels");
  }

  /** Two shapes that are told apart by their fields alone are read as neither, or as both. */
  @Test
  void an_answer_has_one_shape_or_is_null() {
    List<String> many = new ArrayList<>();
    each(
        "",
        page,
        (name, schema) -> {
          if (schema.path("oneOf").isArray()
              && !(schema.path("oneOf").size() == 2
                  && schema.at("/oneOf/0/type").asString("").equals("null"))) {
            many.add(name);
          }
        });
    assertThat(many).isEmpty();
  }

  @Test
  void a_body_that_may_be_left_out_may_be_null() {
    try (TestWorld world = new TestWorld()) {
      HttpUploads.Made made = HttpUploads.in(world).create(1);
      HttpCalls admin = world.as(TestWorld.ADMIN);
      for (String action : List.of("/pause", "/resume", "/abort")) {
        assertThat(admin.post(made.path() + action, "null").status()).as(action).isEqualTo(200);
      }
      assertThat(admin.post(made.path() + "/extend", "null").outcome())
          .isEqualTo(admin.post(made.path() + "/extend", "").outcome())
          .isEqualTo("400 request.malformed");
    }
  }

  private static boolean isLarge(String name) {
    return LARGE.contains(name)
        || name.endsWith("_size_bytes")
        || name.equals("additionalProperties");
  }

  private static void each(String name, JsonNode node, BiConsumer<String, JsonNode> rule) {
    rule.accept(name, node);
    node.properties().forEach(child -> each(child.getKey(), child.getValue(), rule));
    if (node.isArray()) {
      node.valueStream().forEach(child -> each(name, child, rule));
    }
  }
}
