package io.waybill.agent.mqtt;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.waybill.agent.control.CommandRoad;
import io.waybill.agent.credential.Credentials;
import io.waybill.agent.local.Program;
import io.waybill.wire.DeviceNotice;
import io.waybill.wire.Topics.Kind;
import java.util.UUID;

/**
 * What somebody who stays says of its connections, all of it retained: that each is there, and that
 * it is gone. The broker may notice the end of one when the next has long begun, so each has an id
 * of its own.
 */
final class Presence {
  private final String topic;
  private final String eventTopic;
  private final Credentials credentials;
  private final CommandTopics commands;
  private volatile String connectionId = nextId();

  Presence(MqttSettings settings, CommandRoad road) {
    this.commands = new CommandTopics(settings, road);
    this.credentials = settings.credentials();
    this.eventTopic = settings.topics().of(settings.owner(), Kind.EVENT);
    this.topic = settings.topics().of(settings.owner(), Kind.PRESENCE);
  }

  /** Whoever is there hears what is wanted of it. */
  CommandTopics commands() {
    return commands;
  }

  /** Whether it was for whoever stays, who has it then. */
  boolean took(Mqtt5Publish publish) {
    if (publish.getTopic().toString().equals(eventTopic)) {
      credentials.heard(publish.getPayloadAsBytes());
      return true;
    }
    return commands.took(publish);
  }

  /** A new connection begins: the Last Will that it leaves with the broker. */
  Mqtt5Publish begun() {
    connectionId = nextId();
    return gone();
  }

  /** It is there. */
  Mqtt5Publish born() {
    return retained(new DeviceNotice.Presence(true, connectionId, Program.VERSION));
  }

  /** It ends; what its will says, which the broker drops when we say good-bye. */
  Mqtt5Publish gone() {
    return retained(new DeviceNotice.Presence(false, connectionId, null));
  }

  private Mqtt5Publish retained(DeviceNotice.Presence notice) {
    return Mqtt5Publish.builder()
        .topic(topic)
        .qos(MqttQos.AT_LEAST_ONCE)
        .retain(true)
        .contentType("application/json")
        .payload(notice.encode())
        .build();
  }

  private static String nextId() {
    return UUID.randomUUID().toString();
  }
}
