package io.waybill.wire;

import io.waybill.wire.Topics.Kind;
import io.waybill.wire.Topics.Owner;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Who may publish and subscribe what on a broker. Whatever is not allowed here is denied. */
public record TopicRights(Topics topics) {
  private static final Set<Kind> OF_DEVICES =
      EnumSet.of(Kind.REQUEST, Kind.PROGRESS, Kind.COMMAND_RESULT, Kind.PRESENCE);
  private static final Set<Kind> TO_DEVICES =
      EnumSet.of(Kind.RESPONSE, Kind.ERROR, Kind.COMMAND, Kind.EVENT);
  private static final Pattern SHARED = Pattern.compile("\\$share/[^/+#]+/(.+)");

  /** A device: what it says of itself; only its presence may be retained. */
  public boolean mayDevicePublish(Owner device, String topic, boolean isRetained) {
    return topics
        .read(topic)
        .filter(read -> read.owner().equals(device) && OF_DEVICES.contains(read.kind()))
        .filter(read -> !isRetained || read.kind() == Kind.PRESENCE)
        .isPresent();
  }

  /** A device: what is said to it, never through a share group. */
  public boolean mayDeviceSubscribe(Owner device, String filter) {
    boolean isBelowResponses =
        filter.startsWith(topics.of(device, Kind.RESPONSE) + "/") && !filter.endsWith("/");
    return isBelowResponses
        || topics
            .read(filter)
            .filter(read -> read.owner().equals(device) && TO_DEVICES.contains(read.kind()))
            .isPresent();
  }

  /** A gateway: what is said to any device; nothing of it is retained. */
  public boolean mayGatewayPublish(String topic, boolean isRetained) {
    return !isRetained
        && (topics.read(topic).filter(read -> TO_DEVICES.contains(read.kind())).isPresent()
            || topics.ownerOf(topic).filter(owner -> topics.mayAnswerOn(topic, owner)).isPresent());
  }

  /** A gateway: what any device says, alone or with the others of its group. */
  public boolean mayGatewaySubscribe(String filter) {
    var shared = SHARED.matcher(filter);
    String asked = shared.matches() ? shared.group(1) : filter;
    return OF_DEVICES.stream().anyMatch(kind -> topics.everyDevice(kind).equals(asked));
  }

  /** All that a device may publish, for brokers that are told once and do not ask. */
  public List<String> devicePublishes(Owner device) {
    return OF_DEVICES.stream().map(kind -> topics.of(device, kind)).toList();
  }

  /** All that a device may subscribe to. */
  public List<String> deviceSubscribes(Owner device) {
    return TO_DEVICES.stream().map(kind -> topics.of(device, kind) + below(kind)).toList();
  }

  /** All that a gateway may publish. */
  public List<String> gatewayPublishes() {
    return TO_DEVICES.stream().map(kind -> topics.everyDevice(kind) + below(kind)).toList();
  }

  /** All that a gateway may subscribe to, alone or with the others of its group. */
  public List<String> gatewaySubscribes() {
    return OF_DEVICES.stream().map(topics::everyDevice).toList();
  }

  /** A device may have its answers on topics of its choice below that of all answers. */
  private static String below(Kind kind) {
    return kind == Kind.RESPONSE ? "/#" : "";
  }

  /** Whose topics a topic or a filter is among, by its first levels. */
  public Optional<Owner> ownerOf(String topic) {
    return topics.ownerOf(topic);
  }
}
