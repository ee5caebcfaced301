package io.waybill.doors.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.upload.Receipt;
import io.waybill.core.upload.ReceiptKeysAnswer;
import io.waybill.core.upload.ReceiptSigner;
import io.waybill.core.upload.VerifiedBy;
import io.waybill.wire.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

/** Receipts and keys, as somebody else's JOSE library reads them. */
class JwsReceiptsTest {

  private static final UUID SESSION = UUID.fromString("01960000-0000-7000-8000-000000000001");
  private static final String SUM = "ab".repeat(32);
  private static final Receipt RECEIPT =
      new Receipt(
          SESSION,
          new UUID(0, 2),
          new UUID(0, 3),
          new UUID(0, 4),
          "robot-data",
          "tenants/\u00fc/run.mcap",
          null,
          157_286_400,
          new Receipt.Checksums(
              new TreeMap<>(Map.of("sha256", SUM)),
              new TreeMap<>(Map.of("crc32c", "AAAAAA==-2")),
              new TreeMap<>(Map.of("crc32c", "AAAAAA=="))),
          VerifiedBy.CLIENT_REPORTED,
          "cd".repeat(32),
          Instant.parse("2026-11-23T08:00:00.123456Z"));

  private final KeyPair key = newKey();
  private final ReceiptSigner signer = new JwsReceipts("acme", key, List.of());

  @Test
  void another_library_verifies_it_and_reads_its_claims() throws Exception {
    JwtClaims claims = verifier(signer).processToClaims(sealed(signer));

    assertThat(claims.getIssuer()).isEqualTo("acme");
    assertThat(claims.getSubject()).isEqualTo(SESSION.toString());
    assertThat(claims.getIssuedAt().getValue())
        .isEqualTo(Instant.parse("2026-11-23T08:00:00Z").getEpochSecond());
    assertThat(claims.getClaimsMap())
        .containsOnlyKeys(
            "iss",
            "iat",
            "sub",
            "tenant_id",
            "project_id",
            "dataset_id",
            "bucket",
            "object_key",
            "version_id",
            "size_bytes",
            "checksums",
            "verified_by",
            "part_list_sha256",
            "completed_at")
        .containsEntry("object_key", "tenants/\u00fc/run.mcap")
        .containsEntry("size_bytes", 157_286_400L)
        .containsEntry("verified_by", "client_reported")
        .containsEntry("completed_at", "2026-11-23T08:00:00.123456Z")
        .containsEntry(
            "checksums",
            Map.of(
                "client_reported",
                Map.of("sha256", SUM),
                "storage",
                Map.of("crc32c", "AAAAAA==-2"),
                "combined",
                Map.of("crc32c", "AAAAAA==")));
  }

  @Test
  void its_header_names_the_algorithm_the_key_and_what_it_is() throws Exception {
    String header =
        new String(
            Base64.getUrlDecoder().decode(sealed(signer).split("\\.", -1)[0]),
            StandardCharsets.UTF_8);

    assertThat(header)
        .isEqualTo(
            "{\"alg\":\"EdDSA\",\"kid\":\"%s\",\"typ\":\"waybill-receipt+jwt\"}"
                .formatted(signer.keys().getFirst().kid()));
  }

  @Test
  void a_key_is_called_by_its_thumbprint() throws Exception {
    for (JsonWebKey told : keys(signer).getJsonWebKeys()) {
      assertThat(told.getKeyId()).isEqualTo(told.calculateBase64urlEncodedThumbprint("SHA-256"));
    }
  }

  @Test
  void the_same_receipt_is_the_same_text() {
    assertThat(sealed(new JwsReceipts("acme", key, List.of()))).isEqualTo(sealed(signer));
  }

  @Test
  void what_was_changed_is_not_verified() throws Exception {
    String[] parts = sealed(signer).split("\\.", -1);
    String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    String forged =
        Jose.base64url(claims.replace("157286400", "157286401").getBytes(StandardCharsets.UTF_8));
    JwtConsumer verifier = verifier(signer);

    assertThatThrownBy(() -> verifier.processToClaims(parts[0] + "." + forged + "." + parts[2]))
        .isInstanceOf(InvalidJwtException.class);
  }

  @Test
  void after_a_rotation_receipts_of_both_keys_are_verified() throws Exception {
    KeyPair next = newKey();
    ReceiptSigner rotated = new JwsReceipts("acme", next, List.of(key.getPublic()));

    assertThat(rotated.keys()).hasSize(2);
    assertThat(rotated.keys().getLast()).isEqualTo(signer.keys().getFirst());
    assertThat(sealed(rotated)).isNotEqualTo(sealed(signer));
    JwtConsumer verifier = verifier(rotated);
    assertThat(verifier.processToClaims(sealed(signer)).getSubject()).isEqualTo(SESSION.toString());
    assertThat(verifier.processToClaims(sealed(rotated)).getSubject())
        .isEqualTo(SESSION.toString());
  }

  @Test
  void a_receipt_of_a_key_that_is_told_no_more_is_not_verified() throws Exception {
    JwtConsumer verifier = verifier(new JwsReceipts("acme", newKey(), List.of()));

    assertThatThrownBy(() -> verifier.processToClaims(sealed(signer)))
        .isInstanceOf(InvalidJwtException.class);
  }

  @Test
  void the_current_key_is_told_once_even_when_it_is_among_the_old_ones() {
    PublicKey mine = key.getPublic();

    assertThat(new JwsReceipts("acme", key, List.of(mine, mine)).keys()).isEqualTo(signer.keys());
  }

  private static String sealed(ReceiptSigner signer) {
    String sealed = signer.sign(RECEIPT);
    assertThat(sealed).isNotNull();
    return "" + sealed;
  }

  private static JsonWebKeySet keys(ReceiptSigner signer) throws JoseException {
    return new JsonWebKeySet(
        new String(Json.bytes(new ReceiptKeysAnswer(signer.keys())), StandardCharsets.UTF_8));
  }

  private static JwtConsumer verifier(ReceiptSigner signer) throws JoseException {
    return new JwtConsumerBuilder()
        .setVerificationKeyResolver(new JwksVerificationKeyResolver(keys(signer).getJsonWebKeys()))
        .setJwsAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, "EdDSA"))
        .setExpectedType(true, "waybill-receipt+jwt")
        .setExpectedIssuer("acme")
        .build();
  }

  private static KeyPair newKey() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has Ed25519", e);
    }
  }
}
