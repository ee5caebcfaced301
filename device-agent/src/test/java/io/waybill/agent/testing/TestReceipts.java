package io.waybill.agent.testing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32C;

/** An installation's key, and what it signs. */
public final class TestReceipts {

  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();
  private static final String TENANT = "0190a000-0000-7000-8000-000000000001";
  private static final String PROJECT = "0190a000-0000-7000-8000-000000000002";

  private final KeyPair key;

  public TestReceipts() {
    try {
      key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** As it stands at {@code /v1/receipts/keys}. */
  public String x() {
    byte[] der = key.getPublic().getEncoded();
    return BASE64URL.encodeToString(Arrays.copyOfRange(der, der.length - 32, der.length));
  }

  private String kid() {
    String jwk = "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + x() + "\"}";
    try {
      return BASE64URL.encodeToString(
          MessageDigest.getInstance("SHA-256").digest(jwk.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** A receipt of what storage has checked part by part. */
  public String of(String session, byte[] bytes) {
    return of(
        session, bytes.length, "storage", "\"combined\":{\"crc32c\":\"" + crc32c(bytes) + "\"}");
  }

  /**
   * Any receipt.
   *
   * @param sums what stands in {@code checksums}
   */
  public String of(String session, long size, String verifiedBy, String sums) {
    return signed(
        "{\"iss\":\"waybill\",\"iat\":1,\"sub\":\"%s\",\"tenant_id\":\"%s\",\"project_id\":\"%s\",\"size_bytes\":%d,\"checksums\":{%s},\"verified_by\":\"%s\"}"
            .formatted(session, TENANT, PROJECT, size, sums, verifiedBy));
  }

  private String signed(String claims) {
    String header = "{\"alg\":\"EdDSA\",\"kid\":\"" + kid() + "\",\"typ\":\"waybill-receipt+jwt\"}";
    String text = part(header) + "." + part(claims);
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key.getPrivate());
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return text + "." + BASE64URL.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String part(String json) {
    return BASE64URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  public static String crc32c(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return Base64.getEncoder()
        .encodeToString(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}
