package io.waybill.agent.mqtt;

import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperties;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperty;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuth;
import io.waybill.agent.credential.Credentials;
import io.waybill.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the broker is, who we are there, and how we repeat.
 *
 * @param trustedCertificates PEM file of the authorities to trust under TLS, null for the JVM's own
 * @param patience how long one question may stay unanswered before the caller hears of it
 * @param firstRepeat after how long an unanswered request is sent again; doubles to the last
 * @param traceparent of the trace that every request is a part of, null for none
 */
public record MqttSettings(
    String host,
    int port,
    boolean tls,
    @Nullable Path trustedCertificates,
    Topics topics,
    Topics.Owner owner,
    Credentials credentials,
    Duration patience,
    Duration firstRepeat,
    Duration lastRepeat,
    @Nullable String traceparent) {

  public static final Duration FIRST_REPEAT = Duration.ofSeconds(5);
  public static final Duration LAST_REPEAT = Duration.ofSeconds(60);

  public String address() {
    return (tls ? "mqtts://" : "mqtt://") + host + ":" + port;
  }

  /** What every request says beside its payload. */
  Mqtt5UserProperties properties() {
    return traceparent == null
        ? Mqtt5UserProperties.of()
        : Mqtt5UserProperties.of(Mqtt5UserProperty.of("traceparent", traceparent));
  }

  /** Who we say that we are, in one connection. */
  Mqtt5SimpleAuth auth() {
    return Mqtt5SimpleAuth.builder()
        .username(owner.deviceId().toString())
        .password(credentials.forConnection().getBytes(StandardCharsets.UTF_8))
        .build();
  }

  /** Never the credential. */
  @Override
  public String toString() {
    return "MqttSettings[" + address() + ", device " + owner.deviceId() + "]";
  }
}
