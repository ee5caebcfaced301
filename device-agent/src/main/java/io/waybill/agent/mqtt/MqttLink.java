package io.waybill.agent.mqtt;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientExecutorConfig;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.lifecycle.MqttDisconnectSource;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.lifecycle.Mqtt5ClientReconnector;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5ConnectBuilder;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscription;
import io.reactivex.schedulers.Schedulers;
import io.waybill.agent.control.Trust;
import io.waybill.wire.Topics.Kind;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The connection to the broker: made again whenever it breaks, subscribed again each time, because
 * sessions are clean.
 */
final class MqttLink implements AutoCloseable {

  /** What happens on the link; called on its own thread, which must not be held up. */
  interface Listener {
    /** Connected and subscribed: requests can be sent. */
    void up();

    void down(String reason);

    /** The broker knows us and does not want us. */
    void forbidden(String reason);

    /** The broker let us in, and not on our topics; this is asked again by and by. */
    void turnedAway(String reason);

    void message(byte[] payload);
  }

  private static final long FIRST_DELAY_MILLIS = 250;
  private static final long LAST_DELAY_MILLIS = 15_000;

  private final MqttSettings settings;
  private final Listener listener;
  private final @Nullable Presence presence;
  private final Mqtt5AsyncClient client;
  private final SecureRandom random = new SecureRandom();
  private volatile boolean closed;

  /** Once let in, a refusal is rather the broker's trouble with whom it asks; we try again. */
  private volatile boolean known;

  /**
   * @param presence of somebody who stays: the link tells of itself and comes back from every
   *     refusal; null for a short visit
   */
  MqttLink(MqttSettings settings, Listener listener, @Nullable Presence presence) {
    this.settings = settings;
    this.listener = listener;
    this.presence = presence;
    this.client = build();
    if (presence != null) {
      presence.commands().open(client);
    }
  }

  /** Connects; again, too, after {@link Listener#forbidden}. */
  void open() {
    var _ = client.connect(connect());
  }

  /** All that a CONNECT carries, for it is said anew with each. */
  private Mqtt5Connect connect() {
    Mqtt5ConnectBuilder connect =
        Mqtt5Connect.builder()
            .cleanStart(true)
            .sessionExpiryInterval(0)
            .keepAlive(30)
            .simpleAuth(settings.auth());
    return (presence == null ? connect : connect.willPublish(presence.begun())).build();
  }

  /** Hands a request to the broker; the future fails when the link breaks first. */
  CompletableFuture<?> send(byte[] payload) {
    return client
        .publishWith()
        .topic(settings.topics().of(settings.owner(), Kind.REQUEST))
        .qos(MqttQos.AT_LEAST_ONCE)
        .contentType("application/json")
        .payload(payload)
        .send();
  }

  @Override
  public void close() {
    closed = true;
    try {
      farewell()
          .handle((told, untold) -> told)
          .thenCompose(_ -> client.disconnect())
          .get(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      // it was not connected: nothing to end
    }
  }

  private CompletableFuture<?> farewell() {
    return presence != null && client.getState().isConnected()
        ? client.publish(presence.gone())
        : CompletableFuture.completedFuture(settings);
  }

  private Mqtt5AsyncClient build() {
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
            .addConnectedListener(context -> {
              listen();
              subscribe();
            })
            .addDisconnectedListener(this::disconnected);
    return (settings.tls() ? builder.sslConfig(trust(settings.trustedCertificates())) : builder)
        .buildAsync();
  }

  /** The end of a clean session ends whoever listened to it, so this is made anew each time. */
  private void listen() {
    client.publishes(
        MqttGlobalPublishFilter.ALL,
        publish -> {
          if (presence == null || !presence.commands().took(publish)) {
            listener.message(publish.getPayloadAsBytes());
          }
        });
  }

  private void subscribe() {
    var _ =
        client
            .subscribe(subscriptions())
            .whenComplete((granted, refused) -> {
              if (refused == null) {
                known = true;
                if (presence != null) {
                  var _ = client.publish(presence.born());
                }
                listener.up();
              } else {
                if (refused instanceof Mqtt5SubAckException) {
                  listener.turnedAway(Words.notOurTopics(settings));
                  subscribeLater();
                } else {
                  listener.down("subscribing failed: " + Words.reason(refused));
                }
              }
            });
  }

  /** Whoever stays can be asked for something. */
  private Mqtt5Subscribe subscriptions() {
    return Mqtt5Subscribe.builder()
        .addSubscriptions(
            Stream.of(Kind.RESPONSE, Kind.ERROR, Kind.COMMAND)
                .filter(kind -> presence != null || kind != Kind.COMMAND)
                .map(kind -> settings.topics().of(settings.owner(), kind))
                .map(topic ->
                    Mqtt5Subscription.builder()
                        .topicFilter(topic)
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .build()))
        .build();
  }

  /** Rights may be given while we are connected. */
  private void subscribeLater() {
    CompletableFuture.delayedExecutor(LAST_DELAY_MILLIS, TimeUnit.MILLISECONDS)
        .execute(() -> {
          if (!closed && client.getState().isConnected()) {
            subscribe();
          }
        });
  }

  private void disconnected(MqttClientDisconnectedContext context) {
    if (closed || context.getSource() == MqttDisconnectSource.USER) {
      return;
    }
    Throwable cause = context.getCause();
    if (!known && cause instanceof Mqtt5ConnAckException refused && Words.isOfIdentity(refused)) {
      listener.forbidden("the broker refused us: " + refused.getMqttMessage().getReasonCode());
      if (presence != null) {
        reconnect(context, LAST_DELAY_MILLIS);
      }
      return;
    }
    String untrusted = Trust.explain(cause, "the broker at " + settings.address());
    listener.down(untrusted == null ? Words.reason(cause) : untrusted);
    long ceiling =
        Math.min(
            LAST_DELAY_MILLIS,
            FIRST_DELAY_MILLIS << Math.min(context.getReconnector().getAttempts(), 6));
    reconnect(context, FIRST_DELAY_MILLIS / 2 + random.nextLong(ceiling));
  }

  private void reconnect(MqttClientDisconnectedContext context, long delayMillis) {
    ((Mqtt5ClientReconnector) context.getReconnector())
        .connect(connect())
        .reconnect(true)
        .resubscribeIfSessionExpired(false)
        .republishIfSessionExpired(false)
        .delay(delayMillis, TimeUnit.MILLISECONDS);
  }

  /** Brokers take the device's id followed by at most 32 letters or digits. */
  private String randomName() {
    byte[] name = new byte[8];
    random.nextBytes(name);
    return HexFormat.of().formatHex(name);
  }

  private static MqttClientSslConfig trust(@Nullable Path certificates) {
    return certificates == null
        ? MqttClientSslConfig.builder().build()
        : MqttClientSslConfig.builder().trustManagerFactory(Trust.factory(certificates)).build();
  }
}
