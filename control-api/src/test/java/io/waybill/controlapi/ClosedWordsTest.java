package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.EntryCode;
import io.waybill.core.ErrorCode;
import io.waybill.core.access.Identity;
import io.waybill.core.access.Origin;
import io.waybill.core.access.Permission;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.access.SubjectKind;
import io.waybill.core.app.EventTypes;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.dataset.PreviewStatus;
import io.waybill.core.dataset.RecoveryStatus;
import io.waybill.core.dataset.ValidationStatus;
import io.waybill.core.delivery.DeliveryStatus;
import io.waybill.core.device.DeviceCommand;
import io.waybill.core.device.DeviceStatus;
import io.waybill.core.diagnosis.Cause;
import io.waybill.core.event.EventType;
import io.waybill.core.project.ProjectStatus;
import io.waybill.core.storage.ChecksumAlgorithm;
import io.waybill.core.upload.LastError;
import io.waybill.core.upload.ObjectStatus;
import io.waybill.core.upload.PartStatus;
import io.waybill.core.upload.SessionStatus;
import io.waybill.core.upload.TaskStatus;
import io.waybill.wire.Command;
import io.waybill.wire.Command.Encoding;
import io.waybill.wire.Command.InflightBehavior;
import io.waybill.wire.Command.PartEncoding;
import io.waybill.wire.Command.PartSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Where the words are few and known, the pages list them, and list what the code has. */
class ClosedWordsTest {

  /** Fields whose words are few and known wherever they stand. */
  private static final Set<String> CLOSED =
      Set.of(
          "actor",
          "checksum_algorithm",
          "client_inflight_behavior",
          "code",
          "effective_permissions",
          "encoding",
          "encodings",
          "method",
          "mqtt_versions",
          "source",
          "status",
          "task_initiator",
          "type");

  private static final String SCHEMAS = "/components/schemas/";
  private static final Path WIRE = Path.of("../docs/schemas");

  private final JsonNode page = new YAMLMapper().readTree(Path.of("../docs/openapi.yaml").toFile());

  @Test
  void the_openapi_page_lists_the_words_of_the_code() {
    Map<String, List<String>> words = new LinkedHashMap<>();
    words.put("SessionStatus", names(SessionStatus.values()));
    words.put("ObjectStatus", names(ObjectStatus.values()));
    words.put("TaskStatus", names(TaskStatus.values()));
    words.put("PartStatus", names(PartStatus.values()));
    words.put("ChecksumAlgorithm", orNull(ChecksumAlgorithm.values()));
    words.put("DatasetStatus", names(DatasetStatus.values()));
    words.put("EventType", EventTypes.ALL.stream().map(EventType::code).toList());
    words.put("Permission", Stream.of(Permission.values()).map(Permission::code).toList());
    words.put("ErrorCode", codes().filter(code -> !code.startsWith("mqtt.")).toList());
    words.put("EntryCode", entryCodes());
    words.put("AuditedType", Stream.of(ResourceKind.values()).map(ResourceKind::code).toList());
    words.put("LastError/properties/code", texts(LastError.Code.values()));
    words.put("Diagnosis/properties/cause", texts(Cause.values()));
    words.put("ValidationStatus", names(ValidationStatus.values()));
    words.put("DeliveryStatus", names(DeliveryStatus.values()));
    words.put("RecoveryStatus", names(RecoveryStatus.values()));
    words.put("PreviewStatus", names(PreviewStatus.values()));
    words.put("Project/properties/status", names(ProjectStatus.values()));
    words.put("Device/properties/status", names(DeviceStatus.values()));
    words.put("DeviceCommand/properties/status", names(DeviceCommand.Status.values()));
    words.put("PartList/properties/source", texts(PartSource.values()));
    words.put("PresignRequest/properties/encoding", orNull(Encoding.values()));
    words.put("NewTask/properties/presign/properties/encoding", orNull(Encoding.values()));
    words.put("Description/properties/encodings/items", texts(Encoding.values()));
    words.forEach((where, expected) -> holds(page, SCHEMAS + where, expected));
    String pause = "/paths/~1v1~1uploads~1{session_id}~1pause/post/requestBody/content/";
    holds(
        page,
        pause + "application~1json/schema/properties/client_inflight_behavior",
        orNull(InflightBehavior.values()));
  }

  private static List<String> entryCodes() {
    return Stream.of(EntryCode.values()).map(EntryCode::code).toList();
  }

