package io.waybill.gateway;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.datatypes.MqttTopicFilter;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5RetainHandling;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscription;
import com.hivemq.client.mqtt.mqtt5.message.unsubscribe.Mqtt5Unsubscribe;
import io.waybill.wire.Topics.Kind;
import java.util.List;

/** What devices publish for gateways, as a gateway subscribes to it. */
record Intake(GatewaySettings settings) {

  private static final List<Kind> KINDS = List.of(Kind.REQUEST, Kind.COMMAND_RESULT, Kind.PRESENCE);

  Mqtt5Subscribe begin() {
    return Mqtt5Subscribe.builder()
        .addSubscriptions(filters().stream().map(Intake::subscription))
        .build();
  }

  Mqtt5Unsubscribe end() {
    return Mqtt5Unsubscribe.builder()
        .addTopicFilters(filters().stream().map(MqttTopicFilter::of))
        .build();
  }

  /** What is retained comes to plain subscriptions only. */
  Mqtt5Subscribe whoIsThere() {
    return Mqtt5Subscribe.builder()
        .addSubscription(
            Mqtt5Subscription.builder()
                .topicFilter(settings.topics().everyDevice(Kind.PRESENCE))
                .qos(MqttQos.AT_LEAST_ONCE)
                .build())
        .build();
  }

  Mqtt5Unsubscribe whoIsThereIsKnown() {
    return Mqtt5Unsubscribe.builder()
        .topicFilter(settings.topics().everyDevice(Kind.PRESENCE))
        .build();
  }

  List<String> filters() {
    return KINDS.stream().map(this::filter).toList();
  }

  private String filter(Kind kind) {
    String group = settings.shareGroup();
    return group == null
        ? settings.topics().everyDevice(kind)
        : settings.topics().shared(group, kind);
  }

  private static Mqtt5Subscription subscription(String filter) {
    return Mqtt5Subscription.builder()
        .topicFilter(filter)
        .qos(MqttQos.AT_LEAST_ONCE)
        // a request that somebody had retained would come again with every start
        .retainHandling(Mqtt5RetainHandling.DO_NOT_SEND)
        .build();
  }
}
