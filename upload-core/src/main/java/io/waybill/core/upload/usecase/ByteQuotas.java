package io.waybill.core.upload.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.project.ProjectUsage;
import io.waybill.core.quota.TenantQuota;
import io.waybill.core.upload.Limits;
import io.waybill.core.upload.UploadRoom;
import org.jspecify.annotations.Nullable;

/**
 * Whether project and tenant may hold more bytes: what is stored, what open uploads have reserved,
 * and what is asked for count together. Uploads that are accepted at the same moment do not see
 * each other (ADR 0005).
 */
final class ByteQuotas {

  private ByteQuotas() {}

  static Verdict<UploadRoom> check(UploadRoom room, long more, Limits limits) {
    ProjectUsage project = room.usage();
    TenantQuota tenant = room.tenant();
    Long tenantLimit =
        tenant.maxBytes() == null ? limits.quotas().tenantBytes() : tenant.maxBytes();
    return fits(
            new Quota(
                "project",
                room.project().rules().maxBytes(),
                project.usedBytes(),
                project.reservedBytes()),
            more)
        .then(ok ->
            fits(
                new Quota("tenant", tenantLimit, tenant.usedBytes(), tenant.reservedBytes()), more))
        .map(ok -> room);
  }

  private record Quota(String scope, @Nullable Long limit, long used, long reserved) {}

  private static Verdict<Quota> fits(Quota quota, long more) {
    Long limit = quota.limit();
    long taken = quota.used() + quota.reserved();
    if (limit == null || more <= limit - taken) {
      return Verdict.ok(quota);
    }
    return Verdict.refused(
        Refusal.of(
                ErrorCode.QUOTA_BYTES_EXCEEDED,
                "the %s may hold %d bytes and has %d of them stored or promised; %d more do not fit"
                    .formatted(quota.scope(), limit, taken, more))
            .with("scope", quota.scope())
            .with("used_bytes", quota.used())
            .with("reserved_bytes", quota.reserved())
            .with("requested_bytes", more)
            .with("max_bytes", limit));
  }
}
