package io.waybill.testkit.growth;

import io.waybill.testkit.contract.Ids;
import io.waybill.testkit.contract.World;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A tenant that grows: its rows are made by the database, and their ids can be told from their
 * kinds and numbers.
 */
public final class Crowd {
  private static final long STEP_MILLIS = 1728;

  /** As many devices sent everything but what the robot did. */
  private static final int SENDERS = 100;

  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private final World world = World.fresh();
  private final UUID rareTag = Ids.next();
  private final UUID commonTag = Ids.next();
  private final UUID user = Ids.next();
  private final UUID group = Ids.next();
  private final long base = Instant.now().minus(Duration.ofDays(30)).toEpochMilli();

  /**
   * How many there are.
   *
   * @param parts of each session
   * @param devices also keys, policies, projects, members, tags, commands of one device, results of
   *     one dataset and seals
   */
  public record Size(int datasets, int sessions, int parts, int devices, int audits) {
    public static final Size NONE = new Size(0, 0, 0, 0, 0);
  }

  /** The kinds of rows, as they stand in their ids. */
  public enum Kind {
    DATASET(0x0d0),
    TASK(0x0f0),
    OBJECT(0x0e0),
    SESSION(0x050),
    DEVICE(0x0de),
    GRANT(0x901),
    API_KEY(0x0ae),
    POLICY(0x0b0),
    PROJECT(0x0b1),
    MEMBER(0x0b2),
    USER(0x0b3),
    TAG_CATEGORY(0x0b4),
    TAG(0x0b5),
    COMMAND(0x0b6),
    DELIVERY(0x0b9),
    AUDIT(0x0a0);

    private final int code;

    Kind(int code) {
      this.code = code;
    }
  }

  public World world() {
    return world;
  }

  UUID rareTag() {
    return rareTag;
  }

  UUID commonTag() {
    return commonTag;
  }

  UUID user() {
    return user;
  }

  UUID group() {
    return group;
  }

  /** The one of this kind and number. */
  UUID id(Kind kind, long number) {
    return new UUID((base + number * STEP_MILLIS) << 16 | 0x7000 | kind.code, VARIANT | number);
  }

  /** The statements that make what stands around it. */
  public List<String> registry() {
    return statements("registry.sql", Map.of());
  }

  /** The statements, for one connection, that make it grow. */
  public List<String> growth(Size from, Size to) {
    return statements(
        "load.sql",
        Map.of(
            "devices",
            range(from.devices(), to.devices()),
            "datasets",
            range(from.datasets(), to.datasets()),
            "sessions",
            range(from.sessions(), to.sessions()),
            "audits",
            range(from.audits(), to.audits()),
            "parts",
            Integer.toString(to.parts()),
            "senders",
            Integer.toString(SENDERS)));
  }

  private static String range(int from, int to) {
    return (from + 1) + ", " + to;
  }

  private List<String> statements(String file, Map<String, String> values) {
    String text = read(file);
    for (Map.Entry<String, String> value : values.entrySet()) {
      text = text.replace("{" + value.getKey() + "}", value.getValue());
    }
    for (Map.Entry<String, Object> value : fixed().entrySet()) {
      text = text.replace("{" + value.getKey() + "}", value.getValue().toString());
    }
    return new ArrayList<>(
        Stream.of(text.split(";\n\n")).map(String::strip).filter(s -> !s.isEmpty()).toList());
  }

  private Map<String, Object> fixed() {
    return Map.ofEntries(
        Map.entry("base", base),
        Map.entry("tenant", world.tenantId()),
        Map.entry("policy", world.policy().storagePolicyId()),
        Map.entry("project", world.project().projectId()),
        Map.entry("other_project", world.strict().projectId()),
        Map.entry("key", world.apiKey().id()),
        Map.entry("key_sha256", world.apiKeySha256()),
        Map.entry("robot", world.robot().id()),
        Map.entry("robot_sha256", world.credentialSha256()),
        Map.entry("rare_tag", rareTag),
        Map.entry("common_tag", commonTag),
        Map.entry("user", user),
        Map.entry("group", group));
  }

  private static String read(String file) {
    try (InputStream text =
        Objects.requireNonNull(Crowd.class.getResourceAsStream(file), "is packed")) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
