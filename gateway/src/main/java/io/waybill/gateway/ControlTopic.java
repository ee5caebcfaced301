package io.waybill.gateway;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A conversation with a broker itself, over a topic on which it takes orders and the one below on
 * which it answers each of them.
 */
public final class ControlTopic implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 10;

  private final Mqtt5AsyncClient client;
  private final String topic;
  private final LinkedBlockingQueue<byte[]> answers = new LinkedBlockingQueue<>();

  private ControlTopic(Mqtt5AsyncClient client, String topic) {
    this.client = client;
    this.topic = topic;
  }

  /** Connects; throws when the broker is not there, or does not let this user in or ask. */
  public static ControlTopic open(GatewaySettings.Broker broker, String topic)
      throws IOException, InterruptedException {
    Mqtt5AsyncClient client = Connections.identified(broker).buildAsync();
    ControlTopic opened = new ControlTopic(client, topic);
    client.publishes(
        MqttGlobalPublishFilter.ALL, message -> opened.answers.add(message.getPayloadAsBytes()));
    try {
      await(client.connectWith().cleanStart(true).send());
      await(
          client
              .subscribeWith()
              .topicFilter(topic + "/response")
              .qos(MqttQos.AT_LEAST_ONCE)
              .send());
      return opened;
    } catch (IOException | InterruptedException e) {
      opened.close();
      throw e;
    }
  }

  /** The answer to one order. */
  public byte[] ask(byte[] order) throws IOException, InterruptedException {
    answers.clear();
    await(client.publishWith().topic(topic).qos(MqttQos.AT_LEAST_ONCE).payload(order).send());
    byte[] answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (answer == null) {
      throw new IOException("the broker does not answer on " + topic);
    }
    return answer;
  }

  private static void await(CompletableFuture<?> done) throws IOException, InterruptedException {
    try {
      var _ = done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException("the broker refuses: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new IOException("the broker does not answer", e);
    }
  }

  @Override
  public void close() {
    var _ = client.disconnect();
  }
}
