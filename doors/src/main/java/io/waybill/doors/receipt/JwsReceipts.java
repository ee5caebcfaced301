package io.waybill.doors.receipt;

import io.waybill.core.upload.Receipt;
import io.waybill.core.upload.Receipt.Checksums;
import io.waybill.core.upload.ReceiptKeysAnswer.Jwk;
import io.waybill.core.upload.ReceiptSigner;
import io.waybill.core.upload.VerifiedBy;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Receipts as compact JWS of Ed25519, which signs the same text with the same signature every time.
 * {@code iat} is when the upload completed, not when somebody asked.
 */
public final class JwsReceipts implements ReceiptSigner {

  private static final String TYPE = "waybill-receipt+jwt";

  private final String issuer;
  private final PrivateKey signing;
  private final List<Jwk> keys;
  private final String header;

  /**
   * The keys of one installation.
   *
   * @param issuer what {@code iss} says
   * @param current signs
   * @param before have signed and are told still; the current one may be among them
   */
  public JwsReceipts(String issuer, KeyPair current, List<PublicKey> before) {
    this.issuer = issuer;
    this.signing = current.getPrivate();
    this.keys =
        Stream.concat(Stream.of(current.getPublic()), before.stream())
            .map(ReceiptKeys::told)
            .distinct()
            .toList();
    this.header = Jose.part(new Header("EdDSA", keys.getFirst().kid(), TYPE));
  }

  private record Header(String alg, String kid, String typ) {}

  private record Claims(
      String iss,
      long iat,
      UUID sub,
      UUID tenantId,
      UUID projectId,
      UUID datasetId,
      String bucket,
      String objectKey,
      @Nullable String versionId,
      long sizeBytes,
      Checksums checksums,
      VerifiedBy verifiedBy,
      @Nullable String partListSha256,
      Instant completedAt) {}

  @Override
  public String sign(Receipt receipt) {
    String signed = header + "." + Jose.part(claims(receipt));
    return signed + "." + Jose.base64url(signature(signed));
  }

  private Claims claims(Receipt receipt) {
    return new Claims(
        issuer,
        receipt.completedAt().getEpochSecond(),
        receipt.sessionId(),
        receipt.tenantId(),
        receipt.projectId(),
        receipt.datasetId(),
        receipt.bucket(),
        receipt.objectKey(),
        receipt.versionId(),
        receipt.sizeBytes(),
        receipt.checksums(),
        receipt.verifiedBy(),
        receipt.partListSha256(),
        receipt.completedAt());
  }

  private byte[] signature(String signed) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(signing);
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK signs with its own Ed25519 keys", e);
    }
  }

  @Override
  public List<Jwk> keys() {
    return keys;
  }
}
