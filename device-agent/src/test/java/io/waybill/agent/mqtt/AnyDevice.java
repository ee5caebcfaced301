package io.waybill.agent.mqtt;

import io.waybill.agent.credential.Credentials;
import io.waybill.wire.Topics;
import java.time.Duration;
import java.util.UUID;

/** Settings of a device of its own, at a broker on loopback. */
final class AnyDevice {
  private AnyDevice() {}

  /** Repeats within tenths of a second. */
  static MqttSettings at(int port, Duration patience) {
    return new MqttSettings(
        "127.0.0.1",
        port,
        false,
        null,
        new Topics(Topics.DEFAULT_PREFIX),
        new Topics.Owner(UUID.randomUUID(), UUID.randomUUID()),
        Credentials.fixed("credential"),
        patience,
        Duration.ofMillis(100),
        Duration.ofMillis(400),
        null);
  }
}
