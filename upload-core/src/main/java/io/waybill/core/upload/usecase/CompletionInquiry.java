package io.waybill.core.upload.usecase;

import io.waybill.core.Outage;
import io.waybill.core.storage.ObjectStore;
import io.waybill.core.storage.ObjectStore.CompleteOutcome;
import io.waybill.core.storage.ObjectStore.ListOutcome;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.storage.StoredPart;
import io.waybill.core.upload.PartComparison;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.Upload;
import io.waybill.core.upload.UploadStores;
import io.waybill.core.work.Ports;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Asks storage to complete an upload, and finds out what became of it when the answer is not clear.
 * The object itself decides; then whether the upload is still there.
 */
final class CompletionInquiry {

  /** How often it is tried again when parts change under our hands. */
  private static final int REPETITIONS = 3;

  private static final long RETRY_AFTER_SECONDS = 5;

  private final Ports<? extends UploadStores> ports;

  CompletionInquiry(Ports<? extends UploadStores> ports) {
    this.ports = ports;
  }

  CompletionOutcome ask(Session.Completing mine) {
    return heard(true, () -> attempt(mine, REPETITIONS));
  }

  private CompletionOutcome attempt(Session.Completing mine, int repetitions) {
    ObjectStore before = ports.storage();
    ListOutcome listed;
    try {
      listed = list(before, mine);
    } catch (Outage.Storage refused) {
      if (!refused.isRefusal()) {
        throw refused;
      }
      // That we may not list the parts does not hide the object of an earlier, unheard success.
      return objectOr(before, mine, List.of(), new CompletionOutcome.Denied(refused, true));
    }
    return switch (listed) {
      case ListOutcome.Parts(List<StoredPart> parts) -> complete(mine, parts, repetitions);
      case ListOutcome.NoSuchUpload() ->
          objectOr(before, mine, List.of(), new CompletionOutcome.UploadMissing());
    };
  }

  private static ListOutcome list(ObjectStore store, Session.Completing mine) {
    return store.listParts(mine.upload().location(), mine.uploadId());
  }

  private CompletionOutcome complete(
      Session.Completing mine, List<StoredPart> parts, int repetitions) {
    Upload upload = mine.upload();
    Map<Integer, String> bound = ports.work().read(tx -> PartSums.bound(tx.parts(), upload));
    PartComparison comparison =
        PartComparison.of(upload.plan(), parts).andWrong(PartSums.wrong(upload, parts, bound));
    if (!comparison.isExact()) {
      return new CompletionOutcome.Incomplete(parts, comparison);
    }
    return switch (ports.store().complete(mine.upload().location(), mine.uploadId(), parts)) {
      case CompleteOutcome.Done() ->
          heard(
              false,
              () ->
                  objectOr(
                      ports.storage(),
                      mine,
                      parts,
                      unknown("HEAD does not show the object yet", false)));
      case CompleteOutcome.PartsChanged(String code, String message) ->
          repetitions > 0
              ? attempt(mine, repetitions - 1)
              : new CompletionOutcome.PartsChanged(parts, code);
      case CompleteOutcome.PartTooSmall(String code, String message) ->
          new CompletionOutcome.PartTooSmall(parts, code);
      case CompleteOutcome.Denied(Outage.Storage outage) ->
          new CompletionOutcome.Denied(outage, true);
      case CompleteOutcome.Unknown(String what) -> heard(false, () -> lookAgain(mine, parts, what));
    };
  }

  private CompletionOutcome lookAgain(
      Session.Completing mine, List<StoredPart> parts, String what) {
    ObjectStore after = ports.storage();
    CompletionOutcome seen = objectOr(after, mine, parts, new CompletionOutcome.UploadMissing());
    if (seen instanceof CompletionOutcome.Confirmed) {
      return seen;
    }
    return switch (list(after, mine)) {
      case ListOutcome.NoSuchUpload() -> seen;
      case ListOutcome.Parts still -> unknown(what, true);
    };
  }

  private static CompletionOutcome unknown(String what, boolean uploadIsThere) {
    return new CompletionOutcome.Unknown(what, uploadIsThere, RETRY_AFTER_SECONDS);
  }

  private static CompletionOutcome objectOr(
      ObjectStore store,
      Session.Completing mine,
      List<StoredPart> parts,
      CompletionOutcome otherwise) {
    Upload upload = mine.upload();
    Optional<StoredObject> object = store.head(upload.location());
    return object.isPresent() && object.get().sizeBytes() == upload.plan().fileSizeBytes()
        ? new CompletionOutcome.Confirmed(PartSums.summed(upload, object.get(), parts), parts)
        : otherwise;
  }

  /** What a call came to, when storage did not answer it or refused us, too. */
  private static CompletionOutcome heard(boolean nothingDone, Supplier<CompletionOutcome> call) {
    try {
      return call.get();
    } catch (Outage.Storage outage) {
      return outage.isRefusal()
          ? new CompletionOutcome.Denied(outage, nothingDone)
          : new CompletionOutcome.Unknown(
              "storage did not answer", false, outage.retryAfterSeconds());
    }
  }
}
