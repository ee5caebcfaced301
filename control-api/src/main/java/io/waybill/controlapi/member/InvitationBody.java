package io.waybill.controlapi.member;

import io.waybill.wire.JsonDocument;
import io.waybill.wire.Parsed;
import io.waybill.wire.WireLimits;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST …/members/invite}; what its words mean is for the use case. */
record InvitationBody(
    @Nullable String subjectType, @Nullable UUID subjectId, @Nullable String role) {

  static Parsed<InvitationBody> read(byte[] body) {
    return JsonDocument.read(
        body,
        f ->
            new InvitationBody(
                f.text("subject_type", WireLimits.TEXT_CHARS),
                f.uuid("subject_id"),
                f.text("role", WireLimits.TEXT_CHARS)));
  }
}
