package io.waybill.controlapi;

import static java.util.stream.Collectors.toMap;

import io.waybill.core.dataset.usecase.IssueDownloadUrl;
import io.waybill.core.upload.AnswerLimit;
import io.waybill.core.upload.NewTask;
import io.waybill.core.upload.usecase.AbortUpload;
import io.waybill.core.upload.usecase.AcknowledgeParts;
import io.waybill.core.upload.usecase.CompleteUpload;
import io.waybill.core.upload.usecase.ExtendUpload;
import io.waybill.core.upload.usecase.PauseUpload;
import io.waybill.core.upload.usecase.PauseUpload.Inflight;
import io.waybill.core.upload.usecase.PresignParts;
import io.waybill.core.upload.usecase.ResumeUpload;
import io.waybill.wire.Command;
import io.waybill.wire.Payloads;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What use cases are asked, from what bodies say. Defaults are those of the MQTT door: the same
 * request has the same fingerprint over both.
 */
final class CoreRequests {

  private static final String DEFAULT_INITIATOR = "api";

  /** More part numbers than any request may name, and few enough to write down. */
  private static final int LONGEST_RANGE = 10_000;

  private CoreRequests() {}

  static NewTask of(Command.CreateSession c) {
    Command.PresignFirst first = c.presign();
    return new NewTask(
        c.projectId(),
        c.taskName(),
        c.taskInitiator() == null ? DEFAULT_INITIATOR : c.taskInitiator(),
        c.sourceDeviceId(),
        c.sourceDeviceCode(),
        c.storagePolicyId(),
        c.objects().stream().map(CoreRequests::file).toList(),
        c.metadata(),
        first == null
            ? null
            : new NewTask.Presign(
                first.first(), seconds(first.expiresInSeconds()), isCompact(first.encoding())));
  }

  private static NewTask.File file(Command.NewObject object) {
    return new NewTask.File(
        object.datasetId(),
        object.datasetName(),
        object.objectName(),
        object.fileSizeBytes(),
        object.contentType(),
        object.partSizeBytes(),
        object.checksumSha256(),
        object.metadata());
  }

  static PresignParts.Request of(Command.PresignParts c) {
    return new PresignParts.Request(
        c.sessionId(),
        partNumbers(c),
        seconds(c.expiresInSeconds()),
        isCompact(c.encoding()),
        c.checksums(),
        AnswerLimit.NONE);
  }

  /** A range as a list; one that is too long stays too long, without its whole length. */
  private static List<Integer> partNumbers(Command.PresignParts c) {
    Integer start = c.partNumberStart();
    Integer end = c.partNumberEnd();
    if (c.partNumbers() != null || start == null || end == null) {
      return c.partNumbers() == null ? List.of() : c.partNumbers();
    }
    return LongStream.rangeClosed(start, end)
        .limit(LONGEST_RANGE)
        .mapToObj(Math::toIntExact)
        .toList();
  }

  static AcknowledgeParts.Request of(Command.AcknowledgePart c) {
    return new AcknowledgeParts.Request(
        c.sessionId(),
        c.parts().stream()
            .map(p ->
                new AcknowledgeParts.Part(
                    p.partNumber(), p.etag(), p.sizeBytes(), p.checksumSha256()))
            .toList());
  }

  static PauseUpload.Request of(Command.PauseUpload c) {
    boolean cancel = c.clientInflightBehavior() == Command.InflightBehavior.CANCEL_INFLIGHT;
    return new PauseUpload.Request(
        c.sessionId(), c.reason(), cancel ? Inflight.CANCEL_INFLIGHT : Inflight.ALLOW_FINISH);
  }

  static ResumeUpload.Request of(Command.ResumeUpload c) {
    return new ResumeUpload.Request(c.sessionId(), orEmpty(c.reason()));
  }

  static CompleteUpload.Request of(Command.CompleteUpload c) {
    return new CompleteUpload.Request(
        c.sessionId(),
        c.clientReportedParts().stream()
            .collect(
                toMap(
                    Command.ReportedPart::partNumber,
                    Command.ReportedPart::etag,
                    (first, last) -> last)),
        c.checksumSha256());
  }

  static AbortUpload.Request of(Command.AbortUpload c) {
    return new AbortUpload.Request(c.sessionId(), orEmpty(c.reason()));
  }

  static ExtendUpload.Request of(Command.ExtendUpload c) {
    return new ExtendUpload.Request(c.sessionId(), c.extendBySeconds(), orEmpty(c.reason()));
  }

  static IssueDownloadUrl.Request of(UUID projectId, UUID datasetId, Payloads.DownloadUrl body) {
    return new IssueDownloadUrl.Request(
        projectId, datasetId, seconds(body.expiresInSeconds()), body.purpose());
  }

  private static boolean isCompact(Command.Encoding encoding) {
    return encoding == Command.Encoding.COMPACT;
  }

  /** Beyond an int is beyond every limit. */
  private static @Nullable Integer seconds(@Nullable Long seconds) {
    return seconds == null ? null : Math.clamp(seconds, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  private static String orEmpty(@Nullable String reason) {
    return reason == null ? "" : reason;
  }
}
