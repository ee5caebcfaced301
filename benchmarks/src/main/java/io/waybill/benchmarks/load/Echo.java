package io.waybill.benchmarks.load;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.charset.StandardCharsets;

/** Sends back what it gets: the most that a gateway could do on this broker. */
final class Echo implements AutoCloseable {
  private final Mqtt5AsyncClient client;

  Echo(int port) {
    client =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier("waybill-gateway-2")
            .serverHost("127.0.0.1")
            .serverPort(port)
            .buildAsync();
    client.publishes(MqttGlobalPublishFilter.ALL, this::answer);
    connect();
  }

  private void connect() {
    client
        .connectWith()
        .simpleAuth()
        .username("waybill-gateway-2")
        .password("wb_dev_gateway_local_only".getBytes(StandardCharsets.UTF_8))
        .applySimpleAuth()
        .send()
        .join();
    client
        .subscribeWith()
        .topicFilter("$share/echo/device/+/+/upload/progress")
        .qos(MqttQos.AT_LEAST_ONCE)
        .send()
        .join();
  }

  private void answer(Mqtt5Publish message) {
    String topic = message.getTopic().toString();
    var _ =
        client.publish(
            Mqtt5Publish.builder()
                .topic(topic.replace("/progress", "/event"))
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(message.getPayloadAsBytes())
                .build());
  }

  @Override
  public void close() {
    client.disconnect().join();
  }
}
