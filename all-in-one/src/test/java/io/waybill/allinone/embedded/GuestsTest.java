package io.waybill.allinone.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.exceptions.ConnectionClosedException;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient.Mqtt5Publishes;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever may not be at the broker any more does not stay there. */
class GuestsTest extends OnEmbeddedBroker {
  @AfterEach
  void forgive() {
    REVOKED.clear();
  }

  @Test
  void a_revoked_device_is_shown_out_and_its_will_is_told() throws Exception {
    CompletableFuture<Throwable> left = new CompletableFuture<>();
    CompletableFuture<Throwable> otherLeft = new CompletableFuture<>();
    Mqtt5BlockingClient gateway = connectedGateway("waybill-gateway-wills");
    try (Mqtt5Publishes told = gateway.publishes(MqttGlobalPublishFilter.ALL)) {
      subscribe(gateway, "device/+/+/presence");
      Mqtt5BlockingClient other = withWill(ROBOT_18, otherLeft);
      withWill(ROBOT_17, left);

      REVOKED.add(ROBOT_17);

      assertThat(next(told)).isEqualTo(own(ROBOT_17, "presence"));
      assertThat(left.get(60, SECONDS))
          .isInstanceOfSatisfying(
              Mqtt5DisconnectException.class,
              why ->
                  assertThat(why.getMqttMessage().getReasonCode())
                      .isEqualTo(Mqtt5DisconnectReasonCode.NOT_AUTHORIZED));
      assertThat(otherLeft).as("another device stays").isNotDone();
      other.disconnect();
    } finally {
      gateway.disconnect();
    }
  }

  @Test
  void a_revoked_3_1_1_client_is_shown_out_too() throws Exception {
    CompletableFuture<Throwable> left = new CompletableFuture<>();
    MqttClient.builder()
        .useMqttVersion3()
        .identifier(ROBOT_18 + "-plc")
        .serverHost("127.0.0.1")
        .serverPort(broker.port())
        .addDisconnectedListener(context -> left.complete(context.getCause()))
        .simpleAuth()
        .username(ROBOT_18.toString())
        .password(secret(ROBOT_18).getBytes(UTF_8))
        .applySimpleAuth()
        .buildBlocking()
        .connect();

    REVOKED.add(ROBOT_18);

    assertThat(left.get(60, SECONDS)).isInstanceOf(ConnectionClosedException.class);
  }

  private static Mqtt5BlockingClient withWill(UUID device, CompletableFuture<Throwable> left) {
    Mqtt5BlockingClient client =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier(device + "-guest")
            .serverHost("127.0.0.1")
            .serverPort(broker.port())
            .addDisconnectedListener(context -> left.complete(context.getCause()))
            .simpleAuth()
            .username(device.toString())
            .password(secret(device).getBytes(UTF_8))
            .applySimpleAuth()
            .willPublish()
            .topic(own(device, "presence"))
            .payload("{}".getBytes(UTF_8))
            .applyWillPublish()
            .buildBlocking();
    client.connect();
    return client;
  }
}
