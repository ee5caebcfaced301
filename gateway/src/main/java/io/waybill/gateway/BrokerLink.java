package io.waybill.gateway;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.lifecycle.MqttClientConnectedContext;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.lifecycle.Mqtt5ClientConnectedContext;
import com.hivemq.client.mqtt.mqtt5.lifecycle.Mqtt5ClientDisconnectedContext;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One gateway's connection to the broker: it survives the broker's absence, and it ends for good
 * when somebody else takes its session or the broker will never have it.
 */
final class BrokerLink {

  private static final Logger LOG = LoggerFactory.getLogger(BrokerLink.class);
  private static final long WHO_IS_THERE_SECONDS = 10;

  private final GatewaySettings settings;
  private final Intake intake;
  private final Mqtt5AsyncClient client;
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private final CompletableFuture<@Nullable Void> subscribed = new CompletableFuture<>();
  private volatile boolean isClosing;

  BrokerLink(GatewaySettings settings) {
    this.settings = settings;
    this.intake = new Intake(settings);
    this.client =
        Connections.identified(settings.broker())
            .addConnectedListener(this::connected)
            .addDisconnectedListener(this::disconnected)
            .buildAsync();
  }

  /**
   * Begins to connect and goes on until it has succeeded. Every message goes to {@code ingress}.
   */
  void open(Consumer<Arrival> ingress) {
    // before CONNECT: a session that is still there delivers at once
    client.publishes(
        MqttGlobalPublishFilter.ALL, publish -> ingress.accept(Messages.arrival(publish)), true);
    var _ =
        doorSeen()
            .thenCompose(ok -> client.connect(connect(settings.bounds().receiveMaximum())))
            .exceptionally(problem -> {
              cannotWork(problem);
              return null;
            });
  }

  private void cannotWork(Throwable problem) {
    if (!isClosing) {
      end("the broker does not let the gateway work: " + reason(problem));
    }
  }

  private static @Nullable String reason(Throwable problem) {
    return cause(problem).getMessage();
  }

  private static Throwable cause(Throwable problem) {
    Throwable cause = problem instanceof CompletionException ? problem.getCause() : problem;
    return cause == null ? problem : cause;
  }

  /** Done when it is known that the broker lets in nobody without a name, where that matters. */
  private CompletableFuture<@Nullable Void> doorSeen() {
    return settings.broker().refusesAnonymous()
        ? CompletableFuture.runAsync(
            () -> AnonymousDoor.mustBeShut(settings.broker(), () -> !isClosing),
            task -> Thread.ofVirtual().name("anonymous-door").start(task))
        : CompletableFuture.completedFuture(null);
  }

  private Mqtt5Connect connect(int receiveMaximum) {
    return Connections.connect(settings.broker(), receiveMaximum);
  }

  /**
   * On each connection, also where the session is still there: Mosquitto writes sessions down
   * without their shared subscriptions, and from its restart on a gateway would be deaf.
   */
  private CompletableFuture<@Nullable Void> subscribe(Mqtt5ConnAck ack) {
    if (settings.shareGroup() != null && !ack.getRestrictions().isSharedSubscriptionAvailable()) {
      return CompletableFuture.failedFuture(
          new IllegalStateException(
              "it has no shared subscriptions; configure none and run one gateway"));
    }
    return client
        .subscribe(intake.begin())
        .thenAccept(granted -> {
          LOG.info("takes requests from {}", intake.filters());
          subscribed.complete(null);
          if (!ack.isSessionPresent() && settings.shareGroup() != null) {
            askWhoIsThere();
          }
        });
  }

