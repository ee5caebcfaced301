package io.waybill.core.upload.usecase;

import io.waybill.core.Outage;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.storage.StoredPart;
import io.waybill.core.upload.PartComparison;
import java.util.List;

/**
 * What storage said when it was asked to complete. None of these but the last can end an upload.
 */
sealed interface CompletionOutcome {

  /**
   * The object is there with its exact size.
   *
   * @param parts as storage listed them; empty when they were gone already
   */
  record Confirmed(StoredObject object, List<StoredPart> parts) implements CompletionOutcome {}

  /** Parts are missing, unexpected or wrong-sized: storage was not asked to complete. */
  record Incomplete(List<StoredPart> parts, PartComparison comparison)
      implements CompletionOutcome {}

  /** Parts were sent again between list and complete, every time that we tried. */
  record PartsChanged(List<StoredPart> parts, String storageCode) implements CompletionOutcome {}

  /** Storage takes no parts as small as the plan's. */
  record PartTooSmall(List<StoredPart> parts, String storageCode) implements CompletionOutcome {}

  /**
   * Storage refuses us.
   *
   * @param nothingDone whether it was surely not asked to complete, or refused just that
   */
  record Denied(Outage.Storage outage, boolean nothingDone) implements CompletionOutcome {}

  /**
   * Nobody knows yet.
   *
   * @param uploadIsThere whether storage has just shown the upload: then it is not missing
   */
  record Unknown(String what, boolean uploadIsThere, long retryAfterSeconds)
      implements CompletionOutcome {}

  /** Neither the upload nor the object is there. */
  record UploadMissing() implements CompletionOutcome {}
}
