package io.waybill.core.upload.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.project.ProjectRules;
import io.waybill.core.upload.UploadRoom;

/**
 * Whether a project's own quota has room: what is stored, what open uploads have reserved, and what
 * is asked for count together. Uploads that are accepted at the same moment do not see each other
 * (ADR 0005).
 */
final class ProjectQuota {

  private static final long RETRY_AFTER_SECONDS = 60;

  private ProjectQuota() {}

  /** Whether so many uploads more, of so many bytes in all, fit. */
  static Verdict<UploadRoom> check(UploadRoom room, int uploads, long bytes) {
    return bytes(room, bytes).then(ok -> uploads(ok, uploads));
  }

  private static Verdict<UploadRoom> bytes(UploadRoom room, long more) {
    Long limit = room.project().rules().maxBytes();
    long taken = room.usage().usedBytes() + room.usage().reservedBytes();
    if (limit == null || more <= limit - taken) {
      return Verdict.ok(room);
    }
    return Verdict.refused(
        Refusal.of(
                ErrorCode.QUOTA_BYTES_EXCEEDED,
                "the project may hold %d bytes and has %d of them stored or promised; %d more do not fit"
                    .formatted(limit, taken, more))
            .with("scope", "project")
            .with("used_bytes", room.usage().usedBytes())
            .with("reserved_bytes", room.usage().reservedBytes())
            .with("requested_bytes", more)
            .with("max_bytes", limit));
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
