package io.waybill.gateway;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PayloadFormatIndicator;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishBuilder;
import io.waybill.doors.TraceParent;
import java.nio.ByteBuffer;

/** What the client library calls a publish, read as an arrival and written as a message. */
final class Messages {

  private Messages() {}

  static Arrival arrival(Mqtt5Publish publish) {
    Arrival.Properties properties =
        new Arrival.Properties(
            publish.getResponseTopic().map(Object::toString).orElse(null),
            publish.getCorrelationData().map(Messages::bytes).orElse(null),
            publish.getUserProperties().asList().stream()
                .filter(property -> property.getName().toString().equals(TraceParent.NAME))
                .findFirst()
                .map(property -> property.getValue().toString())
                .orElse(null));
    return new Arrival(
        publish.getTopic().toString(),
        publish::getPayloadAsBytes,
        publish.getQos() != MqttQos.AT_MOST_ONCE,
        properties,
        publish::acknowledge);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  /** An answer that cannot be sent at all is an {@link IllegalArgumentException}. */
  static Mqtt5Publish of(OutgoingMessage message) {
    Mqtt5PublishBuilder.Complete publish =
        Mqtt5Publish.builder()
            .topic(message.topic())
            .qos(MqttQos.AT_LEAST_ONCE)
            .payload(message.payload())
            .payloadFormatIndicator(Mqtt5PayloadFormatIndicator.UTF_8)
            .contentType(message.contentType())
            .messageExpiryInterval(message.life().toSeconds());
    byte[] correlationData = message.correlationData();
    if (correlationData != null) {
      publish = publish.correlationData(correlationData);
    }
    return publish.build();
  }
}
