package io.waybill.core.upload.usecase;

import io.waybill.core.port.ObjectStore;
import io.waybill.core.port.ObjectStore.CompleteOutcome;
import io.waybill.core.port.ObjectStore.ListOutcome;
import io.waybill.core.port.Outage;
import io.waybill.core.upload.PartComparison;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.StoredObject;
import io.waybill.core.upload.StoredPart;
import io.waybill.core.upload.Upload;
import java.util.List;
import java.util.Optional;

/**
 * Asks storage to complete an upload, and finds out what became of it when the answer is not clear.
 * The object itself decides; then whether the upload is still there.
 */
final class CompletionInquiry {

  private static final long RETRY_AFTER_SECONDS = 5;

  /** The one refusal of a listing that is definite; a wrong key or a wrong clock is put right. */
  private static final String FORBIDDEN = "AccessDenied";

  private final ObjectStore store;

  CompletionInquiry(ObjectStore store) {
    this.store = store;
  }

  CompletionOutcome ask(Session.Completing mine) {
    try {
      return switch (list(mine)) {
        case ListOutcome.Parts(List<StoredPart> parts) -> complete(mine, parts);
        case ListOutcome.NoSuchUpload() ->
            objectOr(mine, List.of(), new CompletionOutcome.UploadMissing());
        case ListOutcome.Refused(String code, String message) ->
            code.equals(FORBIDDEN)
                ? new CompletionOutcome.Refused(code, message)
                : objectOr(mine, List.of(), unknown(code + ": " + message, false));
      };
    } catch (Outage outage) {
      return new CompletionOutcome.Unknown(
          "storage did not answer", false, outage.retryAfterSeconds());
    }
  }

  private ListOutcome list(Session.Completing mine) {
    return store.listParts(mine.upload().location(), mine.uploadId());
  }

  private CompletionOutcome complete(Session.Completing mine, List<StoredPart> parts) {
    PartComparison comparison = PartComparison.of(mine.upload().plan(), parts);
    if (!comparison.isExact()) {
      return new CompletionOutcome.Incomplete(parts, comparison);
    }
    return switch (store.complete(mine.upload().location(), mine.uploadId(), parts)) {
      case CompleteOutcome.Done() ->
          objectOr(mine, parts, unknown("HEAD does not show the object yet", false));
      case CompleteOutcome.Refused(String code, String message) ->
          new CompletionOutcome.Refused(code, message);
      case CompleteOutcome.Unknown(String what) -> lookAgain(mine, parts, what);
    };
  }

  private CompletionOutcome lookAgain(
      Session.Completing mine, List<StoredPart> parts, String what) {
    CompletionOutcome seen = objectOr(mine, parts, new CompletionOutcome.UploadMissing());
    if (seen instanceof CompletionOutcome.Confirmed) {
      return seen;
    }
    return switch (list(mine)) {
      case ListOutcome.NoSuchUpload() -> seen;
      case ListOutcome.Parts still -> unknown(what, true);
      case ListOutcome.Refused refused -> unknown(what, false);
    };
  }

  private static CompletionOutcome unknown(String what, boolean uploadIsThere) {
    return new CompletionOutcome.Unknown(what, uploadIsThere, RETRY_AFTER_SECONDS);
  }

  private CompletionOutcome objectOr(
      Session.Completing mine, List<StoredPart> parts, CompletionOutcome otherwise) {
    Upload upload = mine.upload();
    Optional<StoredObject> object = store.head(upload.location());
    return object.isPresent() && object.get().sizeBytes() == upload.plan().fileSizeBytes()
        ? new CompletionOutcome.Confirmed(object.get(), parts)
        : otherwise;
  }
}
