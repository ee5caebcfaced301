package io.waybill.gateway;

import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What leaves over one link. */
record Outbound(Mqtt5AsyncClient client) implements Egress {

  private static final Logger LOG = LoggerFactory.getLogger(Outbound.class);

  @Override
  public CompletableFuture<@Nullable Void> publish(OutgoingMessage message) {
    return send(message)
        .thenApply(problem -> {
          problem.ifPresent(
              why -> LOG.warn("the broker did not take an answer on {}", message.topic(), why));
          return null;
        });
  }

  /** What became of a message. */
  sealed interface Receipt {}

  /**
   * The broker has it.
   *
   * @param isHeard false when it says that it has nobody to give it to
   */
  record Taken(boolean isHeard) implements Receipt {}

  /** The broker does not have it. */
  record NotTaken(Throwable why) implements Receipt {}

  /**
   * Publishes at least once.
   *
   * @return done when the broker has it, or with what kept it from that; never exceptionally. While
   *     the broker is away it is not done
   */
  CompletableFuture<Receipt> give(OutgoingMessage message) {
    Mqtt5Publish publish;
    try {
      publish = Messages.of(message);
    } catch (IllegalArgumentException unsendable) {
      return CompletableFuture.completedFuture(new NotTaken(unsendable));
    }
    return client
        .publish(publish)
        .handle((result, problem) -> problem != null ? new NotTaken(problem) : receipt(result));
  }

  private static Receipt receipt(Mqtt5PublishResult result) {
    return result
        .getError()
        .<Receipt>map(NotTaken::new)
        .orElseGet(() ->
            new Taken(
                !(result instanceof Mqtt5PublishResult.Mqtt5Qos1Result once)
                    || once.getPubAck().getReasonCode()
                        != Mqtt5PubAckReasonCode.NO_MATCHING_SUBSCRIBERS));
  }

  /** The same, where it does not matter whether anybody hears it. */
  CompletableFuture<Optional<Throwable>> send(OutgoingMessage message) {
    return give(message)
        .thenApply(receipt ->
            switch (receipt) {
              case Taken(boolean isHeard) -> Optional.empty();
              case NotTaken(Throwable why) -> Optional.of(why);
            });
  }

  boolean isConnected() {
    return client.getState().isConnected();
  }
}
