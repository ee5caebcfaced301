package io.waybill.core.storage;

import io.waybill.core.Outage;
import org.jspecify.annotations.Nullable;

/**
 * What is done with objects that are finished; of its calls holds what {@link ObjectStore} says.
 */
public interface FinishedObjects {

  /**
   * DeleteObject. That there is no such object, or no such version of it, is no failure: it may be
   * repeated after anything. Throws {@link Outage.Storage} when storage did not say that it is
   * gone; a lock that keeps it is a refusal of us.
   *
   * @param versionId of which version; null for the object as it is, which a versioned bucket only
   *     marks as deleted
   * @param bypass the store must let us go past such locks, too
   */
  void delete(ObjectLocation location, @Nullable String versionId, LockBypass bypass);

  /** The same past no lock. */
  default void delete(ObjectLocation location, @Nullable String versionId) {
    delete(location, versionId, LockBypass.NONE);
  }

  /**
   * PutObjectLegalHold: what is ON is deleted by nobody, what is OFF may be again. That there is no
   * such object is no failure. Only for buckets that can lock: the others refuse.
   */
  void hold(ObjectLocation location, @Nullable String versionId, HoldStatus status);

  /**
   * A copy that the store makes by itself: CopyObject up to 5 GiB, above that UploadPartCopy of
   * ranges. Nobody holds more of it than a buffer, and it takes as long as the store takes, which
   * no {@link ObjectStore#within} ends: minutes, per call.
   *
   * <p>The target is guarded as an upload of that record is, by nothing of the source's. Both are
   * at one endpoint; their buckets may differ.
   *
   * <p>May be repeated after anything: the same key has the same bytes. After a death or an {@link
   * Outage} HEAD tells whether there is an object, which may still come later; whoever asks first
   * spares a bucket that keeps versions a second one. No adapter repeats it by itself. A copy in
   * parts that fails aborts what it began, as well as it can; what it leaves behind is an orphan
   * that storage's own expiry or the sweep ends.
   *
   * <p>Throws {@link Outage.Storage} when storage did not say that it is done, or refuses us.
   */
  CopyOutcome copy(CopySource source, ObjectStore.NewUpload target);

  /**
   * What is copied: these bytes or none.
   *
   * @param versionId null for the object as it is
   * @param etag as HEAD gave it
   */
  record CopySource(
      ObjectLocation location, @Nullable String versionId, String etag, long sizeBytes) {}

  /** What became of a copy. */
  sealed interface CopyOutcome {

    /** It is there; HEAD describes it. */
    record Copied() implements CopyOutcome {}

    /**
     * A no that stays one: the source is gone or is another, the store copies nothing of this kind.
     * Nothing was made.
     */
    record Refused(String storageCode, String message) implements CopyOutcome {}
  }
}
