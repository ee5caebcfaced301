package io.waybill.controlapi.dataset;

import io.waybill.wire.JsonDocument;
import io.waybill.wire.Parsed;

/** The body of a purge: that it is meant. */
record PurgeBody(boolean confirmPurge) {

  static Parsed<PurgeBody> read(byte[] body) {
    return JsonDocument.read(
        body, f -> new PurgeBody(Boolean.TRUE.equals(f.flag("confirm_purge"))));
  }
}