  @Test
  void the_schemas_of_the_wire_list_the_words_of_the_code() {
    JsonNode common = wire("common.json");
    holds(common, "/$defs/session_status", names(SessionStatus.values()));
    holds(common, "/$defs/checksum_algorithm", orNull(ChecksumAlgorithm.values()));
    holds(common, "/$defs/object_status", names(ObjectStatus.values()));
    holds(common, "/$defs/task_status", names(TaskStatus.values()));
    holds(common, "/$defs/part_status", names(PartStatus.values()));
    holds(common, "/$defs/error_code", codes().toList());
    holds(common, "/$defs/entry_code", entryCodes());
    holds(common, "/$defs/last_error/properties/code", texts(LastError.Code.values()));
    holds(common, "/$defs/diagnosis/properties/cause", texts(Cause.values()));
    holds(common, "/$defs/encoding", orNull(Encoding.values()));
    holds(wire("result/description.json"), "/properties/encodings/items", texts(Encoding.values()));
    holds(wire("result/part_list.json"), "/properties/source", texts(PartSource.values()));
    JsonNode list = wire("payload/list_parts.json");
    holds(list, "/properties/source", orNull(PartSource.values()));
    holds(list, "/properties/encoding", orNull(PartEncoding.values()));
    holds(
        wire("payload/pause_upload.json"),
        "/properties/client_inflight_behavior",
        orNull(InflightBehavior.values()));
    holds(wire("request.json"), "/properties/command", texts(Command.Name.values()));
    holds(wire("reply.json"), "/then/properties/command", texts(Command.Name.values()));
  }

  @Test
  void an_actor_is_of_a_kind_that_there_is() {
    Pattern actor = Pattern.compile(page.at(SCHEMAS + "Event/properties/actor/pattern").asString());
    assertThat(Origin.WORKER.actor()).matches(actor);
    for (SubjectKind kind : SubjectKind.values()) {
      Identity identity =
          new Identity(
              TestWorld.TENANT,
              kind,
              TestWorld.ROBOT_17,
              "label",
              Identity.Standing.ACTIVE,
              List.of());
      assertThat(identity.actor()).matches(actor);
    }
    assertThat("robot:" + TestWorld.ROBOT_17).doesNotMatch(actor);
  }

  @Test
  void no_field_with_few_words_is_any_text_at_all() throws IOException {
    List<String> bare = new ArrayList<>();
    look("openapi.yaml", page, bare);
    try (Stream<Path> files = Files.walk(WIRE)) {
      files.filter(Files::isRegularFile).forEach(file -> look(file.toString(), read(file), bare));
    }
    assertThat(bare).isEmpty();
  }

  private static void look(String where, JsonNode node, List<String> bare) {
    node.properties()
        .forEach(entry -> {
          String name = entry.getKey();
          JsonNode schema = entry.getValue();
          boolean isClosed = CLOSED.contains(name) || name.endsWith("_status");
          if (isClosed
              && where.endsWith("/properties")
              && (isBare(schema) || isBare(schema.path("items")))) {
            bare.add(where + "/" + name);
          }
          look(where + "/" + name, schema, bare);
        });
    node.valueStream().filter(one -> node.isArray()).forEach(one -> look(where + "/-", one, bare));
  }

  private static boolean isBare(JsonNode schema) {
    return schema.path("type").toString().contains("string")
        && !schema.has("enum")
        && !schema.has("const")
        && !schema.has("pattern");
  }

  private static void holds(JsonNode page, String where, List<String> words) {
    assertThat(page.at(where + "/enum").valueStream().map(JsonNode::asString))
        .as(where)
        .containsExactlyInAnyOrderElementsOf(words);
  }

  private static JsonNode wire(String file) {
    return read(WIRE.resolve(file));
  }

  private static JsonNode read(Path file) {
    return JsonMapper.shared().readTree(file.toFile());
  }

  private static Stream<String> codes() {
    return Stream.of(ErrorCode.values()).map(ErrorCode::code);
  }

  private static List<String> names(Enum<?>[] words) {
    return Stream.of(words).map(Enum::name).toList();
  }

  private static List<String> texts(Enum<?>[] words) {
    return Stream.of(words).map(Enum::toString).toList();
  }

  /** What a request may leave out. */
  private static List<String> orNull(Enum<?>[] words) {
    return Stream.concat(Stream.of(words).map(Enum::toString), Stream.of("")).toList();
  }
}
