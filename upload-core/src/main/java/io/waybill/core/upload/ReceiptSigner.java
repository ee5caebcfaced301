package io.waybill.core.upload;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Seals receipts. Asks nobody and waits for nothing: all it needs is its key. */
public interface ReceiptSigner {

  /** Where there is no key. */
  ReceiptSigner NONE =
      new ReceiptSigner() {
        @Override
        public @Nullable String sign(Receipt receipt) {
          return null;
        }

        @Override
        public List<ReceiptKeysAnswer.Jwk> keys() {
          return List.of();
        }
      };

  /**
   * The receipt as a compact JWS (RFC 7515) of the current key; the same text for the same receipt
   * and key. Null where there is no key.
   */
  @Nullable String sign(Receipt receipt);

  /** Public keys that receipts can have been signed with: the current one, then those before. */
  List<ReceiptKeysAnswer.Jwk> keys();
}
