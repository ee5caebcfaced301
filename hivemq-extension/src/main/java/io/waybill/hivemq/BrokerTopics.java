package io.waybill.hivemq;

import com.hivemq.extension.sdk.api.auth.PublishAuthorizer;
import com.hivemq.extension.sdk.api.auth.SubscriptionAuthorizer;
import com.hivemq.extension.sdk.api.auth.parameter.PublishAuthorizerInput;
import com.hivemq.extension.sdk.api.auth.parameter.PublishAuthorizerOutput;
import com.hivemq.extension.sdk.api.auth.parameter.SubscriptionAuthorizerInput;
import com.hivemq.extension.sdk.api.auth.parameter.SubscriptionAuthorizerOutput;
import com.hivemq.extension.sdk.api.packets.publish.AckReasonCode;
import com.hivemq.extension.sdk.api.packets.subscribe.SubackReasonCode;

/**
 * Refuses what nobody would ever read or write. The rights of a client overlook a slash at the end
 * of a topic, the delivery of messages does not: without this, a request with one too many would be
 * taken and never answered. Everything else is a matter of rights.
 */
final class BrokerTopics implements PublishAuthorizer, SubscriptionAuthorizer {

  private static final String REASON = "no topic of Waybill ends with a slash";

  @Override
  public void authorizePublish(PublishAuthorizerInput input, PublishAuthorizerOutput output) {
    if (input.getPublishPacket().getTopic().endsWith("/")) {
      output.failAuthorization(AckReasonCode.TOPIC_NAME_INVALID, REASON);
    } else {
      output.nextExtensionOrDefault();
    }
  }

  @Override
  public void authorizeSubscribe(
      SubscriptionAuthorizerInput input, SubscriptionAuthorizerOutput output) {
    if (input.getSubscription().getTopicFilter().endsWith("/")) {
      output.failAuthorization(SubackReasonCode.TOPIC_FILTER_INVALID, REASON);
    } else {
      output.nextExtensionOrDefault();
    }
  }
}
