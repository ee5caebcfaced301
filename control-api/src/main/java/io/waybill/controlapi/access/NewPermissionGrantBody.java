package io.waybill.controlapi.access;

import io.waybill.core.access.usecase.CreatePermissionGrant;
import io.waybill.wire.JsonDocument;
import io.waybill.wire.Parsed;
import io.waybill.wire.WireLimits;

/** The body of {@code POST /v1/permission-grants}; what its words mean is for the use case. */
final class NewPermissionGrantBody {

  private NewPermissionGrantBody() {}

  static Parsed<CreatePermissionGrant.Request> read(byte[] body) {
    return JsonDocument.read(
        body,
        f ->
            new CreatePermissionGrant.Request(
                f.text("subject_type", WireLimits.TEXT_CHARS),
                f.uuid("subject_id"),
                f.text("resource_type", WireLimits.TEXT_CHARS),
                f.uuid("resource_id"),
                f.text("code", WireLimits.TEXT_CHARS),
                f.text("effect", WireLimits.TEXT_CHARS),
                f.number("expires_in_seconds")));
  }
}
