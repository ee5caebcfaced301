package io.waybill.hivemq;

import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission.MqttActivity;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission.Retain;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission.SharedSubscription;
import com.hivemq.extension.sdk.api.services.builder.Builders;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Who may publish and subscribe what. Whatever is not listed here is denied. */
public final class BrokerRights {
  private BrokerRights() {}

  /** A device: its own topics, by their exact names, never through a share group. */
  public static List<TopicPermission> ofDevice(String prefix, UUID tenantId, UUID deviceId) {
    String own = prefix + "/" + tenantId + "/" + deviceId;
    List<TopicPermission> rights = new ArrayList<>();
    rights.add(publish(own + "/upload/request", Retain.NOT_RETAINED));
    rights.add(publish(own + "/upload/progress", Retain.NOT_RETAINED));
    rights.add(publish(own + "/upload/command/result", Retain.NOT_RETAINED));
    rights.add(publish(own + "/presence", Retain.ALL));
    rights.add(subscribe(own + "/upload/response/#", SharedSubscription.NOT_SHARED));
    rights.add(subscribe(own + "/upload/error", SharedSubscription.NOT_SHARED));
    rights.add(subscribe(own + "/upload/command", SharedSubscription.NOT_SHARED));
    rights.add(subscribe(own + "/upload/event", SharedSubscription.NOT_SHARED));
    return rights;
  }

  /** The platform: the other end of the same topics, for every device. */
  public static List<TopicPermission> ofGateway(String prefix) {
    String any = prefix + "/+/+";
    List<TopicPermission> rights = new ArrayList<>();
    rights.add(publish(any + "/upload/response/#", Retain.NOT_RETAINED));
    rights.add(publish(any + "/upload/error", Retain.NOT_RETAINED));
    rights.add(publish(any + "/upload/command", Retain.NOT_RETAINED));
    rights.add(publish(any + "/upload/event", Retain.NOT_RETAINED));
    rights.add(subscribe(any + "/upload/request", SharedSubscription.ALL));
    rights.add(subscribe(any + "/upload/progress", SharedSubscription.ALL));
    rights.add(subscribe(any + "/upload/command/result", SharedSubscription.ALL));
    rights.add(subscribe(any + "/presence", SharedSubscription.ALL));
    return rights;
  }

  private static TopicPermission publish(String filter, Retain retain) {
    return Builders.topicPermission()
        .topicFilter(filter)
        .activity(MqttActivity.PUBLISH)
        .retain(retain)
        .build();
  }

  private static TopicPermission subscribe(String filter, SharedSubscription shared) {
    return Builders.topicPermission()
        .topicFilter(filter)
        .activity(MqttActivity.SUBSCRIBE)
        .sharedSubscription(shared)
        .build();
  }
}
