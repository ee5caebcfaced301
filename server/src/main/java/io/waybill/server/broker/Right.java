package io.waybill.server.broker;

import io.waybill.wire.TopicRights;
import io.waybill.wire.Topics;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One thing that Mosquitto's dynamic security allows, in its own words. */
record Right(String acltype, String topic) {
  private static final String SEND = "publishClientSend";
  private static final String RECEIVE = "publishClientReceive";
  private static final String SUBSCRIBE = "subscribeLiteral";
  private static final String SUBSCRIBE_BELOW = "subscribePattern";

  /** All of a device: 2.0 puts no name into a topic, so each is written out. */
  static Set<Right> ofDevice(TopicRights rights, Topics.Owner device) {
    Set<Right> all = new HashSet<>();
    rights.devicePublishes(device).forEach(topic -> all.add(new Right(SEND, topic)));
    for (String filter : rights.deviceSubscribes(device)) {
      all.add(new Right(RECEIVE, filter));
      all.add(new Right(filter.endsWith("/#") ? SUBSCRIBE_BELOW : SUBSCRIBE, filter));
    }
    return all;
  }

  /**
   * All of a gateway. Its share group is written out, and nobody else may join one.
   *
   * @param shareGroup null where gateways subscribe plainly
   */
  static Set<Right> ofGateway(TopicRights rights, @Nullable String shareGroup) {
    Set<Right> all = new HashSet<>();
    rights.gatewayPublishes().forEach(topic -> all.add(new Right(SEND, topic)));
    for (String filter : rights.gatewaySubscribes()) {
      all.add(new Right(RECEIVE, filter));
      all.add(new Right(SUBSCRIBE, filter));
      if (shareGroup != null) {
        all.add(new Right(SUBSCRIBE, "$share/" + shareGroup + "/" + filter));
      }
    }
    return all;
  }
}
