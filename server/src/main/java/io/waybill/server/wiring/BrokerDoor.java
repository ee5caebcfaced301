package io.waybill.server.wiring;

import io.waybill.controlapi.ApiParts;
import io.waybill.controlapi.ApiSettings;
import io.waybill.controlapi.ControlApi;
import io.waybill.controlapi.broker.BrokerSettings;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.InternalSetting;
import io.waybill.server.config.MqttSetting;
import io.waybill.server.config.Port;
import io.waybill.server.config.StartupFailure;
import io.waybill.wire.Topics;
import org.jspecify.annotations.Nullable;

/** The listener for brokers, where a secret is set that they know. */
final class BrokerDoor {
  private static final int LEAST_CHARS = 16;

  private BrokerDoor() {}

  static @Nullable ControlApi of(
      Configuration configuration, ApiSettings settings, ApiParts parts) {
    String secret = configuration.text(InternalSetting.SECRET);
    if (secret.isEmpty()) {
      return null;
    }
    if (secret.length() < LEAST_CHARS) {
      throw new StartupFailure(
          "%s must have at least %d characters: openssl rand -base64 24 makes one"
              .formatted(InternalSetting.SECRET.variable(), LEAST_CHARS));
    }
    String host = configuration.text(InternalSetting.HOST);
    Port port =
        new Port(
            configuration.port(InternalSetting.PORT),
            "the answers to brokers",
            InternalSetting.PORT.variable());
    return ControlApi.forBrokers(
        settings.listeningOn(host, port.claim(host)),
        new BrokerSettings(
            secret,
            configuration.text(MqttSetting.USERNAME),
            configuration.text(MqttSetting.PASSWORD),
            new Topics(configuration.text(MqttSetting.TOPIC_PREFIX))),
        parts);
  }
}
