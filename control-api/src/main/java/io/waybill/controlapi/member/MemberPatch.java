package io.waybill.controlapi.member;

import io.waybill.wire.JsonDocument;
import io.waybill.wire.Parsed;
import io.waybill.wire.WireLimits;
import org.jspecify.annotations.Nullable;

/** The body of {@code PATCH …/members/{subject_id}}: what is absent stays as it is. */
record MemberPatch(@Nullable String role, @Nullable Long version) {

  static Parsed<MemberPatch> read(byte[] body) {
    return JsonDocument.readOptional(
        body, f -> new MemberPatch(f.text("role", WireLimits.TEXT_CHARS), f.number("version")));
  }
}
