package io.waybill.core.upload;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Sessions: reads by tenant, and one way to write. */
public interface SessionStore {

  Optional<Session> find(UUID tenantId, UUID sessionId);

  /** The session with what its storage policy says now, in one statement. */
  Optional<UnderPolicy> findUnderPolicy(UUID tenantId, UUID sessionId);

  /** The session with its row locked until the transaction ends. */
  Optional<Session> lock(UUID tenantId, UUID sessionId);

  /** The session, how far it is, and why it does not move, in one statement. */
  Optional<Observed> progress(UUID tenantId, UUID sessionId);

  /** The same of the newest upload of a dataset. */
  Optional<Observed> ofDataset(UUID tenantId, UUID datasetId);

  /**
   * Writes moves, each where the stored version is still {@code before}'s, with facts, object, task
   * and dataset, in one statement for all. Of a session that {@linkplain Transition#standing stays
   * as it is}, the facts are written, under the same guard.
   *
   * <p>The dataset follows only while it is in the upload part of its life (CREATED,
   * UPLOAD_PENDING, UPLOADING, PAUSED, PROCESSING) and the session is its object's current one;
   * COMPLETED also writes its object columns and, where the policy requires no validation, READY.
   *
   * @return ids of the sessions that were written; a missing one lost its race and left nothing
   */
  Set<UUID> apply(List<Transition> transitions);

  /** How far a session is, with what lies beside it. */
  record Observed(Progress progress, Signs signs) {}

  /**
   * A session and its policy's word on URLs.
   *
   * @param urlLife life of a URL for requests that ask for none
   */
  record UnderPolicy(Session session, Duration urlLife) {}
}
