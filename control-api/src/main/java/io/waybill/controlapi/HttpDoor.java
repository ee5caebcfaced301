package io.waybill.controlapi;

import io.waybill.core.ErrorCode;
import io.waybill.core.Verdict;
import io.waybill.core.access.Identity;
import io.waybill.core.access.Origin;
import io.waybill.core.app.UseCases;

/** Lets a bearer in, and writes down which device was not. */
final class HttpDoor {

  private final UseCases cases;

  HttpDoor(UseCases cases) {
    this.cases = cases;
  }

  Verdict<Identity> enter(String secret, String requestId) {
    return cases
        .access()
        .authenticate()
        .bearer(secret, (identity, why) -> note(identity, why, requestId));
  }

  private void note(Identity identity, ErrorCode why, String requestId) {
    if (identity.isDevice()) {
      Origin origin = new Origin("device:" + identity.id(), requestId, "http");
      cases.devices().noteRefusedDevice().handle(identity.tenantId(), identity.id(), why, origin);
    }
  }
}
