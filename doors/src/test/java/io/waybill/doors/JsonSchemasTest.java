package io.waybill.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.FieldError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonSchemasTest {

  private static final Map<String, Object> SITE =
      Map.of(
          "type",
          "object",
          "required",
          List.of("site"),
          "properties",
          Map.of(
              "site",
              Map.of("type", "string", "pattern", "^line-[0-9]+$"),
              "runs",
              Map.of("type", "array", "items", Map.of("type", "integer"))));

  private final JsonSchemas schemas = new JsonSchemas();

  @Test
  void metadata_that_matches_is_not_complained_of() {
    assertThat(schemas.faultsOf("metadata_schema", SITE)).isEmpty();
    assertThat(schemas.judge("m", Map.of("site", "line-3", "runs", List.of(1L, 2L)), SITE))
        .isEmpty();
  }

  @Test
  void what_does_not_match_is_named_by_its_place() {
    assertThat(places(schemas.judge("m", Map.of("runs", List.of(1L, "two")), SITE)))
        .containsExactlyInAnyOrder(
            "m.site metadata.schema_mismatch", "m.runs[1] metadata.schema_mismatch");
    assertThat(places(schemas.judge("m", Map.of("site", "hall"), SITE)))
        .containsExactly("m.site metadata.schema_mismatch");
  }

  @Test
  void a_schema_that_is_none_is_named_by_its_place() {
    assertThat(places(schemas.faultsOf("s", Map.of("type", "objekt"))))
        .contains("s.type metadata.bad_schema");
    assertThat(
            places(
                schemas.faultsOf("s", Map.of("properties", Map.of("a", Map.of("pattern", "("))))))
        .isNotEmpty();
    assertThat(
            places(
                schemas.faultsOf(
                    "s", Map.of("$schema", "http://json-schema.org/draft-07/schema#"))))
        .containsExactly("s.$schema metadata.bad_schema");
  }

  /** It could fetch, loop, or double with every step. */
  @Test
  void a_schema_refers_to_nothing() {
    Map<String, Object> elsewhere = Map.of("$ref", "http://169.254.169.254/latest");
    assertThat(places(schemas.faultsOf("s", Map.of("items", elsewhere))))
        .containsExactly("s.items.$ref metadata.bad_schema");
    assertThat(places(schemas.faultsOf("s", Map.of("allOf", List.of(Map.of("$ref", "#"))))))
        .containsExactly("s.allOf.$ref metadata.bad_schema");
  }

  /** With backtracking this would not end. */
  @Test
  void a_pattern_takes_time_that_its_text_explains() {
    Map<String, Object> evil = Map.of("properties", Map.of("a", Map.of("pattern", "^(a+)+$")));

    assertThat(schemas.faultsOf("s", evil)).isEmpty();
    assertThat(places(schemas.judge("m", Map.of("a", "a".repeat(8000) + "!"), evil)))
        .containsExactly("m.a metadata.schema_mismatch");
  }

  private static List<String> places(List<FieldError> errors) {
    return errors.stream().map(error -> error.field() + " " + error.code()).toList();
  }
}
