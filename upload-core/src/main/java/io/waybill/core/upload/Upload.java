package io.waybill.core.upload;

import io.waybill.core.access.Resource;
import io.waybill.core.dataset.Twin;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.Protection;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a session is in every state.
 *
 * @param originalFilename the client's own name for the file
 * @param expiresAt no URL outlives it, no state ignores it
 * @param attempt how often a worker has taken up an intent of this session
 * @param version raised by every change; the guard of compare-and-set
 * @param missingSince when storage first said that it does not know the upload; null when it has
 *     not, or has shown it since
 * @param protection what guards its bytes, as its policy said when it was made
 * @param checksumSha256 of the whole file, lower-case hex, as the client has reported it
 * @param twin what storage copies instead of waiting for parts; null when the file is to be sent
 */
public record Upload(
    UUID sessionId,
    Owner owner,
    ObjectLocation location,
    PartPlan plan,
    String originalFilename,
    String contentType,
    Instant createdAt,
    Instant updatedAt,
    Instant expiresAt,
    int attempt,
    long version,
    @Nullable Instant missingSince,
    Protection protection,
    @Nullable String checksumSha256,
    @Nullable Twin twin) {

  /** Storage must have denied an upload for this long, and be asked again, before we believe it. */
  public static final Duration MISSING_FOR = Duration.ofSeconds(60);

  /** How long a session stays EXPIRED, and can be extended, before cleanup aborts it. */
  public static final Duration EXPIRY_GRACE = Duration.ofHours(2);

  /** One that nothing guards and of which no sum was reported, to be sent. */
  public Upload(
      UUID sessionId,
      Owner owner,
      ObjectLocation location,
      PartPlan plan,
      String originalFilename,
      String contentType,
      Instant createdAt,
      Instant updatedAt,
      Instant expiresAt,
      int attempt,
      long version,
      @Nullable Instant missingSince) {
    this(
        sessionId,
        owner,
        location,
        plan,
        originalFilename,
        contentType,
        createdAt,
        updatedAt,
        expiresAt,
        attempt,
        version,
        missingSince,
        Protection.USUAL,
        null,
        null);
  }

  /** The same, made by a copy in storage. */
  public Upload copying(@Nullable Twin source) {
    return having(missingSince, checksumSha256, source);
  }

  /** When its object may be deleted at the earliest; null where it is not locked. */
  public @Nullable Instant lockedUntil() {
    Integer days = protection.lockDays();
    return days == null ? null : createdAt.plus(Duration.ofDays(days));
  }

  /** The session, as what somebody may or may not touch. */
  public Resource resource() {
    return owner.resource(sessionId);
  }

  /** The same upload after one more change. */
  public Upload changed(Instant at) {
    return with(at, expiresAt, attempt);
  }

  /** The same after storage said that it does not know it. */
  public Upload missing(Instant at) {
    return changed(at).missingSince(missingSince == null ? at : missingSince);
  }

  /** The same after storage has shown it. */
  public Upload found(Instant at) {
    return changed(at).missingSince(null);
  }

  /** Whether storage, should it deny the upload now, is to be believed. */
  public boolean isMissingFor(Instant now) {
    return missingSince != null && !now.isBefore(missingSince.plus(MISSING_FOR));
  }

  /** The same, of which this sum was reported by the same change; null adds nothing. */
  public Upload reporting(@Nullable String sha256) {
    return having(missingSince, sha256 == null ? checksumSha256 : sha256, twin);
  }

  Upload attempted(int number, Instant at) {
    return with(at, expiresAt, number);
  }

  public Upload extended(Instant until, Instant at) {
    return with(at, until, attempt);
  }

  private Upload with(Instant updated, Instant expires, int attempts) {
    return new Upload(
        sessionId,
        owner,
        location,
        plan,
        originalFilename,
        contentType,
        createdAt,
        updated,
        expires,
        attempts,
        version + 1,
        missingSince,
        protection,
        checksumSha256,
        twin);
  }

  private Upload missingSince(@Nullable Instant since) {
    return having(since, checksumSha256, twin);
  }

  private Upload having(@Nullable Instant missing, @Nullable String sha256, @Nullable Twin source) {
    return new Upload(
        sessionId,
        owner,
        location,
        plan,
        originalFilename,
        contentType,
        createdAt,
        updatedAt,
        expiresAt,
        attempt,
        version,
        missing,
        protection,
        sha256,
        source);
  }
}
