package io.waybill.core.recovery.usecase;

import io.waybill.core.dataset.Dataset;
import io.waybill.core.recovery.Finding;
import io.waybill.core.recovery.RecoveryStores;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectStore;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.upload.ObjectKeys;
import io.waybill.core.upload.Session;
import io.waybill.core.work.Ports;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks in the store for what the database says of one dataset. */
final class Comparison {

  private final Ports<? extends RecoveryStores> ports;

  Comparison(Ports<? extends RecoveryStores> ports) {
    this.ports = ports;
  }

  /**
   * What was found.
   *
   * @param why in words, for the audit trail
   * @param object that lies under the key; null where none does
   */
  record Found(Finding finding, String why, @Nullable StoredObject object) {}

  Found of(Dataset dataset) {
    ObjectLocation location = dataset.location();
    if (location == null) {
      return new Found(Finding.UNFINISHED, "it has no upload any more", null);
    }
    Optional<Session> session =
        ObjectKeys.ownerOf(location.key())
            .flatMap(owner ->
                ports.work().read(tx -> tx.sessions().find(dataset.tenantId(), owner.sessionId())));
    ObjectStore store = ports.storage();
    StoredObject there = store.head(location).orElse(null);
    StoredObject kept = dataset.object();
    return kept == null
        ? incomplete(store, dataset, session.orElse(null), there)
        : complete(withSums(kept, session.orElse(null)), there);
  }

  /** The sums are the session's to remember. */
  private static StoredObject withSums(StoredObject kept, @Nullable Session session) {
    return session instanceof Session.Completed completed
            && completed.object().etag().equals(kept.etag())
        ? completed.object()
        : kept;
  }

  private static Found complete(StoredObject kept, @Nullable StoredObject there) {
    if (there == null) {
      return missing("storage has no object under its key", null);
    }
    if (there.sizeBytes() != kept.sizeBytes()) {
      return missing(
          "storage has another object under its key: %d bytes, not %d"
              .formatted(there.sizeBytes(), kept.sizeBytes()),
          there);
    }
    return isSame(kept, there)
        ? new Found(Finding.VERIFIED, "", there)
        : missing(
            "storage has another object under its key: as large, with another checksum", there);
  }

  private static Found missing(String why, @Nullable StoredObject there) {
    return new Found(Finding.MISSING_OBJECT, why, there);
  }

  /** A sum that both know decides; an ETag does where there is none: a copy may have another. */
  private static boolean isSame(StoredObject kept, StoredObject there) {
    Map<String, String> common = new HashMap<>(kept.sums());
    common.keySet().retainAll(there.sums().keySet());
    return common.isEmpty()
        ? kept.etag().equals(there.etag())
        : there.sums().entrySet().containsAll(common.entrySet());
  }

  private static Found incomplete(
      ObjectStore store, Dataset dataset, @Nullable Session session, @Nullable StoredObject there) {
    if (there != null && there.sizeBytes() == dataset.fileSizeBytes()) {
      return new Found(
          Finding.OBJECT_ONLY, "storage has the object that its upload was to make", there);
    }
    return session instanceof Session.Open open && isUnknown(store, open)
        ? new Found(Finding.METADATA_ONLY, "storage does not know its upload any more", there)
        : new Found(Finding.UNFINISHED, "its upload has not ended", there);
  }

  private static boolean isUnknown(ObjectStore store, Session.Open open) {
    return store.listParts(open.upload().location(), open.uploadId())
        instanceof ObjectStore.ListOutcome.NoSuchUpload;
  }
}
