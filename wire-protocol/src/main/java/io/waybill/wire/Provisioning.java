package io.waybill.wire;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a machine must be told once to be a device: docs/device-agent.md has its line. It holds a
 * secret, so it is never logged.
 *
 * @param credential of the device
 * @param apiUrl where HTTP goes; null where there is none for devices
 * @param receipt whose receipts are believed; null where none are
 * @param caPem the authorities to trust, as PEM; null for those of the machine
 * @param roots the directories that the server may ask for files of; none when it is left to the
 *     machine
 */
public record Provisioning(
    UUID tenantId,
    UUID projectId,
    UUID deviceId,
    @Nullable String deviceCode,
    String credential,
    Broker broker,
    @Nullable String apiUrl,
    @Nullable Receipt receipt,
    @Nullable String caPem,
    List<String> roots) {

  /** What every line begins with; another number is another format. */
  public static final String PREFIX = "waybill1.";

  private static final String TORN = "its end is missing";

  /** Far more than a chain of authorities takes. */
  private static final int MOST_CHARACTERS = 256 * 1024;

  /**
   * Where MQTT goes.
   *
   * @param topicPrefix null for the usual one
   */
  public record Broker(String host, int port, boolean tls, @Nullable String topicPrefix) {
    public Broker {
      Objects.requireNonNull(host, "host");
    }
  }

  /**
   * Whose receipts are believed.
   *
   * @param keys the {@code x} of public keys
   */
  public record Receipt(List<String> keys, @Nullable String issuer) {
    public Receipt {
      keys = Lists.copy(keys);
    }
  }

  public Provisioning {
    Objects.requireNonNull(tenantId, "tenant_id");
    Objects.requireNonNull(projectId, "project_id");
    Objects.requireNonNull(deviceId, "device_id");
    Objects.requireNonNull(credential, "credential");
    Objects.requireNonNull(broker, "broker");
    roots = Lists.copy(roots);
  }

  /** One line without a space, to be pasted. */
  public String line() {
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(this));
  }

  /** Reads a line; white space in it, as mail and terminals put it there, counts for nothing. */
  public static Parsed<Provisioning> read(String text) {
    String line = text.replaceAll("\\s+", "");
    if (!line.startsWith(PREFIX)) {
      return new Parsed.NotJson<>(
          line.matches("waybill\\d+\\..*")
              ? "it is of another version than this agent reads (" + PREFIX + ")"
              : "it does not begin with " + PREFIX);
    }
    if (line.length() > MOST_CHARACTERS) {
      return new Parsed.NotJson<>("it is longer than any such line");
    }
    String body = line.substring(PREFIX.length());
    if (!body.matches("[A-Za-z0-9_-]*=*")) {
      return new Parsed.NotJson<>("it has characters that none has");
    }
    try {
      return decoded(Base64.getUrlDecoder().decode(body));
    } catch (IllegalArgumentException e) {
      return new Parsed.NotJson<>(TORN);
    }
  }

  private static Parsed<Provisioning> decoded(byte[] json) {
    return switch (Json.read(json, Provisioning.class)) {
      case Parsed.Read<Provisioning> whole -> whole;
      default ->
          new Parsed.NotJson<>(
              new String(json, StandardCharsets.UTF_8).endsWith("}")
                  ? "it has not the fields that are expected"
                  : TORN);
    };
  }

  /** Never the credential. */
  @Override
  public String toString() {
    return "Provisioning[device " + deviceId + "]";
  }
}
