package io.waybill.hivemq;

import com.hivemq.extension.sdk.api.async.TimeoutFallback;
import com.hivemq.extension.sdk.api.auth.PublishAuthorizer;
import com.hivemq.extension.sdk.api.auth.SubscriptionAuthorizer;
import com.hivemq.extension.sdk.api.auth.parameter.PublishAuthorizerInput;
import com.hivemq.extension.sdk.api.auth.parameter.PublishAuthorizerOutput;
import com.hivemq.extension.sdk.api.auth.parameter.SubscriptionAuthorizerInput;
import com.hivemq.extension.sdk.api.auth.parameter.SubscriptionAuthorizerOutput;
import com.hivemq.extension.sdk.api.packets.publish.AckReasonCode;
import com.hivemq.extension.sdk.api.packets.subscribe.SubackReasonCode;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks control-api about each topic of a device, and remembers what was allowed for a while. A
 * gateway has the rights that it was let in with.
 */
final class AskedTopics implements PublishAuthorizer, SubscriptionAuthorizer {
  private static final Logger LOG = LoggerFactory.getLogger(AskedTopics.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Gateways gateways;
  private final ControlApi api;
  private final Executor askers;
  private final AllowedUses allowed;
  private final BrokerTopics ofGateways = new BrokerTopics();

  private enum Answer {
    ALLOWED,
    DENIED,
    UNKNOWN
  }

  AskedTopics(Gateways gateways, ControlApi api, Executor askers, AllowedUses allowed) {
    this.gateways = gateways;
    this.api = api;
    this.askers = askers;
    this.allowed = allowed;
  }

  @Override
  public void authorizePublish(PublishAuthorizerInput input, PublishAuthorizerOutput output) {
    String clientId = input.getClientInformation().getClientId();
    var packet = input.getPublishPacket();
    TopicUse use = new TopicUse(clientId, "publish", packet.getTopic(), packet.getRetain());
    if (gateways.isGateway(clientId)) {
      ofGateways.authorizePublish(input, output);
    } else if (allowed.has(use)) {
      output.authorizeSuccessfully();
    } else {
      var pending = output.async(PATIENCE, TimeoutFallback.FAILURE);
      ask(
          use,
          answer -> {
            switch (answer) {
              case ALLOWED -> pending.getOutput().authorizeSuccessfully();
              case DENIED -> pending.getOutput().failAuthorization(AckReasonCode.NOT_AUTHORIZED);
              case UNKNOWN ->
                  pending.getOutput().failAuthorization(AckReasonCode.UNSPECIFIED_ERROR);
            }
            pending.resume();
          });
    }
  }

  @Override
  public void authorizeSubscribe(
      SubscriptionAuthorizerInput input, SubscriptionAuthorizerOutput output) {
    String clientId = input.getClientInformation().getClientId();
    TopicUse use =
        new TopicUse(clientId, "subscribe", input.getSubscription().getTopicFilter(), false);
    if (gateways.isGateway(clientId)) {
      ofGateways.authorizeSubscribe(input, output);
    } else if (allowed.has(use)) {
      output.authorizeSuccessfully();
    } else {
      var pending = output.async(PATIENCE, TimeoutFallback.FAILURE);
      ask(
          use,
          answer -> {
            switch (answer) {
              case ALLOWED -> pending.getOutput().authorizeSuccessfully();
              case DENIED -> pending.getOutput().failAuthorization(SubackReasonCode.NOT_AUTHORIZED);
              case UNKNOWN ->
                  pending.getOutput().failAuthorization(SubackReasonCode.UNSPECIFIED_ERROR);
            }
            pending.resume();
          });
    }
  }

  /** The broker's own thread does not wait. */
  private void ask(TopicUse use, Consumer<Answer> then) {
    try {
      askers.execute(() -> then.accept(answer(use)));
    } catch (RejectedExecutionException e) {
      then.accept(Answer.UNKNOWN);
    }
  }

  private Answer answer(TopicUse use) {
    try {
      boolean isAllowed = api.mayUse(use);
      if (isAllowed) {
        allowed.add(use);
      }
      return isAllowed ? Answer.ALLOWED : Answer.DENIED;
    } catch (RuntimeException e) {
      LOG.warn("{} is denied, because nobody can tell: {}", use, e.toString());
      return Answer.UNKNOWN;
    }
  }
}
