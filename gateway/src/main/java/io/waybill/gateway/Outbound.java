package io.waybill.gateway;

import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
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

  /**
   * Publishes at least once.
   *
   * @return done when the broker has it, or with what kept it from that; never exceptionally. While
   *     the broker is away it is not done
   */
  CompletableFuture<Optional<Throwable>> send(OutgoingMessage message) {
    Mqtt5Publish publish;
    try {
      publish = Messages.of(message);
    } catch (IllegalArgumentException unsendable) {
      return CompletableFuture.completedFuture(Optional.of(unsendable));
    }
    return client
        .publish(publish)
        .handle((result, problem) ->
            problem != null ? Optional.of(problem) : result.getError().map(error -> error));
  }

  boolean isConnected() {
    return client.getState().isConnected();
  }
}
