package io.waybill.gateway;

import com.hivemq.client.mqtt.exceptions.ConnectionClosedException;
import com.hivemq.client.mqtt.exceptions.ConnectionFailedException;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A broker that lets anybody in lets anybody read everybody's URLs. */
final class AnonymousDoor {

  private AnonymousDoor() {}

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private enum Door {
    SHUT,
    OPEN,
    UNREACHABLE
  }

  /**
   * Tries to get in without a name; whoever can has found a broker not to work on. A broker that
   * cannot be reached has not answered yet, and is asked again.
   *
   * @param goOn whether the answer is still wanted
   */
  static void mustBeShut(GatewaySettings.Broker broker, BooleanSupplier goOn) {
    Door door = knock(broker);
    while (door == Door.UNREACHABLE && goOn.getAsBoolean()) {
      LockSupport.parkNanos(PAUSE.toNanos());
      door = knock(broker);
    }
    if (door == Door.OPEN) {
      throw new IllegalStateException(
          "the broker " + broker.host() + ":" + broker.port() + " accepts anonymous clients");
    }
  }

  private static Door knock(GatewaySettings.Broker broker) {
    Mqtt5BlockingClient nobody =
        Connections.builder(broker, UUID.randomUUID().toString()).buildBlocking();
    try {
      nobody.connect();
    } catch (Mqtt5ConnAckException refused) {
      return Door.SHUT;
    } catch (ConnectionFailedException | ConnectionClosedException unreachable) {
      return Door.UNREACHABLE;
    }
    nobody.disconnect();
    return Door.OPEN;
  }
}
