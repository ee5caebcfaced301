package io.waybill.benchmarks.load;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.waybill.benchmarks.load.Installation.Device;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** A device's connection to the broker. */
final class DeviceLine {
  /** In seconds: a device that is silent costs nothing in between. */
  private static final int KEEP_ALIVE = 600;

  private DeviceLine() {}

  /** Returns when it is connected and hears what is said to it on these topics of its own. */
  static Mqtt5AsyncClient connect(
      Device device, int port, Consumer<Mqtt5Publish> heard, String... kinds) {
    Mqtt5AsyncClient client =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier(device.id().toString())
            .serverHost("127.0.0.1")
            .serverPort(port)
            .buildAsync();
    client.publishes(MqttGlobalPublishFilter.ALL, heard);
    client
        .connectWith()
        .keepAlive(KEEP_ALIVE)
        .simpleAuth()
        .username(device.id().toString())
        .password(device.credential().getBytes(StandardCharsets.UTF_8))
        .applySimpleAuth()
        .send()
        .join();
    for (String kind : kinds) {
      client
          .subscribeWith()
          .topicFilter(device.topic() + kind)
          .qos(MqttQos.AT_LEAST_ONCE)
          .send()
          .join();
    }
    return client;
  }
}
