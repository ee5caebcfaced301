package io.waybill.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Every topic under a configurable prefix, built and read strictly. */
public record Topics(String prefix) {

  private static final int MAX_TOPIC_BYTES = 1024;
  private static final Pattern CANONICAL_UUID =
      Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final Pattern PREFIX = Pattern.compile("[^/+#$\\p{Cntrl}][^+#\\p{Cntrl}]*");

  /** The prefix when nothing else is configured. */
  public static final String DEFAULT_PREFIX = "device";

  public Topics {
    if (prefix.length() > 128
        || !PREFIX.matcher(prefix).matches()
        || prefix.endsWith("/")
        || prefix.contains("//")) {
      throw new IllegalArgumentException("not a topic prefix: " + prefix);
    }
  }

  /** Whose topic it is. */
  public record Owner(UUID tenantId, UUID deviceId) {}

  /** What each topic of a device is for. */
  public enum Kind {
    REQUEST("upload/request"),
    RESPONSE("upload/response"),
    ERROR("upload/error"),
    PROGRESS("upload/progress"),
    COMMAND("upload/command"),
    COMMAND_RESULT("upload/command/result"),
    EVENT("upload/event"),
    PRESENCE("presence");

    private final String suffix;

    Kind(String suffix) {
      this.suffix = suffix;
    }

    /** What follows the device's id. */
    public String suffix() {
      return suffix;
    }
  }

  /** A topic that was read. */
  public record Read(Owner owner, Kind kind) {}

  public String of(Owner owner, Kind kind) {
    return prefix + "/" + owner.tenantId() + "/" + owner.deviceId() + "/" + kind.suffix;
  }

  /** The filter for one kind of topic of every device. */
  public String everyDevice(Kind kind) {
    return prefix + "/+/+/" + kind.suffix;
  }

  /** The same, shared by a group of subscribers. */
  public String shared(String group, Kind kind) {
    return "$share/" + group + "/" + everyDevice(kind);
  }

  /** Reads a topic; empty for anything that this class would not have built. */
  public Optional<Read> read(String topic) {
    return levels(topic)
        .flatMap(levels ->
            Arrays.stream(Kind.values())
                .filter(kind -> kind.suffix.equals(levels[2]))
                .findFirst()
                .map(kind -> new Read(owner(levels), kind)));
  }

  /** Whose it is, whatever it is for. */
  Optional<Owner> ownerOf(String topic) {
    return levels(topic).map(Topics::owner);
  }

  private static Owner owner(String[] levels) {
    return new Owner(UUID.fromString(levels[0]), UUID.fromString(levels[1]));
  }

  /** Tenant, device, and what follows. */
  private Optional<String[]> levels(String topic) {
    if (!topic.startsWith(prefix + "/")) {
      return Optional.empty();
    }
    String[] levels = topic.substring(prefix.length() + 1).split("/", 3);
    return levels.length == 3
            && CANONICAL_UUID.matcher(levels[0]).matches()
            && CANONICAL_UUID.matcher(levels[1]).matches()
        ? Optional.of(levels)
        : Optional.empty();
  }

  /**
   * Whether answers may go to this topic: the device's own response topic or below it, and nothing
   * that a broker would not take. Nobody can have a secret URL sent elsewhere.
   */
  public boolean mayAnswerOn(String topic, Owner owner) {
    String own = of(owner, Kind.RESPONSE);
    return (topic.equals(own) || topic.startsWith(own + "/"))
        && topic.getBytes(StandardCharsets.UTF_8).length <= MAX_TOPIC_BYTES
        && topic.chars().noneMatch(c -> c == '+' || c == '#' || Character.isISOControl(c));
  }
}
