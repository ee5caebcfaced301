package io.waybill.server.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.wire.TopicRights;
import io.waybill.wire.Topics;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What dynamic security is told, given what it has. */
class ReconciliationTest {
  private static final String DEVICE = "0190a000-0000-7000-8000-000000000017";
  private static final String STRANGER = "0190a000-0000-7000-8000-000000000099";
  private static final Topics.Owner OWNER =
      new Topics.Owner(
          UUID.fromString("0190a000-0000-7000-8000-000000000001"), UUID.fromString(DEVICE));
  private static final Set<Right> RIGHTS =
      Right.ofDevice(new TopicRights(new Topics("device")), OWNER);
  private static final String SHUT =
      """
      [{"acltype":"publishClientSend","allow":false},{"acltype":"publishClientReceive","allow":false},
       {"acltype":"subscribe","allow":false},{"acltype":"unsubscribe","allow":true}]
      """;
  private static final String AS_IT_SHOULD_BE =
      "{'rolename':'waybill:" + DEVICE + "','acls':[" + acls() + "]}";
  private static final String CLIENT =
      "{'username':'%s','roles':[{'rolename':'waybill:%s'}],'groups':[]}".formatted(DEVICE, DEVICE);

  private static String acls() {
    return RIGHTS.stream()
        .map(right ->
            "{'acltype':'%s','topic':'%s','priority':0,'allow':true}"
                .formatted(right.acltype(), right.topic()))
        .collect(Collectors.joining(","));
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  private static List<String> told(String defaults, List<String> roles, List<String> clients) {
    List<Map<String, Object>> orders =
        Reconciliation.of(
            Map.of(DEVICE, RIGHTS),
            json(defaults),
            roles.stream().map(ReconciliationTest::json).toList(),
            clients.stream().map(ReconciliationTest::json).toList());
    return orders.stream()
        .map(order ->
            order.get("command") + " " + order.getOrDefault("username", order.get("rolename")))
        .toList();
  }

  @Test
  void what_is_as_it_should_be_is_let_be_and_so_is_the_operator() {
    assertThat(
            told(
                SHUT,
                List.of(AS_IT_SHOULD_BE, "{'rolename':'admin','acls':[]}"),
                List.of(CLIENT, "{'username':'operator','roles':[{'rolename':'admin'}]}")))
        .isEmpty();
  }

  @Test
  void a_broker_that_has_lost_everything_is_told_everything() {
    assertThat(told("[]", List.of(), List.of()))
        .containsExactly(
            "setDefaultACLAccess null", "createRole waybill:" + DEVICE, "createClient " + DEVICE);
  }

  @Test
  void who_is_not_wanted_goes_first() {
    assertThat(
            told(
                SHUT,
                List.of("{'rolename':'waybill:" + STRANGER + "','acls':[]}"),
                List.of("{'username':'" + STRANGER + "','roles':[]}")))
        .containsExactly(
            "deleteClient " + STRANGER,
            "deleteRole waybill:" + STRANGER,
            "createRole waybill:" + DEVICE,
            "createClient " + DEVICE);
  }

  @Test
  void rights_and_roles_that_were_changed_are_mended() {
    String more =
        AS_IT_SHOULD_BE.replace("]}", ",{'acltype':'subscribePattern','topic':'#','allow':true}]}");
    assertThat(told(SHUT, List.of(more), List.of(CLIENT)))
        .containsExactly("modifyRole waybill:" + DEVICE);
    assertThat(
            told(
                SHUT,
                List.of(AS_IT_SHOULD_BE),
                List.of(CLIENT.replace("'groups':[]", "'groups':[{'groupname':'all'}]"))))
        .containsExactly("modifyClient " + DEVICE);
    assertThat(
            told(
                SHUT,
                List.of(AS_IT_SHOULD_BE),
                List.of(CLIENT.replace("'groups':[]", "'groups':[],'disabled':true"))))
        .containsExactly("enableClient " + DEVICE);
  }
}
