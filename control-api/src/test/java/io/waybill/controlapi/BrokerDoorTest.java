package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.controlapi.broker.BrokerSettings;
import io.waybill.wire.Topics;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What EMQX asks by HTTP, in its documented shapes. */
class BrokerDoorTest {
  private static final String SECRET = "planted_secret_of_the_brokers";
  private static final String GATEWAY_PASSWORD = "planted_secret_of_the_gateways";
  private static final String OWN = "device/" + TestWorld.TENANT + "/" + TestWorld.ROBOT_17 + "/";

  private final TestWorld world = new TestWorld();
  private ControlApi door = world.api;

  @BeforeEach
  void open() {
    door =
        ControlApi.forBrokers(
            ApiSettings.DEFAULT.listeningOn("127.0.0.1", 0),
            new BrokerSettings(
                SECRET, "waybill-gateway", GATEWAY_PASSWORD, new Topics(Topics.DEFAULT_PREFIX)),
            new ApiParts(world.cases, world.registry, List.of(), () -> new UUID(0, 1)));
  }

  @AfterEach
  void close() {
    door.close();
    world.close();
  }

  @Test
  void whoDoesNotKnowTheSecretHearsNothing() {
    HttpCalls stranger = new HttpCalls(door.port(), (method, path, body, answer) -> {});
    assertThat(
            stranger
                .post(
                    "/internal/mqtt/authenticate",
                    login(TestWorld.ROBOT_17, TestWorld.DEVICE_17, ""))
                .status())
        .isEqualTo(401);
    assertThat(
            stranger
                .with("X-Waybill-Secret", "guessed")
                .post("/internal/mqtt/authorize", "{}")
                .status())
        .isEqualTo(401);
    assertThat(broker().get("/v1/projects").status()).as("nothing else is here").isEqualTo(404);
    assertThat(world.as(TestWorld.ADMIN).post("/internal/mqtt/authenticate", "{}").status())
        .as("nor is it at the public port")
        .isEqualTo(404);
  }

  @Test
  void aDeviceConnectsAsItselfWithItsCredential() {
    assertThat(connects(TestWorld.ROBOT_17, TestWorld.DEVICE_17, "")).isTrue();
    assertThat(connects(TestWorld.ROBOT_17, TestWorld.DEVICE_17, "-plc2")).isTrue();
    assertThat(connects(TestWorld.ROBOT_17, TestWorld.DEVICE_17, "-a/b")).as("client id").isFalse();
    assertThat(connects(TestWorld.ROBOT_17, TestWorld.DEVICE_17, "x")).as("client id").isFalse();
    assertThat(connects(TestWorld.ROBOT_17, TestWorld.DEVICE_18, "")).as("of another").isFalse();
    assertThat(connects(TestWorld.ROBOT_17, TestWorld.ADMIN, "")).as("an API key").isFalse();
    assertThat(connects(TestWorld.ROBOT_17, "wbd_guessed", "")).isFalse();
    assertThat(connects(new UUID(0, 0x19), TestWorld.DISABLED_DEVICE, "")).isFalse();
  }

  /** A broker that took it for a no would end the connections of good devices there. */
  @Test
  void whereTooMuchIsGuessedTheAnswerIsNeitherYesNorNo() {
    int status = 200;
    for (int guess = 0; guess < 200 && status == 200; guess++) {
      String asked = login(TestWorld.ROBOT_17, "wbd_guess_" + guess, "");
      status = broker().post("/internal/mqtt/authenticate", asked).status();
    }
    assertThat(status).isEqualTo(429);
  }

  @Test
  void nobodyConnectsWithTheClientIdOfAnother() {
    String asked =
        """
        {"username": "%s", "password": "%s", "clientid": "%s", "peerhost": "192.0.2.17"}
        """
            .formatted(TestWorld.ROBOT_18, TestWorld.DEVICE_18, TestWorld.ROBOT_17);
    assertThat(allows("authenticate", asked)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "waybill-gateway, waybill-gateway-1, true",
    "waybill-gateway-2, waybill-gateway-2, true",
    "waybill-gateway, robot, false",
    "waybill-gatewayx, waybill-gateway-1, false"
  })
  void aGatewayConnectsWithItsPassword(String user, String clientId, boolean isLetIn) {
    String asked = "{\"username\": \"%s\", \"password\": \"%s\", \"clientid\": \"%s\"}";
    assertThat(allows("authenticate", asked.formatted(user, GATEWAY_PASSWORD, clientId)))
        .isEqualTo(isLetIn);
    assertThat(allows("authenticate", asked.formatted(user, "wrong", clientId))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"username\": null, \"password\": null, \"clientid\": null}",
        "{\"username\": \"waybill-gateway\", \"password\": \"\", \"clientid\": \"waybill-gateway\"}",
        "{\"username\": \"'; drop table devices; --\", \"password\": \"x\", \"clientid\": \"\"}"
      })
  void whatIsMissingOrNonsenseIsDenied(String asked) {
    assertThat(allows("authenticate", asked)).isFalse();
    assertThat(allows("authorize", asked)).isFalse();
  }

