package io.waybill.gateway;

import io.waybill.core.Refusal;
import io.waybill.wire.Command;
import io.waybill.wire.Result;
import io.waybill.wire.WireLimits;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The largest answer that a state-changing command can have, known before it has any effect. Create
 * and presign are not here: they can answer less, and judge for themselves; reads have no effect.
 */
final class AnswerFloor {

  private static final UUID ID = new UUID(-1, -1);
  private static final Instant TIME = Instant.parse("2026-12-31T23:59:59.999999Z");
  private static final String STATUS = "x".repeat(24);
  private static final String BUCKET = "x".repeat(63);
  private static final String KEY = "x".repeat(400);

  /** Three bytes each, the most that a character can take: names may be in any script. */
  private static final String NAME = "\u2014".repeat(WireLimits.TEXT_CHARS);

  private static final String ETAG = "x".repeat(160);
  private static final String REASON = "x".repeat(200);

  private AnswerFloor() {}

  /** A refusal when the answer may not fit. */
  static @Nullable Refusal check(Road.Traveller traveller) {
    Object largest = largest(traveller.request().command());
    return largest == null || traveller.limit().fits(largest)
        ? null
        : Answers.tooLarge(traveller.limit().sizeOf().applyAsLong(largest));
  }

  private static @Nullable Object largest(Command command) {
    return switch (command) {
      case Command.AcknowledgePart c -> new Result.Acknowledged(ID, 10_000, 10_000);
      case Command.PauseUpload c ->
          new Result.Paused(ID, STATUS, TIME, c.reason() == null ? REASON : c.reason());
      case Command.ResumeUpload c -> new Result.Resumed(ID, STATUS, TIME);
      case Command.CompleteUpload c ->
          new Result.Completed(ID, STATUS, BUCKET, KEY, Long.MAX_VALUE, ETAG, TIME, List.of());
      case Command.AbortUpload c -> new Result.Aborted(ID, STATUS, TIME);
      case Command.ExtendUpload c -> new Result.Extended(ID, STATUS, TIME, Long.MAX_VALUE);
      case Command.RetryObject c ->
          new Result.UploadObject(
              ID,
              ID,
              ID,
              STATUS,
              NAME,
              BUCKET,
              KEY,
              Long.MAX_VALUE,
              Long.MAX_VALUE,
              10_000,
              TIME,
              Long.MAX_VALUE,
              new Result.LastError(REASON, REASON, TIME),
              null);
      case Command.CreateSession c -> null;
      case Command.PresignParts c -> null;
      case Command.GetStatus c -> null;
      case Command.ListParts c -> null;
      case Command.Describe c -> null;
      case Command.Malformed c -> null;
    };
  }
}
