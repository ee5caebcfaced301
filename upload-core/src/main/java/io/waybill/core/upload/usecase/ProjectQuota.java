package io.waybill.core.upload.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.project.ProjectRules;
import io.waybill.core.upload.Limits;
import io.waybill.core.upload.UploadRoom;

/** Whether a project's own quotas have room; its bytes stand with the tenant's. */
final class ProjectQuota {

  private static final long RETRY_AFTER_SECONDS = 60;

  private ProjectQuota() {}

  /** Whether so many uploads more, of so many bytes in all, fit. */
  static Verdict<UploadRoom> check(UploadRoom room, int uploads, long bytes, Limits limits) {
    return ByteQuotas.check(room, bytes, limits).then(ok -> uploads(ok, uploads));
  }

  private static Verdict<UploadRoom> uploads(UploadRoom room, int more) {
    ProjectRules rules = room.project().rules();
    Integer limit = rules.maxOpenUploads();
    int open = room.usage().openUploads();
    if (limit == null || open + more <= limit) {
      return Verdict.ok(room);
    }
    return Verdict.refused(
        Refusal.of(
                ErrorCode.QUOTA_OPEN_UPLOADS_EXCEEDED,
                "the project has %d open uploads and may have %d; finish or abort some"
                    .formatted(open, limit))
            .with("scope", "project")
            .with("used", open)
            .with("limit", limit)
            .retryAfter(RETRY_AFTER_SECONDS));
  }
}