  /**
   * While nobody had a session for us, devices came and went. What they left with the broker is
   * read through a subscription of our own, which ends again: it would give every gateway
   * everything.
   */
  private void askWhoIsThere() {
    var _ =
        client
            .subscribe(intake.whoIsThere())
            .thenComposeAsync(
                heard -> client.unsubscribe(intake.whoIsThereIsKnown()),
                CompletableFuture.delayedExecutor(WHO_IS_THERE_SECONDS, TimeUnit.SECONDS))
            .exceptionally(refused -> {
              LOG.warn("the broker does not tell which devices are connected: {}", reason(refused));
              return null;
            });
  }

  private void connected(MqttClientConnectedContext context) {
    LOG.info("connected to the broker {}", settings.broker());
    if (isClosing) {
      var _ = client.disconnect();
    } else if (context instanceof Mqtt5ClientConnectedContext five) {
      var _ =
          subscribe(five.getConnAck())
              .exceptionally(problem -> {
                notSubscribed(problem);
                return null;
              });
    }
  }

  /** What was lost with the connection is said again on the next one; what is refused stays so. */
  private void notSubscribed(Throwable problem) {
    Throwable cause = cause(problem);
    if (cause instanceof Mqtt5SubAckException || cause instanceof IllegalStateException) {
      cannotWork(cause);
    }
  }

  private void disconnected(MqttClientDisconnectedContext context) {
    if (isClosing) {
      context.getReconnector().reconnect(false);
      return;
    }
    Throwable cause = context.getCause();
    if (cause instanceof Mqtt5DisconnectException disconnect
        && disconnect.getMqttMessage().getReasonCode()
            == Mqtt5DisconnectReasonCode.SESSION_TAKEN_OVER) {
      context.getReconnector().reconnect(false);
      end(
          "session taken over: another gateway has the client id "
              + settings.broker().clientId()
              + "; give each gateway its own (WAYBILL_MQTT_CLIENT_ID)");
      return;
    }
    if (cause instanceof Mqtt5ConnAckException refused && !subscribed.isDone()) {
      context.getReconnector().reconnect(false);
      end("the broker refuses the gateway: " + refused.getMqttMessage().getReasonCode());
      return;
    }
    if (cause instanceof Mqtt5DisconnectException disconnect
        && disconnect.getMqttMessage().getReasonCode()
            == Mqtt5DisconnectReasonCode.RECEIVE_MAXIMUM_EXCEEDED
        && context instanceof Mqtt5ClientDisconnectedContext five) {
      LOG.warn(
          "the broker sends more at once than it was allowed (Mosquitto before 2.0.13 does); from"
              + " now on only its own limits hold: see broker-config/mosquitto");
      five.getReconnector().connect(connect(Connections.ANY_NUMBER));
    }
    Absence.comeBack(context);
  }

  private void end(String reason) {
    if (ended.complete(reason)) {
      LOG.error("the gateway ends: {}", reason);
    }
  }

  /** The way out over this link. */
  Outbound outbound() {
    return new Outbound(client);
  }

  /** Throws while no requests come in. */
  void mustBeConnected() {
    if (!client.getState().isConnected() || !subscribed.isDone()) {
      throw new IllegalStateException("there is no connection to the broker");
    }
  }

  /** Done, with the reason, when this link will never work again. */
  CompletableFuture<String> ended() {
    return ended;
  }

  /** Done when requests come in for the first time. */
  CompletableFuture<@Nullable Void> subscribed() {
    return subscribed;
  }

  /** Lets the broker send no more. */
  void stopIntake(Duration patience) throws InterruptedException {
    isClosing = true;
    if (client.getState().isConnected()) {
      await(client.unsubscribe(intake.end()), patience);
    }
  }

  /** Leaves, and leaves no queue behind. */
  void close(Duration patience) throws InterruptedException {
    isClosing = true;
    if (client.getState().isConnected()) {
      await(client.disconnectWith().sessionExpiryInterval(0).send(), patience);
    }
  }

  private static void await(CompletableFuture<?> future, Duration patience)
      throws InterruptedException {
    try {
      future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("the broker did not confirm the end, it will notice it by itself", e);
    }
  }
}
