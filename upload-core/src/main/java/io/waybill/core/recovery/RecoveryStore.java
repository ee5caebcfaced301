package io.waybill.core.recovery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Recoveries, and how far each has come. A step of one is claimed by a lease, as walks are. */
public interface RecoveryStore {

  /**
   * Adds one that begins, of a tenant that there is, claimed by its {@code startedAt}. False, and
   * nothing is written, while another one of its tenant is under way.
   */
  boolean begin(RecoveryRun run);

  Optional<RecoveryRun> find(UUID tenantId, UUID recoveryId);

  /** A tenant's, newest first, those before an id; null for the first page. */
  List<RecoveryRun> list(UUID tenantId, @Nullable UUID before, int limit);

  /** One that is due and that nobody else is at work on, the longest due first. */
  Optional<Step> claim(Instant now, Instant until);

  /** Writes what a step has done; false, and nothing is written, when its claim was lost. */
  boolean save(Step step, Next next);

  /** Counts one more finding. */
  void count(UUID recoveryId, Finding finding);

  /**
   * A claimed step.
   *
   * @param place where it is: a word of the caller's, empty at the beginning of a phase
   * @param cursor how far it is there; empty at the beginning
   */
  record Step(RecoveryRun run, String place, String cursor, Instant claimedUntil) {}

  /**
   * What a step has come to.
   *
   * @param datasets that it has marked
   * @param objects that it has seen
   * @param dueAt when it goes on; when it was completed, if it was
   */
  record Next(
      RecoveryPhase phase, String place, String cursor, int datasets, int objects, Instant dueAt) {}
}
