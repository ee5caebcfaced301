package io.waybill.core.upload;

import java.util.List;

/** {@code GET /v1/receipts/keys}: a JSON Web Key Set (RFC 7517). */
public record ReceiptKeysAnswer(List<Jwk> keys) {

  public ReceiptKeysAnswer {
    keys = List.copyOf(keys);
  }

  /**
   * A public key on Ed25519 (RFC 8037).
   *
   * @param kid RFC 7638 thumbprint
   * @param x its 32 bytes in base64url
   */
  public record Jwk(String kty, String crv, String kid, String alg, String use, String x) {}
}
