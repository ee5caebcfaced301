package io.waybill.core.upload;

import java.time.Instant;
import java.util.UUID;

/**
 * What a session is in every state.
 *
 * @param originalFilename the client's own name for the file
 * @param expiresAt no URL outlives it, no state ignores it
 * @param attempt how often a worker has taken up an intent of this session
 * @param version raised by every change; the guard of compare-and-set
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
    long version) {

  /** The same upload after one more change. */
  Upload changed(Instant at) {
    return with(at, expiresAt, attempt);
  }

  Upload attempted(int number, Instant at) {
    return with(at, expiresAt, number);
  }

  Upload extended(Instant until, Instant at) {
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
        version + 1);
  }
}
