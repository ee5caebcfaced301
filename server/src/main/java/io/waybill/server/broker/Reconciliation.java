package io.waybill.server.broker;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What must be done so that dynamic security holds who is wanted with the rights that they have,
 * and no other device. Whoever is neither a device nor was made by us is the operator's.
 */
final class Reconciliation {
  private static final String OURS = "waybill:";
  private static final Map<String, Boolean> DEFAULTS =
      Map.of(
          "publishClientSend", false,
          "publishClientReceive", false,
          "subscribe", false,
          "unsubscribe", true);

  private final Map<String, Set<Right>> wanted;
  private final List<Map<String, Object>> commands = new ArrayList<>();

  private Reconciliation(Map<String, Set<Right>> wanted) {
    this.wanted = wanted;
  }

  /**
   * The commands, which put first what takes something away.
   *
   * @param wanted what each user may do
   */
  static List<Map<String, Object>> of(
      Map<String, Set<Right>> wanted,
      JsonNode defaults,
      List<JsonNode> roles,
      List<JsonNode> clients) {
    Reconciliation plan = new Reconciliation(wanted);
    plan.shut(defaults);
    plan.remove(roles, clients);
    plan.roles(roles);
    plan.clients(clients);
    return plan.commands;
  }

  private void shut(JsonNode defaults) {
    Map<String, Boolean> now =
        defaults
            .valueStream()
            .collect(
                toMap(one -> one.path("acltype").asString(), one -> one.path("allow").asBoolean()));
    if (!now.equals(DEFAULTS)) {
      List<Map<String, Object>> acls =
          DEFAULTS.entrySet().stream()
              .map(one -> Map.<String, Object>of("acltype", one.getKey(), "allow", one.getValue()))
              .toList();
      commands.add(Map.of("command", "setDefaultACLAccess", "acls", acls));
    }
  }

  /** Mosquitto disconnects who is deleted. */
  private void remove(List<JsonNode> roles, List<JsonNode> clients) {
    for (JsonNode client : clients) {
      String name = client.path("username").asString();
      boolean isOurs =
          DeviceNames.isOne(name) || rolesOf(client).stream().anyMatch(r -> r.startsWith(OURS));
      if (isOurs && !wanted.containsKey(name)) {
        commands.add(Map.of("command", "deleteClient", "username", name));
      }
    }
    for (JsonNode role : roles) {
      String name = role.path("rolename").asString();
      if (name.startsWith(OURS) && !wanted.containsKey(name.substring(OURS.length()))) {
        commands.add(Map.of("command", "deleteRole", "rolename", name));
      }
    }
  }

  private void roles(List<JsonNode> roles) {
    Map<String, JsonNode> there =
        roles.stream()
            .collect(
                toMap(role -> role.path("rolename").asString(), role -> role, (one, _) -> one));
    wanted.forEach((user, rights) -> {
      JsonNode role = there.get(OURS + user);
      if (role == null || !rightsOf(role).equals(Set.copyOf(acls(rights)))) {
        commands.add(
            Map.of(
                "command",
                role == null ? "createRole" : "modifyRole",
                "rolename",
                OURS + user,
                "acls",
                acls(rights)));
      }
    });
  }

  private void clients(List<JsonNode> clients) {
    Map<String, JsonNode> there =
        clients.stream()
            .collect(toMap(one -> one.path("username").asString(), one -> one, (one, _) -> one));
    for (String user : wanted.keySet()) {
      JsonNode client = there.get(user);
      if (client == null) {
        commands.add(with("createClient", user));
      } else if (!rolesOf(client).equals(Set.of(OURS + user)) || !client.path("groups").isEmpty()) {
        commands.add(with("modifyClient", user));
      }
      if (client != null && client.path("disabled").asBoolean(false)) {
        commands.add(Map.of("command", "enableClient", "username", user));
      }
    }
  }

  private static Map<String, Object> with(String command, String user) {
    return Map.of(
        "command",
        command,
        "username",
        user,
        "groups",
        List.of(),
        "roles",
        List.of(Map.of("rolename", OURS + user)));
  }

  private static List<Map<String, Object>> acls(Set<Right> rights) {
    return rights.stream()
        .map(right ->
            Map.<String, Object>of(
                "acltype", right.acltype(), "topic", right.topic(), "allow", true))
        .toList();
  }

  private static Set<Map<String, Object>> rightsOf(JsonNode role) {
    return role.path("acls")
        .valueStream()
        .map(acl ->
            Map.<String, Object>of(
                "acltype", acl.path("acltype").asString(),
                "topic", acl.path("topic").asString(),
                "allow", acl.path("allow").asBoolean()))
        .collect(toSet());
  }

  private static Set<String> rolesOf(JsonNode client) {
    return new HashSet<>(
        client.path("roles").valueStream().map(role -> role.path("rolename").asString()).toList());
  }
}
