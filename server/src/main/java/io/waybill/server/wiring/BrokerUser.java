package io.waybill.server.wiring;

import io.waybill.gateway.GatewaySettings;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.MqttSetting;

/** Somebody at the configured broker who is no gateway. */
public final class BrokerUser {
  private BrokerUser() {}

  public static GatewaySettings.Broker of(
      Configuration configuration, String name, String password) {
    return new GatewaySettings.Broker(
        configuration.text(MqttSetting.HOST),
        configuration.port(MqttSetting.PORT),
        configuration.flag(MqttSetting.TLS),
        name,
        password,
        name,
        false,
        Authorities.trust(configuration));
  }
}
