package io.waybill.oidc;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The ids by which grants name an issuer's people and groups. What is an id already, in the usual
 * form and lower case, is itself; everything else gets one that only this issuer's has.
 */
public final class SubjectIds {

  private static final Pattern UUIDS =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private SubjectIds() {}

  /**
   * The id of a person or a group.
   *
   * @param kind {@code user} or {@code group}
   * @param name as it stands in tokens
   */
  public static UUID of(URI issuer, String kind, String name) {
    return uuid(name).orElseGet(() -> made(issuer + "\n" + kind + "\n" + name));
  }

  static Optional<UUID> uuid(String text) {
    return UUIDS.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
  }

  /** RFC 9562, version 8: the first bits of a SHA-256. */
  private static UUID made(String of) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      ByteBuffer bits = ByteBuffer.wrap(digest.digest(of.getBytes(StandardCharsets.UTF_8)));
      return new UUID(
          (bits.getLong() & ~0xf000L) | 0x8000L,
          (bits.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
