package io.waybill.core.storage;

import io.waybill.core.Outage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The S3 store as the lifecycle sees it. Every method may be called again after any failure.
 * Adapters retry by themselves where a repetition is harmless, with jitter, inside a bounded time.
 *
 * <p>Every method throws {@link Outage.Storage} when storage did not answer, answered 5xx or
 * SlowDown, said something that lacks what it must have, or refuses us ({@link
 * Outage.Storage#isRefusal()}), unless the method has an outcome for it. What each answer of a
 * store leads to stands in {@code docs/states.md}.
 */
public interface ObjectStore extends FinishedObjects {

  /** CreateMultipartUpload for each, in parallel, at most 8 at once; outcomes in the same order. */
  List<CreateOutcome> createUploads(List<NewUpload> uploads);

  /** ListParts, all pages, in order of part number, each part with its ETag and size. */
  ListOutcome listParts(ObjectLocation location, String uploadId);

  /**
   * CompleteMultipartUpload with exactly these parts. Never throws {@link Outage}: whatever is
   * neither a success nor one of the few refusals that surely left all as it was is {@code
   * Unknown}, 404, 412, 5xx and 200 without a result included.
   */
  CompleteOutcome complete(ObjectLocation location, String uploadId, List<StoredPart> parts);

  /** HEAD; empty when there is no such object. */
  Optional<StoredObject> head(ObjectLocation location);

  /** AbortMultipartUpload. */
  AbortOutcome abort(ObjectLocation location, String uploadId);

  /** Asks the store whether the bucket is there and ours, within a second: readiness. */
  void check(String endpointRef, String bucket);

  /**
   * Whether too many calls of that store failed or were slow of late, as this process met them.
   * Costs nobody a wait. A store that is not watched never is.
   */
  default boolean isStrained(String endpointRef) {
    return false;
  }

  /**
   * The same store for one stretch of work: every call through it, repetitions included, is over
   * when this time is, which runs from now; what has no answer by then is an {@link Outage}. Only
   * {@link #complete} takes as long as the store takes to join the parts. A store that never hangs
   * may return itself.
   */
  default ObjectStore within(Duration phase) {
    return this;
  }

  /**
   * A multipart upload to be made.
   *
   * @param lockedUntil when the object may be deleted at the earliest; null where it is not locked
   */
  record NewUpload(
      ObjectLocation location,
      String contentType,
      Protection protection,
      @Nullable Instant lockedUntil) {

    /** One that nothing guards. */
    public NewUpload(ObjectLocation location, String contentType) {
      this(location, contentType, Protection.USUAL, null);
    }
  }

  /** What became of one CreateMultipartUpload. */
  sealed interface CreateOutcome {
    record Created(String uploadId) implements CreateOutcome {}

    /** A no to what this object is, whoever asks and whenever: its key is too long. */
    record Refused(String storageCode, String message) implements CreateOutcome {}

    /** No clear answer, or a refusal of us; another upload of the same batch may fare better. */
    record Unavailable(Outage.Storage outage) implements CreateOutcome {}
  }

  /** What ListParts said. */
  sealed interface ListOutcome {
    record Parts(List<StoredPart> parts) implements ListOutcome {
      public Parts {
        parts = List.copyOf(parts);
      }
    }

    /** Storage does not know the upload: completed, aborted or purged. */
    record NoSuchUpload() implements ListOutcome {}
  }

  /** What CompleteMultipartUpload said. */
  sealed interface CompleteOutcome {
    record Done() implements CompleteOutcome {}

    /**
     * InvalidPart, InvalidPartOrder: the parts are not those of the list any more. BadDigest: what
     * the store has of them has another sum than is said.
     */
    record PartsChanged(String storageCode, String message) implements CompleteOutcome {}

    /** EntityTooSmall: a part, not the last, is smaller than this store takes. */
    record PartTooSmall(String storageCode, String message) implements CompleteOutcome {}

    /** Storage refuses us, and has done nothing. */
    record Denied(Outage.Storage outage) implements CompleteOutcome {}

    /** Anything else: the caller looks with HEAD and ListParts. */
    record Unknown(String what) implements CompleteOutcome {}
  }

  /** What AbortMultipartUpload said. */
  enum AbortOutcome {
    ABORTED,
    NO_SUCH_UPLOAD
  }
}
