package io.waybill.gateway;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuth;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** How a gateway presents itself to a broker. */
final class Connections {

  /** A receive maximum that holds nothing back. */
  static final int ANY_NUMBER = 65_535;

  private static final long SESSION_EXPIRY_SECONDS = 30;
  private static final int KEEP_ALIVE_SECONDS = 20;

  /** We answer what is over 256 KiB; a broker that takes far more must not send it to us. */
  private static final int LARGEST_PACKET_BYTES = 1024 * 1024 + 64 * 1024;

  private Connections() {}

  static Mqtt5ClientBuilder builder(GatewaySettings.Broker broker, String clientId) {
    Mqtt5ClientBuilder builder =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier(clientId)
            .serverHost(broker.host())
            .serverPort(broker.port());
    return broker.tls()
        ? builder.sslConfig(
            MqttClientSslConfig.builder().trustManagerFactory(broker.trust()).build())
        : builder;
  }

  /** With the credentials on the client: a reconnect forgets those of the first CONNECT. */
  static Mqtt5ClientBuilder identified(GatewaySettings.Broker broker) {
    Mqtt5ClientBuilder builder = builder(broker, broker.clientId());
    Mqtt5SimpleAuth credentials = credentials(broker);
    return credentials == null ? builder : builder.simpleAuth(credentials);
  }

  private static @Nullable Mqtt5SimpleAuth credentials(GatewaySettings.Broker broker) {
    String username = broker.username();
    String password = broker.password();
    return username == null || password == null
        ? null
        : Mqtt5SimpleAuth.builder()
            .username(username)
            .password(password.getBytes(StandardCharsets.UTF_8))
            .build();
  }

  /**
   * A CONNECT that takes up the session left behind.
   *
   * @param receiveMaximum requests that the broker may have with us unacknowledged
   */
  static Mqtt5Connect connect(GatewaySettings.Broker broker, int receiveMaximum) {
    return Mqtt5Connect.builder()
        .simpleAuth(credentials(broker))
        .cleanStart(false)
        .sessionExpiryInterval(SESSION_EXPIRY_SECONDS)
        .keepAlive(KEEP_ALIVE_SECONDS)
        .restrictions()
        .receiveMaximum(receiveMaximum)
        .maximumPacketSize(LARGEST_PACKET_BYTES)
        .applyRestrictions()
        .build();
  }
}
