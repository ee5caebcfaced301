package io.waybill.gateway;

import static java.util.Comparator.comparingInt;

import io.waybill.core.device.DeviceAnswer;
import io.waybill.core.storage.ChecksumAlgorithm;
import io.waybill.core.upload.AcknowledgeAnswer;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.LastError;
import io.waybill.core.upload.ObjectKeys;
import io.waybill.core.upload.ObjectStatus;
import io.waybill.core.upload.Owner;
import io.waybill.core.upload.PartPlan;
import io.waybill.core.upload.SessionStatus;
import io.waybill.wire.WireLimits;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The largest answers there can be. Each is the record that its use case answers, so a new
 * component must say here how large it gets. Warnings and receipts are left out: they are what a
 * smaller answer lacks.
 */
final class Largest {

  private static final UUID ID = new UUID(-1, -1);
  private static final Instant TIME = Instant.parse("2026-12-31T23:59:59.999999Z");

  /** The most that a store lets a bucket be called. */
  private static final String BUCKET = "x".repeat(63);

  private static final String KEY =
      ObjectKeys.keyOf(
          new Owner(ID, ID, ID, ID, ID, ID), ID, TIME, "x".repeat(WireLimits.TEXT_CHARS));

  /** Three bytes each, the most that a character can take: names may be in any script. */
  private static final String NAME = "\u2014".repeat(WireLimits.TEXT_CHARS);

  /** Stores answer 32 digits and a count of parts; some a little more. */
  private static final String ETAG = "x".repeat(160);

  private static final SessionStatus SESSION_STATUS = longest(SessionStatus.values());

  /** What a session can have failed of already when its retry is answered; our own short words. */
  private static final LastError LAST_ERROR =
      new LastError(
          Arrays.stream(LastError.Code.values())
              .max(comparingInt(code -> code.toString().length()))
              .orElseThrow(),
          "x".repeat(200),
          TIME);

  static final AcknowledgeAnswer ACKNOWLEDGED =
      new AcknowledgeAnswer(ID, PartPlan.MAX_PARTS, PartPlan.MAX_PARTS);

  static final Answer.Resumed RESUMED = new Answer.Resumed(ID, SESSION_STATUS, TIME);

  static final Answer.Completed COMPLETED =
      new Answer.Completed(
          ID, SESSION_STATUS, BUCKET, KEY, PartPlan.MAX_FILE_BYTES, ETAG, TIME, null, List.of());

  static final Answer.Aborted ABORTED = new Answer.Aborted(ID, SESSION_STATUS, TIME);

  static final Answer.Extended EXTENDED =
      new Answer.Extended(ID, SESSION_STATUS, TIME, Long.MAX_VALUE);

  /** The secret is 32 bytes in base64url behind its four letters. */
  static final DeviceAnswer.Issued CREDENTIAL =
      new DeviceAnswer.Issued(ID, Integer.MAX_VALUE, "x".repeat(47), TIME, TIME);

  static final Answer.TaskObject TASK_OBJECT =
      new Answer.TaskObject(
          ID,
          ID,
          ID,
          longest(ObjectStatus.values()),
          /* instant= */ false,
          NAME,
          BUCKET,
          KEY,
          PartPlan.MAX_FILE_BYTES,
          PartPlan.MAX_PART_BYTES,
          PartPlan.MAX_PARTS,
          longest(ChecksumAlgorithm.values()),
          TIME,
          Long.MAX_VALUE,
          LAST_ERROR,
          null);

  private Largest() {}

  /** Who pauses what is paused is told the first reason, however long it is: nothing happens. */
  static Answer.Paused paused(@Nullable String reason) {
    return new Answer.Paused(ID, SESSION_STATUS, TIME, reason);
  }

  private static <E extends Enum<E>> E longest(E[] words) {
    return Arrays.stream(words).max(comparingInt(word -> word.toString().length())).orElseThrow();
  }
}
