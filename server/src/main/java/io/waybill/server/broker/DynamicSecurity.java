package io.waybill.server.broker;

import io.waybill.gateway.ControlTopic;
import io.waybill.gateway.GatewaySettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Mosquitto's dynamic-security plugin, asked over its topic. */
final class DynamicSecurity implements AutoCloseable {
  private static final String TOPIC = "$CONTROL/dynamic-security/v1";
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int PAGE = 200;
  private static final int AT_ONCE = 50;

  private final ControlTopic control;

  private DynamicSecurity(ControlTopic control) {
    this.control = control;
  }

  static DynamicSecurity open(GatewaySettings.Broker broker)
      throws IOException, InterruptedException {
    return new DynamicSecurity(ControlTopic.open(broker, TOPIC));
  }

  List<JsonNode> roles() throws IOException, InterruptedException {
    return all("listRoles", "roles");
  }

  List<JsonNode> clients() throws IOException, InterruptedException {
    return all("listClients", "clients");
  }

  /** What those may do of whom nothing is said. */
  JsonNode defaults() throws IOException, InterruptedException {
    return ask(List.of(Map.of("command", "getDefaultACLAccess"))).get(0).at("/data/acls");
  }

  private List<JsonNode> all(String command, String name) throws IOException, InterruptedException {
    List<JsonNode> found = new ArrayList<>();
    int total;
    do {
      Map<String, Object> page =
          Map.of("command", command, "verbose", true, "count", PAGE, "offset", found.size());
      JsonNode data = ask(List.of(page)).get(0).path("data");
      total = data.path("totalCount").asInt();
      int before = found.size();
      data.path(name).forEach(found::add);
      if (found.size() == before) {
        break;
      }
    } while (found.size() < total);
    return found;
  }

  /** Does all of it; throws when the plugin refuses one, after it has done the others. */
  void obey(List<Map<String, Object>> commands) throws IOException, InterruptedException {
    List<String> refused = new ArrayList<>();
    for (int from = 0; from < commands.size(); from += AT_ONCE) {
      List<Map<String, Object>> some =
          commands.subList(from, Math.min(commands.size(), from + AT_ONCE));
      ask(some)
          .forEach(answer -> {
            if (answer.has("error")) {
              refused.add(
                  answer.path("command").asString() + ": " + answer.path("error").asString());
            }
          });
    }
    if (!refused.isEmpty()) {
      throw new IOException(
          refused.size() + " orders were refused by dynamic security: " + refused.getFirst());
    }
  }

  private JsonNode ask(List<Map<String, Object>> commands)
      throws IOException, InterruptedException {
    byte[] answer = control.ask(JSON.writeValueAsBytes(Map.of("commands", commands)));
    try {
      JsonNode responses = JSON.readTree(answer).path("responses");
      if (responses.isEmpty()) {
        throw new IOException("dynamic security gives an answer without responses");
      }
      return responses;
    } catch (JacksonException e) {
      throw new IOException("dynamic security gives an answer that is no JSON", e);
    }
  }

  @Override
  public void close() {
    control.close();
  }
}
