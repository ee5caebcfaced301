package io.waybill.acceptance.doors;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Device;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One way in. Requests are written once, as MQTT has them (a command, and a payload with the ids
 * inside); the HTTP door moves the ids into the path.
 */
interface Door {

  /** Asks, under a key where one is given. */
  Heard ask(String command, String payload, @Nullable String key);

  default Heard ask(String command, String payload) {
    return ask(command, payload, null);
  }

  /** The result of what must succeed. */
  default JsonNode result(String command, String payload) {
    return ask(command, payload).ok();
  }

  static Door mqtt(Device device) {
    return named("MQTT", (command, payload, key) -> heard(device.ask(command, payload, key)));
  }

  static Door http(String name, Api api) {
    return named(name, new OverHttp(api));
  }

  private static Door named(String name, Door door) {
    return new Door() {
      @Override
      public Heard ask(String command, String payload, @Nullable String key) {
        return door.ask(command, payload, key);
      }

      @Override
      public String toString() {
        return name;
      }
    };
  }

  /** Reads an answer as it came over MQTT. */
  static Heard heard(JsonNode reply) {
    return reply.path("ok").booleanValue()
        ? new Heard(0, reply.path("result"), null)
        : new Heard(0, null, reply.path("error"));
  }

  /** The same commands by their routes. */
  record OverHttp(Api api) implements Door {
    @Override
    public Heard ask(String command, String payload, @Nullable String key) {
      ObjectNode body = (ObjectNode) JsonMapper.shared().readTree(payload);
      String session = "/v1/uploads/" + id(body, "session_id");
      return switch (command) {
        case "create_session" ->
            post("/v1/projects/" + id(body, "project_id") + "/upload-tasks", body, key);
        case "presign_parts" -> post(session + "/parts/presign", body, key);
        case "acknowledge_part" -> post(session + "/parts/ack", body, key);
        case "get_status" -> heard(api.get(session));
        case "list_parts" -> heard(api.get(session + "/parts" + query(body)));
        case "retry_object" -> post(retry(body), body, key);
        default -> post(session + "/" + command.replace("_upload", ""), body, key);
      };
    }

    private static String retry(ObjectNode body) {
      return "/v1/projects/"
          + TwoPartUpload.PROJECT
          + "/upload-tasks/"
          + id(body, "task_id")
          + "/objects/"
          + id(body, "object_id")
          + "/retry";
    }

    private static String id(ObjectNode body, String field) {
      JsonNode id = body.remove(field);
      return id == null ? UUID.randomUUID().toString() : id.asString();
    }

    private static String query(ObjectNode body) {
      StringBuilder query = new StringBuilder();
      body.properties()
          .forEach(field ->
              query
                  .append(query.isEmpty() ? '?' : '&')
                  .append(field.getKey())
                  .append('=')
                  .append(field.getValue().asString()));
      return query.toString();
    }

    private Heard post(String path, ObjectNode body, @Nullable String key) {
      return heard(api.post(path, body.toString(), key));
    }

    private static Heard heard(Api.Answer answer) {
      return answer.status() < 300
          ? new Heard(answer.status(), answer.body(), null)
          : new Heard(answer.status(), null, answer.body().path("error"));
    }
  }
}
