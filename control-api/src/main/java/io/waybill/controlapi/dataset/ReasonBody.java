package io.waybill.controlapi.dataset;

import io.waybill.wire.JsonDocument;
import io.waybill.wire.Parsed;

/** The body of what is done for a reason. */
record ReasonBody(String reason) {

  static Parsed<ReasonBody> read(byte[] body) {
    return JsonDocument.read(body, f -> new ReasonBody(f.requiredSaid("reason")));
  }
}
