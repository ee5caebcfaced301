package io.waybill.acceptance.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.routes.Caller.Request;
import io.waybill.acceptance.site.Checkout;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The lists of the API, as {@code docs/openapi.yaml} has them, with something in them. */
final class Lists {
  private static final int PART = 5 << 20;
  private static final JsonNode PATHS =
      new YAMLMapper().readTree(Checkout.ROOT.resolve("docs/openapi.yaml").toFile()).get("paths");

  private final Caller caller;
  private final Stage stage;

  Lists(Caller caller, Stage stage) {
    this.caller = caller;
    this.stage = stage;
  }

  /**
   * The templates of all that are read in pages, but for those of recoveries: one at a time is
   * under way, and what one finds are objects of the store.
   */
  static Stream<String> templates() {
    return PATHS.properties().stream()
        .filter(path -> !path.getKey().startsWith("/v1/recoveries"))
        .filter(path -> parameters(path.getValue()).anyMatch(one -> one.endsWith("/cursor")))
        .map(path -> path.getKey());
  }

  /** What else can be asked of one; nothing of what is shared by all lists. */
  static List<String> filters(String template) {
    return PATHS
        .path(template)
        .at("/get/parameters")
        .valueStream()
        .map(one -> one.path("name").asString(""))
        .filter(name -> !name.isEmpty())
        .toList();
  }

  private static Stream<String> parameters(JsonNode path) {
    return path.at("/get/parameters").valueStream().map(one -> one.path("$ref").asString(""));
  }

  /** The path of a list that has more than one page of one row. */
  String filled(String template) {
    String last = template.substring(template.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    return switch (last) {
      case "parts", "events" -> session() + "/" + last;
      case "commands" -> commands();
      case "outbox" -> of("POST /v1/admin/outbox/{delivery_id}/replay", template, false);
      case "members" -> of("POST " + template + "/invite", template, true);
      case "audit-events" -> of("POST /v1/api-keys", template, true);
      default -> of("POST " + template, template, true);
    };
  }

  /** Three rows that a route makes, or that are there before it is asked. */
  private String of(String route, String template, boolean isAsked) {
    for (int n = 0; n < 3; n++) {
      Request request = stage.of(route);
      if (isAsked) {
        caller.did(request.method(), request.path(), request.body());
      }
    }
    return template.replace("{project_id}", stage.project());
  }

  private String commands() {
    Request request = stage.of("POST /v1/projects/{project_id}/devices/{device_id}/upload");
    for (int n = 0; n < 3; n++) {
      caller.did(request.method(), request.path(), request.body());
    }
    return request.path().replaceFirst("/upload$", "/commands");
  }

  /** One with three parts that were sent, as the client says. */
  private String session() {
    String task =
        "{\"objects\": [{\"object_name\": \"a\", \"file_size_bytes\": %d, \"part_size_bytes\": %d}]}"
            .formatted(3 * PART, PART);
    JsonNode made = caller.did("POST", "/v1/projects/" + stage.project() + "/upload-tasks", task);
    String session = "/v1/uploads/" + made.at("/objects/0/session_id").asString();
    for (int part = 1; part <= 3; part++) {
      String sent =
          "{\"parts\": [{\"part_number\": %d, \"etag\": \"e\", \"size_bytes\": %d}]}"
              .formatted(part, PART);
      caller.did("POST", session + "/parts/ack", sent);
    }
    caller.did("POST", session + "/pause", "");
    assertThat(session).isNotEmpty();
    return session;
  }
}
