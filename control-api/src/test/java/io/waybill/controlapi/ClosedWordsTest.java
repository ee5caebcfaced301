package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.app.EventTypes;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.dataset.RecoveryStatus;
import io.waybill.core.dataset.ValidationStatus;
import io.waybill.core.event.EventType;
import io.waybill.core.project.ProjectStatus;
import io.waybill.core.upload.ObjectStatus;
import io.waybill.core.upload.PartStatus;
import io.waybill.core.upload.SessionStatus;
import io.waybill.core.upload.TaskStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Where the words are few and known, the pages list them, and list what the code has. */
class ClosedWordsTest {

  private final JsonNode page = new YAMLMapper().readTree(Path.of("../docs/openapi.yaml").toFile());
  private final JsonNode common =
      JsonMapper.shared()
          .readTree(
              Objects.requireNonNull(
                  ClosedWordsTest.class.getResourceAsStream("/schemas/common.json")));

  @Test
  void the_openapi_page_lists_the_words_of_the_code() {
    Map.of(
            "SessionStatus", names(SessionStatus.values()),
            "ObjectStatus", names(ObjectStatus.values()),
            "TaskStatus", names(TaskStatus.values()),
            "PartStatus", names(PartStatus.values()),
            "DatasetStatus", names(DatasetStatus.values()),
            "EventType", EventTypes.ALL.stream().map(EventType::code).toList(),
            "Dataset/properties/validation_status", names(ValidationStatus.values()),
            "Dataset/properties/recovery_status", names(RecoveryStatus.values()),
            "Project/properties/status", names(ProjectStatus.values()))
        .forEach((where, words) ->
            assertThat(words(page.at("/components/schemas/" + where)))
                .as(where)
                .containsExactlyInAnyOrderElementsOf(words));
  }

  @Test
  void the_schemas_of_the_wire_list_the_words_of_the_code() {
    Map.of(
            "session_status", names(SessionStatus.values()),
            "object_status", names(ObjectStatus.values()),
            "task_status", names(TaskStatus.values()),
            "part_status", names(PartStatus.values()))
        .forEach((where, words) ->
            assertThat(words(common.at("/$defs/" + where)))
                .as(where)
                .containsExactlyInAnyOrderElementsOf(words));
  }

  @Test
  void no_status_is_any_text_at_all() {
    List<String> bare = new ArrayList<>();
    look("", page, bare);
    assertThat(bare).isEmpty();
  }

  private static void look(String where, JsonNode node, List<String> bare) {
    node.properties()
        .forEach(entry -> {
          boolean isStatus = entry.getKey().equals("status") || entry.getKey().endsWith("_status");
          JsonNode schema = entry.getValue();
          if (isStatus && where.endsWith("/properties") && schema.path("type").isString()) {
            bare.add(where + "/" + entry.getKey());
          }
          look(where + "/" + entry.getKey(), schema, bare);
        });
    node.valueStream().filter(one -> node.isArray()).forEach(one -> look(where + "/-", one, bare));
  }

  private static List<String> words(JsonNode schema) {
    return schema.path("enum").valueStream().map(JsonNode::asString).toList();
  }

  private static List<String> names(Enum<?>[] words) {
    return Stream.of(words).map(Enum::name).toList();
  }
}
