package io.waybill.acceptance.doors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a door said.
 *
 * @param status of HTTP; 0 over MQTT
 */
record Heard(int status, @Nullable JsonNode result, @Nullable JsonNode error) {

  /** The result of what must have succeeded. */
  JsonNode ok() {
    assertThat(result).as("refused: %s", error).isNotNull();
    return Objects.requireNonNull(result);
  }

  /** The code of what must have been refused. */
  String code() {
    return refusal().path("code").asString();
  }

  JsonNode details() {
    return refusal().path("details");
  }

  /** What is said of single fields, as {@code field code}. */
  List<String> fields() {
    return details()
        .path("errors")
        .valueStream()
        .map(e -> e.path("field").asString() + " " + e.path("code").asString())
        .toList();
  }

  private JsonNode refusal() {
    assertThat(error).as("succeeded: %s", result).isNotNull();
    return Objects.requireNonNull(error);
  }
}
