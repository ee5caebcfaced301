package io.waybill.agent.mqtt;

import com.hivemq.client.mqtt.MqttClientState;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.lifecycle.MqttDisconnectSource;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.lifecycle.Mqtt5ClientReconnector;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5ConnectBuilder;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.waybill.agent.control.Trust;
import io.waybill.agent.local.Round;
import io.waybill.wire.Topics.Kind;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
    this.client =
        BrokerClient.of(
            settings,
            () -> Round.of(this::connected).run(),
            context -> Round.of(() -> disconnected(context)).run());
    if (presence != null) {
      presence.commands().open(client);
    }
  }

  private void connected() {
    settings.credentials().letIn();
    listen();
    subscribe();
  }

  /** Connects; again, too, after {@link Listener#forbidden}. */
  void open() {
    if (client.getState() == MqttClientState.DISCONNECTED) { // else one of ours is on its way
      var _ = client.connect(connect());
    }
  }

  /**
   * Connects anew, because there is something else to show. While it is connecting anyway that ends
   * nothing; what it shows then is known when it was let in.
   */
  void reconnect() {
    listener.down("connecting with a new credential");
    var _ =
        client
            .disconnect()
            .whenComplete((_, failed) -> {
              if (failed == null && !closed) {
                open();
              }
            });
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
        .userProperties(settings.properties())
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

  /** The end of a clean session ends whoever listened to it, so this is made anew each time. */
  private void listen() {
    client.publishes(MqttGlobalPublishFilter.ALL, publish -> Round.of(() -> take(publish)).run());
  }

  private void take(Mqtt5Publish publish) {
    if (presence == null || !presence.took(publish)) {
      listener.message(publish.getPayloadAsBytes());
    }
  }

  private void subscribe() {
    var _ =
        client
            .subscribe(BrokerClient.subscriptions(settings, presence != null))
            .whenComplete((granted, refused) -> Round.of(() -> subscribed(refused)).run());
  }

  private void subscribed(@Nullable Throwable refused) {
    if (refused == null) {
      known = true;
      if (presence != null) {
        var _ = client.publish(presence.born());
      }
      listener.up();
    } else if (refused instanceof Mqtt5SubAckException) {
      subscribeLater(); // what is told comes last: it may go wrong
      listener.turnedAway(Words.notOurTopics(settings));
    } else {
      listener.down("subscribing failed: " + Words.reason(refused));
    }
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

  /** What is told comes last: whatever becomes of it, there is a next connection. */
  private void disconnected(MqttClientDisconnectedContext context) {
    if (closed || context.getSource() == MqttDisconnectSource.USER) {
      return;
    }
    Throwable cause = context.getCause();
    if (cause instanceof Mqtt5ConnAckException refused
        && Words.isOfIdentity(refused)
        && settings.credentials().refused()) {
      reconnect(context, FIRST_DELAY_MILLIS);
      return;
    }
    if (!known && cause instanceof Mqtt5ConnAckException refused && Words.isOfIdentity(refused)) {
      if (presence != null) {
        reconnect(context, LAST_DELAY_MILLIS);
      }
      listener.forbidden("the broker refused us: " + refused.getMqttMessage().getReasonCode());
      return;
    }
    long ceiling =
        Math.min(
            LAST_DELAY_MILLIS,
            FIRST_DELAY_MILLIS << Math.min(context.getReconnector().getAttempts(), 6));
    reconnect(context, FIRST_DELAY_MILLIS / 2 + random.nextLong(ceiling));
    String untrusted = Trust.explain(cause, "the broker at " + settings.address());
    listener.down(untrusted == null ? Words.reason(cause) : untrusted);
  }

  private void reconnect(MqttClientDisconnectedContext context, long delayMillis) {
    ((Mqtt5ClientReconnector) context.getReconnector())
        .connect(connect())
        .reconnect(true)
        .resubscribeIfSessionExpired(false)
        .republishIfSessionExpired(false)
        .delay(delayMillis, TimeUnit.MILLISECONDS);
  }
}
