package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * No body says {@code default}: generated clients take such a field for one that always has a
 * value. What is meant where a field is absent is said in its description.
 */
class RequestDefaultsTest {

  @Test
  void no_schema_of_the_wire_has_a_default() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("../docs/schemas"))) {
      List<Path> schemas = files.filter(file -> file.toString().endsWith(".json")).toList();
      assertThat(schemas).hasSizeGreaterThan(20);
      assertThat(schemas)
          .allSatisfy(file ->
              assertThat(JsonMapper.shared().readTree(file.toFile()).findParents("default"))
                  .isEmpty());
    }
  }

  @Test
  void no_body_of_the_http_api_has_a_default() {
    JsonNode page = new YAMLMapper().readTree(Path.of("../docs/openapi.yaml").toFile());
    List<JsonNode> bodies = page.path("paths").findValues("requestBody");
    assertThat(bodies).hasSizeGreaterThan(8);
    assertThat(bodies).allSatisfy(body -> assertThat(body.findParents("default")).isEmpty());
    assertThat(page.at("/components/schemas").findParents("default")).isEmpty();
  }
}
