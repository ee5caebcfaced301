package io.waybill.acceptance.doors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.MqttSetting;
import io.waybill.wire.DeviceNotice;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The API says whether the agent of a device runs, whatever its end is. */
@Timeout(300)
class AgentPresenceTest {
  private static final UUID DEVICE = DevelopmentIdentities.ROBOT_17;
  private static final String PATH =
      "/v1/projects/" + DevelopmentIdentities.PROJECT + "/devices/" + DEVICE;
  private static final String TOPIC =
      "device/" + DevelopmentIdentities.TENANT + "/" + DEVICE + "/presence";

  @TempDir private Path folder;

  @Test
  void a_daemon_is_online_until_it_is_killed_or_stopped() {
    try (Site site = Site.open(folder)) {
      comesAndGoes(site);
    }
  }

  @Test
  void on_mosquitto_as_well() {
    try (Site site = Site.openOnMosquitto(folder)) {
      comesAndGoes(site);
    }
  }

  private void comesAndGoes(Site site) {
    site.controlApi();
    site.gateway("waybill-gateway-a");
    try (Api people = TwoPartUpload.everything(site)) {
      JsonNode never = people.get(PATH).ok();
      assertThat(never.path("online").asBoolean()).isFalse();
      assertThat(never.path("connection_id").isNull()).as("it has told of nothing").isTrue();

      Instant before = Instant.now().minusSeconds(1);
      Program first = site.agent(folder.resolve("state"), Map.of(), "run");
      JsonNode born = awaits(people, first, true);
      assertThat(Instant.parse(born.path("last_seen_at").asString())).isAfter(before);
      assertThat(born.path("client_version").asString()).isNotEmpty();

      first.kill();
      JsonNode gone = awaits(people, first, false);
      assertThat(gone.path("connection_id")).isEqualTo(born.path("connection_id"));

      Program second = site.agent(folder.resolve("state"), Map.of(), "run");
      JsonNode again = awaits(people, second, true);
      assertThat(again.path("connection_id")).isNotEqualTo(born.path("connection_id"));
      assertThat(second.stop()).as(second.output()).isIn(0, 143);
      awaits(people, second, false);
      assertThat(told(site))
          .containsExactly("device.online", "device.offline", "device.online", "device.offline");
    }
  }

  @Test
  void the_late_end_of_an_old_connection_is_not_the_end_of_the_new_one() {
    try (Site site = Site.open(folder)) {
      site.controlApi();
      Program gateway = site.gateway("waybill-gateway-a");
      try (Api people = TwoPartUpload.everything(site)) {
        Mqtt5BlockingClient old = connected(site.configuration(), "old");
        Awaitility.await()
            .atMost(Duration.ofMinutes(2))
            .until(() -> people.get(PATH).ok().path("connection_id").asString().equals("old"));

        Program agent = site.agent(folder.resolve("state"), Map.of(), "run");
        JsonNode born =
            Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(
                    () -> people.get(PATH).ok(),
                    device -> !device.path("connection_id").asString().equals("old"));

        old.disconnectWith()
            .reasonCode(Mqtt5DisconnectReasonCode.DISCONNECT_WITH_WILL_MESSAGE)
            .send();
        String heard = "device_presence_messages_total{outcome=\"offline\"} ";
        Awaitility.await()
            .atMost(Duration.ofMinutes(2))
            .until(() -> gateway.metrics().contains(heard));
        JsonNode still = people.get(PATH).ok();
        assertThat(still.path("online").asBoolean()).as(agent.output()).isTrue();
        assertThat(still.path("connection_id")).isEqualTo(born.path("connection_id"));
        assertThat(told(site)).containsExactly("device.online");
      }
    }
  }

  /** A connection of the same device, which has been born. */
  private static Mqtt5BlockingClient connected(Configuration configuration, String connection) {
    Mqtt5BlockingClient device =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier(DEVICE + "-" + connection)
            .serverHost(configuration.text(MqttSetting.HOST))
            .serverPort(configuration.port(MqttSetting.PORT))
            .simpleAuth()
            .username(DEVICE.toString())
            .password(DevelopmentIdentities.ROBOT_17_CREDENTIAL.getBytes(UTF_8))
            .applySimpleAuth()
            .willPublish(says(false, connection))
            .buildBlocking();
    device.connect();
    device.publish(says(true, connection));
    return device;
  }

  private static Mqtt5Publish says(boolean isOnline, String connection) {
    return Mqtt5Publish.builder()
        .topic(TOPIC)
        .qos(MqttQos.AT_LEAST_ONCE)
        .retain(true)
        .payload(new DeviceNotice.Presence(isOnline, connection, null).encode())
        .build();
  }

  private static JsonNode awaits(Api people, Program agent, boolean isOnline) {
    return Awaitility.await(agent.output())
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> people.get(PATH).ok(), device -> device.path("online").asBoolean() == isOnline);
  }

  private static List<String> told(Site site) {
    return site.database()
        .texts(
            "select type from outbox_events where aggregate_id = ? and type in"
                + " ('device.online', 'device.offline') order by position",
            DEVICE);
  }
}
