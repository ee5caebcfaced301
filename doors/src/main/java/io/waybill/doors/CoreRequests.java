package io.waybill.doors;

import static java.util.stream.Collectors.toMap;

import io.waybill.core.upload.AnswerLimit;
import io.waybill.core.upload.NewTask;
import io.waybill.core.upload.usecase.AbortUpload;
import io.waybill.core.upload.usecase.AcknowledgeParts;
import io.waybill.core.upload.usecase.CompleteUpload;
import io.waybill.core.upload.usecase.ExtendUpload;
import io.waybill.core.upload.usecase.ListParts;
import io.waybill.core.upload.usecase.PauseUpload;
import io.waybill.core.upload.usecase.PresignParts;
import io.waybill.core.upload.usecase.ResumeUpload;
import io.waybill.core.upload.usecase.RetryObject;
import io.waybill.wire.Command;
import io.waybill.wire.Command.Encoding;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What use cases are asked, from what commands say, whichever door they came through: the same
 * request has the same fingerprint at both.
 */
public final class CoreRequests {

  private static final String DEFAULT_INITIATOR = "api";
  private static final int DEFAULT_PAGE = 50;

  /** More part numbers than any request may name, and few enough to write down. */
  private static final int LONGEST_RANGE = 10_000;

  private CoreRequests() {}

  public static NewTask request(Command.CreateSession c) {
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

  public static PresignParts.Request request(Command.PresignParts c, AnswerLimit limit) {
    return new PresignParts.Request(
        c.sessionId(),
        partNumbers(c),
        seconds(c.expiresInSeconds()),
        isCompact(c.encoding()),
        c.checksums(),
        limit);
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

  public static AcknowledgeParts.Request request(Command.AcknowledgePart c) {
    return new AcknowledgeParts.Request(
        c.sessionId(),
        c.parts().stream()
            .map(part ->
                new AcknowledgeParts.Part(
                    part.partNumber(), part.etag(), part.sizeBytes(), part.checksumSha256()))
            .toList());
  }

  public static ListParts.Request request(Command.ListParts c) {
    return new ListParts.Request(
        c.sessionId(),
        switch (c.source()) {
          case DB -> ListParts.Source.DB;
          case STORAGE -> ListParts.Source.STORAGE;
          case RECONCILE -> ListParts.Source.RECONCILE;
        },
        c.limit() == null ? DEFAULT_PAGE : c.limit(),
        c.cursor(),
        c.encoding() == Command.PartEncoding.RANGES);
  }

  public static PauseUpload.Request request(Command.PauseUpload c) {
    return new PauseUpload.Request(
        c.sessionId(),
        c.reason(),
        c.clientInflightBehavior() == Command.InflightBehavior.CANCEL_INFLIGHT
            ? PauseUpload.Inflight.CANCEL_INFLIGHT
            : PauseUpload.Inflight.ALLOW_FINISH);
  }

  public static ResumeUpload.Request request(Command.ResumeUpload c) {
    return new ResumeUpload.Request(c.sessionId(), orEmpty(c.reason()));
  }

  public static AbortUpload.Request request(Command.AbortUpload c) {
    return new AbortUpload.Request(c.sessionId(), orEmpty(c.reason()));
  }

  public static RetryObject.Request request(Command.RetryObject c) {
    return new RetryObject.Request(c.taskId(), c.objectId());
  }

  public static CompleteUpload.Request request(Command.CompleteUpload c) {
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

  public static ExtendUpload.Request request(Command.ExtendUpload c) {
    return new ExtendUpload.Request(c.sessionId(), c.extendBySeconds(), orEmpty(c.reason()));
  }

  private static boolean isCompact(Encoding encoding) {
    return encoding == Encoding.COMPACT;
  }

  /** Beyond an int is beyond every limit. */
  public static @Nullable Integer seconds(@Nullable Long seconds) {
    return seconds == null ? null : Math.clamp(seconds, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  private static String orEmpty(@Nullable String reason) {
    return reason == null ? "" : reason;
  }
}
