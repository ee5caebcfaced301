package io.waybill.gateway;

import io.waybill.core.upload.AcknowledgeAnswer;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.LastError;
import io.waybill.core.upload.ObjectStatus;
import io.waybill.core.upload.PartPlan;
import io.waybill.core.upload.SessionStatus;
import io.waybill.wire.WireLimits;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The largest answers there can be. Each is the record that its use case answers, so a new
 * component must say here how large it gets. Warnings are left out: they are what a smaller answer
 * lacks.
 */
final class Largest {

  private static final UUID ID = new UUID(-1, -1);
  private static final Instant TIME = Instant.parse("2026-12-31T23:59:59.999999Z");
  private static final String BUCKET = "x".repeat(63);
  private static final String KEY = "x".repeat(400);

  /** Three bytes each, the most that a character can take: names may be in any script. */
  private static final String NAME = "\u2014".repeat(WireLimits.TEXT_CHARS);

  private static final String ETAG = "x".repeat(160);
  private static final String REASON = "x".repeat(200);

  static final AcknowledgeAnswer ACKNOWLEDGED =
      new AcknowledgeAnswer(ID, PartPlan.MAX_PARTS, PartPlan.MAX_PARTS);

  static final Answer.Resumed RESUMED = new Answer.Resumed(ID, SessionStatus.INITIATING, TIME);

  static final Answer.Completed COMPLETED =
      new Answer.Completed(
          ID, SessionStatus.INITIATING, BUCKET, KEY, Long.MAX_VALUE, ETAG, TIME, List.of());

  static final Answer.Aborted ABORTED = new Answer.Aborted(ID, SessionStatus.INITIATING, TIME);

  static final Answer.Extended EXTENDED =
      new Answer.Extended(ID, SessionStatus.INITIATING, TIME, Long.MAX_VALUE);

  static final Answer.TaskObject TASK_OBJECT =
      new Answer.TaskObject(
          ID,
          ID,
          ID,
          ObjectStatus.SKIPPED_INSTANT_UPLOAD,
          NAME,
          BUCKET,
          KEY,
          Long.MAX_VALUE,
          Long.MAX_VALUE,
          PartPlan.MAX_PARTS,
          TIME,
          Long.MAX_VALUE,
          new LastError(REASON, REASON, TIME),
          null);

  private Largest() {}

  static Answer.Paused paused(@Nullable String reason) {
    return new Answer.Paused(ID, SessionStatus.INITIATING, TIME, reason == null ? REASON : reason);
  }
}
