package io.waybill.agent.mqtt;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.waybill.agent.control.CommandRoad;
import io.waybill.wire.Topics.Kind;
import java.util.concurrent.CompletableFuture;

/** Where the server asks things of this device, and where it is told what became of them. */
final class CommandTopics {
  private final String command;
  private final String result;
  private final CommandRoad road;

  CommandTopics(MqttSettings settings, CommandRoad road) {
    this.command = settings.topics().of(settings.owner(), Kind.COMMAND);
    this.result = settings.topics().of(settings.owner(), Kind.COMMAND_RESULT);
    this.road = road;
  }

  /** What is said from now on goes this way. */
  void open(Mqtt5AsyncClient client) {
    road.open(bytes -> client.getState().isConnected() ? say(client, bytes) : notConnected());
  }

  private CompletableFuture<?> say(Mqtt5AsyncClient client, byte[] bytes) {
    return client
        .publishWith()
        .topic(result)
        .qos(MqttQos.AT_LEAST_ONCE)
        .contentType("application/json")
        .payload(bytes)
        .send()
        .thenApply(sent -> {
          if (sent.getError().isPresent()) {
            throw new IllegalStateException("the broker did not take it");
          }
          return sent;
        });
  }

  private static CompletableFuture<?> notConnected() {
    return CompletableFuture.failedFuture(new IllegalStateException("not connected"));
  }

  /** Whether this was a command, which is on its way then. */
  boolean took(Mqtt5Publish publish) {
    boolean ours = publish.getTopic().toString().equals(command);
    if (ours) {
      road.heard(publish.getPayloadAsBytes());
    }
    return ours;
  }
}
