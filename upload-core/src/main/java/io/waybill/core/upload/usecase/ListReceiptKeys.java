package io.waybill.core.upload.usecase;

import io.waybill.core.upload.ReceiptKeysAnswer;
import io.waybill.core.upload.ReceiptSigner;

/** Tells everybody the keys by which receipts are verified. */
public final class ListReceiptKeys {

  private final ReceiptSigner signer;

  public ListReceiptKeys(ReceiptSigner signer) {
    this.signer = signer;
  }

  public ReceiptKeysAnswer handle() {
    return new ReceiptKeysAnswer(signer.keys());
  }
}
