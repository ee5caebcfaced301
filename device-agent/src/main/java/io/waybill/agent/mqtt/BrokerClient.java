package io.waybill.agent.mqtt;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientExecutorConfig;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedListener;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscription;
import io.reactivex.schedulers.Schedulers;
import io.waybill.agent.control.Trust;
import io.waybill.wire.Topics.Kind;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The MQTT client as we set it up, and what it subscribes to. */
final class BrokerClient {

  private BrokerClient() {}

  static Mqtt5AsyncClient of(
      MqttSettings settings, Runnable connected, MqttClientDisconnectedListener disconnected) {
    Mqtt5ClientBuilder builder =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier(settings.owner().deviceId() + "-" + randomName())
            .serverHost(settings.host())
            .serverPort(settings.port())
            .executorConfig(
                MqttClientExecutorConfig.builder()
                    .nettyThreads(1)
                    .applicationScheduler(Schedulers.trampoline())
                    .build())
            .addConnectedListener(_ -> connected.run())
            .addDisconnectedListener(disconnected);
    return (settings.tls() ? builder.sslConfig(trust(settings.trustedCertificates())) : builder)
        .buildAsync();
  }

  /** Whoever stays can be asked for something, and is told what concerns it. */
  static Mqtt5Subscribe subscriptions(MqttSettings settings, boolean stays) {
    return Mqtt5Subscribe.builder()
        .addSubscriptions(
            Stream.of(Kind.RESPONSE, Kind.ERROR, Kind.COMMAND, Kind.EVENT)
                .filter(kind -> stays || (kind != Kind.COMMAND && kind != Kind.EVENT))
                .map(kind -> settings.topics().of(settings.owner(), kind))
                .map(topic ->
                    Mqtt5Subscription.builder()
                        .topicFilter(topic)
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .build()))
        .build();
  }

  /** Brokers take the device's id followed by at most 32 letters or digits. */
  private static String randomName() {
    byte[] name = new byte[8];
    new SecureRandom().nextBytes(name);
    return HexFormat.of().formatHex(name);
  }

  private static MqttClientSslConfig trust(@Nullable Path certificates) {
    return certificates == null
        ? MqttClientSslConfig.builder().build()
        : MqttClientSslConfig.builder().trustManagerFactory(Trust.factory(certificates)).build();
  }
}
