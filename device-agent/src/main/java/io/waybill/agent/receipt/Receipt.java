package io.waybill.agent.receipt;

import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.spool.ServerSide;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** A receipt: a compact JWS that says what was stored and who has looked at the bytes. */
public final class Receipt {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** Who must have looked at the bytes before the local ones may go. */
  private static final Set<String> VERIFIERS = Set.of("storage", "server");

  private record Header(@Nullable String alg, @Nullable String kid, @Nullable String typ) {}

  private record Claims(
      @Nullable String iss,
      @Nullable String sub,
      @Nullable String tenantId,
      @Nullable String projectId,
      long sizeBytes,
      @Nullable Checksums checksums,
      @Nullable String verifiedBy) {}

  /** By algorithm, each as {@code docs/receipts.md} says. */
  record Checksums(
      @Nullable Map<String, String> clientReported,
      @Nullable Map<String, String> storage,
      @Nullable Map<String, String> combined) {}

  private final Claims claims;

  private Receipt(Claims claims) {
    this.claims = claims;
  }

  /** What a receipt is worth. */
  public sealed interface Worth {}

  /** It is signed by a pinned key, is about this file, and somebody has looked at the bytes. */
  public record Proven(Receipt receipt) implements Worth {}

  /** The local file has to stay, and why. */
  public record Unproven(String why) implements Worth {}

  /** What was signed when this file was complete. The file itself is not looked at. */
  public static Worth of(FileEntry file, Manifest upload, PinnedKeys keys) {
    String jws = file.receipt();
    ServerSide server = file.server();
    if (jws == null || server == null) {
      return new Unproven("the server gave no receipt");
    }
    try {
      List<String> parts = List.of(jws.split("\\.", -1));
      if (parts.size() != 3) {
        return new Unproven("the receipt is none");
      }
      Header header = MAPPER.readValue(decoded(parts.get(0)), Header.class);
      Optional<PublicKey> key = header.kid() == null ? Optional.empty() : keys.key(header.kid());
      if (!"EdDSA".equals(header.alg()) || !"waybill-receipt+jwt".equals(header.typ())) {
        return new Unproven("the receipt is of a kind that this agent does not know");
      }
      if (key.isEmpty()) {
        return new Unproven(
            "the receipt is signed by key " + header.kid() + ", which is not pinned");
      }
      if (!verifies(key.get(), parts)) {
        return new Unproven("the receipt's signature does not verify");
      }
      return about(MAPPER.readValue(decoded(parts.get(1)), Claims.class), file, upload, keys);
    } catch (IllegalArgumentException | JacksonException e) {
      return new Unproven("the receipt cannot be read");
    }
  }

  private static Worth about(Claims claims, FileEntry file, Manifest upload, PinnedKeys keys) {
    ServerSide server = file.server();
    boolean itsOwn =
        server != null
            && server.sessionId().equals(claims.sub())
            && upload.tenantId().equals(claims.tenantId())
            && upload.projectId().equals(claims.projectId());
    if (!itsOwn || !keys.believes(String.valueOf(claims.iss()))) {
      return new Unproven("the receipt is about another upload");
    }
    if (claims.sizeBytes() != file.stamp().sizeBytes()) {
      return new Unproven("the receipt is about " + claims.sizeBytes() + " bytes");
    }
    return VERIFIERS.contains(String.valueOf(claims.verifiedBy()))
        ? new Proven(new Receipt(claims))
        : new Unproven(
            "nobody has verified what is stored (verified_by is "
                + claims.verifiedBy()
                + "); a storage policy with STORAGE_NATIVE checksums has it verified");
  }

  private static boolean verifies(PublicKey key, List<String> parts) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initVerify(key);
      String signed = parts.get(0) + "." + parts.get(1);
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signature.verify(decoded(parts.get(2)));
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static byte[] decoded(String part) {
    return Base64.getUrlDecoder().decode(part);
  }

  Checksums checksums() {
    Checksums sums = claims.checksums();
    return sums == null ? new Checksums(null, null, null) : sums;
  }
}
