package io.waybill.gateway;

import com.hivemq.client.mqtt.exceptions.ConnectionFailedException;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import java.util.UUID;

/** A broker that lets anybody in lets anybody read everybody's URLs. */
final class AnonymousDoor {

  private AnonymousDoor() {}

  /** Tries to get in without a name; whoever can has found a broker not to work on. */
  static void mustBeShut(GatewaySettings.Broker broker) {
    Mqtt5BlockingClient nobody =
        BrokerLink.builder(broker, UUID.randomUUID().toString()).buildBlocking();
    try {
      nobody.connect();
    } catch (Mqtt5ConnAckException | ConnectionFailedException shut) {
      return;
    }
    nobody.disconnect();
    throw new IllegalStateException(
        "the broker " + broker.host() + ":" + broker.port() + " accepts anonymous clients");
  }
}
