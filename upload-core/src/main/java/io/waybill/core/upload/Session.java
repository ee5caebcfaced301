package io.waybill.core.upload;

import io.waybill.core.storage.StoredObject;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One storage multipart upload, as the state it is in. A state's methods are its legal moves; an
 * illegal move does not compile. Every move raises {@link Upload#version()}.
 */
public sealed interface Session {

  Upload upload();

  default SessionStatus status() {
    return SessionStatus.of(this);
  }

  /** When a worker should look at this session next; empty when nothing is left to do. */
  default Optional<Instant> dueAt() {
    return DueTimes.of(this);
  }

  /**
   * The same session as everybody must treat it at this instant: expired once its life is over.
   * That is only seen and not written, so it is no version of its own.
   */
  default Session asOf(Instant now) {
    boolean isOver = !now.isBefore(upload().expiresAt());
    return this instanceof Open open && isOver ? new Expired(upload(), open.uploadId()) : this;
  }

  /** A multipart upload exists, and parts can be in it. */
  sealed interface Open extends Session {
    String uploadId();

    default Completing complete(Instant leaseUntil, Instant at) {
      Upload next = upload().attempted(upload().attempt() + 1, at);
      return new Completing(next, this, new Lease(next.attempt(), leaseUntil));
    }

    /** The final object turned up: an earlier completion had succeeded unheard. */
    default Completed foundComplete(StoredObject object, Instant at) {
      return new Completed(upload().changed(at), uploadId(), object, at, null);
    }

    default Aborting abort(String reason, Instant at) {
      return new Aborting(upload().changed(at), uploadId(), reason, at);
    }

    default Expired expire(Instant at) {
      return new Expired(upload().changed(at), uploadId());
    }

    default Failed fail(LastError error) {
      Instant abortAt = error.isUploadMissing() ? null : error.occurredAt();
      return new Failed(upload().changed(error.occurredAt()), uploadId(), error, abortAt);
    }

    /** The same state of the same upload, as it has become: with a later end, say. */
    Open with(Upload next);
  }

  /** Accepted and committed; storage has not been heard yet. Redriven after a crash. */
  record Initiating(Upload upload, Instant redriveAt) implements Session {
    public Initiated initiated(String uploadId, Instant at) {
      return new Initiated(upload.changed(at), uploadId);
    }

    public Completed copied(StoredObject object, Instant at) {
      return new Completed(upload.changed(at), null, object, at, null);
    }

    public Failed refuse(LastError error) {
      return new Failed(upload.changed(error.occurredAt()), null, error, null);
    }

    public Aborting abort(String reason, Instant at) {
      return new Aborting(upload.changed(at), null, reason, at);
    }
  }

  /** The multipart upload exists; no URL has been issued and no part seen. */
  record Initiated(Upload upload, String uploadId) implements Open {
    public Uploading start(Instant at) {
      return new Uploading(upload.changed(at), uploadId);
    }

    public Paused pause(@Nullable String reason, Instant at) {
      return new Paused(upload.changed(at), uploadId, reason, at);
    }

    @Override
    public Initiated with(Upload next) {
      return new Initiated(next, uploadId);
    }
  }

  /** URLs have been issued or parts seen. */
  record Uploading(Upload upload, String uploadId) implements Open {
    public Paused pause(@Nullable String reason, Instant at) {
      return new Paused(upload.changed(at), uploadId, reason, at);
    }

    @Override
    public Uploading with(Upload next) {
      return new Uploading(next, uploadId);
    }
  }

  /** No new URLs; parts are kept; URLs already issued live until they expire. */
  record Paused(Upload upload, String uploadId, @Nullable String reason, Instant pausedAt)
      implements Open {
    public Uploading resume(Instant at) {
      return new Uploading(upload.changed(at), uploadId);
    }

    @Override
    public Paused with(Upload next) {
      return new Paused(next, uploadId, reason, pausedAt);
    }
  }

  /**
   * A durable intent to complete: whoever holds the lease asks storage and writes the outcome.
   *
   * @param from the state it goes back to when parts are missing
   */
  record Completing(Upload upload, Open from, Lease lease) implements Session {
    public String uploadId() {
      return from.uploadId();
    }

    public Completing takeOver(Instant leaseUntil, Instant at) {
      return from.with(upload).complete(leaseUntil, at);
    }

    /** Storage gave no clear answer: let go of the lease so that the next call goes on at once. */
    public Completing letGo(Upload next) {
      return new Completing(next, from, new Lease(next.attempt(), next.updatedAt()));
    }

    public Completed confirm(StoredObject object, @Nullable String partListSha256, Instant at) {
      return new Completed(upload.changed(at), uploadId(), object, at, partListSha256);
    }

    /** Storage has not what it takes: back to where it was. */
    public Open reopen(Upload next) {
      return from.with(next);
    }

    /** The one end but success: storage has denied the upload long enough. */
    public Failed fail(LastError error) {
      return from.with(upload).fail(error);
    }
  }

  /**
   * The final object exists with the exact size. Terminal.
   *
   * @param uploadId null when we never heard of one: the object was there after all
   * @param partListSha256 {@link PartList} of what storage made it of; null when nobody knows
   */
  record Completed(
      Upload upload,
      @Nullable String uploadId,
      StoredObject object,
      Instant completedAt,
      @Nullable String partListSha256)
      implements Session {}

  /**
   * A durable intent to abort.
   *
   * @param uploadId null when storage never gave one
   * @param redriveAt when a worker repeats the storage abort
   */
  record Aborting(Upload upload, @Nullable String uploadId, String reason, Instant redriveAt)
      implements Session {
    public Aborting until(Instant later) {
      return new Aborting(upload, uploadId, reason, later);
    }

    public Aborting takeOver(Instant until, Instant at) {
      return new Aborting(upload.changed(at), uploadId, reason, until);
    }

    /** Storage has aborted; again at the last URL's end: a PUT in flight may land until then. */
    public Aborted confirm(@Nullable Instant abortAgainAt, Instant at) {
      return new Aborted(upload.changed(at), uploadId, reason, at, abortAgainAt);
    }

    /** The final object turned up: it is never deleted by an abort. */
    public Completed foundComplete(StoredObject object, Instant at) {
      return new Completed(upload.changed(at), uploadId, object, at, null);
    }
  }

  /**
   * Storage has dropped the parts. Terminal.
   *
   * @param abortAgainAt when the storage abort is repeated once more; null when it was
   */
  record Aborted(
      Upload upload,
      @Nullable String uploadId,
      String reason,
      Instant abortedAt,
      @Nullable Instant abortAgainAt)
      implements Session {
    /** Nothing is left to do: no version of its own, because nobody is told. */
    public Aborted swept() {
      return new Aborted(upload, uploadId, reason, abortedAt, null);
    }
  }

  /** Its life is over; it can be extended until cleanup begins. */
  record Expired(Upload upload, String uploadId) implements Session {
    public Uploading extend(Instant until, Instant at) {
      return new Uploading(upload.extended(until, at), uploadId);
    }

    public Aborting abort(String reason, Instant at) {
      return new Aborting(upload.changed(at), uploadId, reason, at);
    }
  }

  /**
   * Refused for good. Terminal, but for the repair of {@code storage.upload_missing}.
   *
   * @param uploadId null when storage never gave one
   * @param abortAt when a worker repeats the storage abort; null when storage has nothing to abort
   */
  record Failed(
      Upload upload, @Nullable String uploadId, LastError error, @Nullable Instant abortAt)
      implements Session {
    public Failed lookAgain(Instant at) {
      return new Failed(upload.changed(at), uploadId, error, at);
    }

    public Completed repair(StoredObject object, Instant at) {
      return new Completed(upload.changed(at), uploadId, object, at, null);
    }

    public Failed swept() {
      return new Failed(upload, uploadId, error, null);
    }
  }
}