  @Test
  void whatCannotBeReadIsNoAnswer() {
    assertThat(broker().post("/internal/mqtt/authenticate", "no JSON").status()).isEqualTo(400);
    String large = "{\"username\": \"" + "x".repeat(20_000) + "\"}";
    assertThat(broker().post("/internal/mqtt/authorize", large).status()).isEqualTo(413);
    world.database.down = true;
    assertThat(
            broker()
                .post(
                    "/internal/mqtt/authenticate",
                    login(TestWorld.ROBOT_17, TestWorld.DEVICE_17, ""))
                .status())
        .isEqualTo(503);
  }

  @ParameterizedTest
  @CsvSource({
    "publish, upload/request, false, true",
    "publish, upload/request, true, false",
    "publish, presence, true, true",
    "publish, upload/command/result, false, true",
    "publish, upload/response, false, false",
    "publish, upload/request/, false, false",
    "subscribe, upload/response/#, false, true",
    "subscribe, upload/response, false, true",
    "subscribe, upload/event, false, true",
    "subscribe, upload/request, false, false",
    "subscribe, #, false, false",
    "subscribe, upload/#, false, false"
  })
  void aDeviceUsesItsOwnTopics(String action, String topic, boolean isRetained, boolean isAllowed) {
    assertThat(uses(action, OWN + topic, isRetained)).isEqualTo(isAllowed);
  }

  @Test
  void aDeviceUsesNobodyElses() {
    String others = "device/" + TestWorld.TENANT + "/" + TestWorld.ROBOT_18 + "/upload/";
    assertThat(uses("publish", others + "request", false)).isFalse();
    assertThat(uses("subscribe", others + "response/#", false)).isFalse();
    String elsewhere = "device/" + TestWorld.OTHER_TENANT + "/" + TestWorld.ROBOT_17 + "/upload/";
    assertThat(uses("publish", elsewhere + "request", false)).as("of a wrong tenant").isFalse();
    assertThat(uses("subscribe", "$share/waybill/" + OWN + "upload/response/#", false)).isFalse();
    assertThat(uses("subscribe", "$share/waybill/device/+/+/upload/request", false)).isFalse();
    assertThat(uses("subscribe", "#", false)).isFalse();
    assertThat(uses("other", OWN + "presence", false)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "subscribe, $share/waybill/device/+/+/upload/request, true",
    "subscribe, device/+/+/presence, true",
    "subscribe, device/+/+/upload/response/#, false",
    "subscribe, #, false",
    "subscribe, $share/waybill/#, false"
  })
  void aGatewayHearsWhatDevicesSay(String action, String topic, boolean isAllowed) {
    assertThat(asGateway(action, topic, false)).isEqualTo(isAllowed);
  }

  @Test
  void aGatewayTellsDevices() {
    assertThat(asGateway("publish", OWN + "upload/response/here", false)).isTrue();
    assertThat(asGateway("publish", OWN + "upload/event", false)).isTrue();
    assertThat(asGateway("publish", OWN + "upload/event", true)).as("retained").isFalse();
    assertThat(asGateway("publish", OWN + "upload/request", false)).isFalse();
    assertThat(asGateway("publish", "anything", false)).isFalse();
  }

  private boolean asGateway(String action, String topic, boolean isRetained) {
    return uses("waybill-gateway-1", "waybill-gateway-1", action, topic, isRetained);
  }

  private boolean uses(String action, String topic, boolean isRetained) {
    String device = TestWorld.ROBOT_17.toString();
    return uses(device, device + "-1", action, topic, isRetained);
  }

  private boolean uses(
      String user, String clientId, String action, String topic, boolean isRetained) {
    String asked =
        """
        {"username": "%s", "clientid": "%s", "action": "%s", "topic": "%s", "qos": 1, "retain": "%s", "peerhost": "192.0.2.17"}
        """
            .formatted(user, clientId, action, topic, isRetained);
    return allows("authorize", asked);
  }

  private boolean connects(UUID device, String credential, String suffix) {
    return allows("authenticate", login(device, credential, suffix));
  }

  private static String login(UUID device, String credential, String suffix) {
    return """
    {"username": "%s", "password": "%s", "clientid": "%s%s", "peerhost": "192.0.2.17"}
    """
        .formatted(device, credential, device, suffix);
  }

  private boolean allows(String question, String asked) {
    HttpAnswer answer = broker().post("/internal/mqtt/" + question, asked);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    String result = answer.json().path("result").asString();
    assertThat(result).isIn("allow", "deny");
    if (question.equals("authenticate") && result.equals("allow")) {
      assertThat(answer.json().path("is_superuser").asBoolean()).isFalse();
    }
    return result.equals("allow");
  }

  private HttpCalls broker() {
    return new HttpCalls(door.port(), (method, path, body, answer) -> {})
        .with("X-Waybill-Secret", SECRET);
  }
}
