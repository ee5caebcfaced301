package io.waybill.core.recovery.usecase;

import io.waybill.core.access.Origin;
import io.waybill.core.event.Facts;
import io.waybill.core.event.Journal;
import io.waybill.core.policy.usecase.ProbeStorage.Place;
import io.waybill.core.recovery.RecoveryAnswer;
import io.waybill.core.recovery.RecoveryEvent;
import io.waybill.core.recovery.RecoveryPhase;
import io.waybill.core.recovery.RecoveryRun;
import io.waybill.core.recovery.RecoveryStore.Next;
import io.waybill.core.recovery.RecoveryStore.Step;
import io.waybill.core.recovery.RecoveryStores;
import io.waybill.core.work.Ports;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes one step of a recovery: a batch of marks, a look whether all datasets were compared, or one
 * page of a bucket. Where it is stands in the database; whoever comes next goes on from there.
 */
final class ContinueRecovery {

  private static final Duration CLAIM = Duration.ofSeconds(30);

  /** Sooner than the worker's next round, so that it is never just not due. */
  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

  private final Ports<? extends RecoveryStores> ports;
  private final Marking marking;
  private final ObjectWalk walk;
  private final Journal journal;

  ContinueRecovery(Ports<? extends RecoveryStores> ports, ObjectWalk walk) {
    this.ports = ports;
    this.marking = new Marking();
    this.walk = walk;
    this.journal = new Journal(ports.ids());
  }

  /**
   * What one step was.
   *
   * @param report of the recovery that it has completed
   * @param goesOn whether there may be more to do at once, for it or for another one
   */
  record Stepped(Optional<RecoveryAnswer> report, boolean goesOn) {}

  /** One step of what is due; empty when nothing is. */
  Optional<Stepped> step(List<Place> places) {
    Instant now = ports.now();
    return ports
        .work()
        .read(tx -> tx.recoveries().claim(now, now.plus(CLAIM)))
        .map(step ->
            switch (step.run().phase()) {
              case MARKING -> mark(step, now);
              case DATASETS -> waitForDatasets(step, now);
              case OBJECTS -> walk(step, places);
              case COMPLETED -> throw new IllegalStateException("a completed one is never due");
            });
  }

  private Stepped mark(Step step, Instant now) {
    ports
        .work()
        .commit(tx -> {
          Next next = marking.batch(tx, step, now);
          return tx.recoveries().save(step, next);
        });
    return new Stepped(Optional.empty(), true);
  }

  private Stepped waitForDatasets(Step step, Instant now) {
    boolean isOpen = ports.work().read(tx -> tx.recoveryChecks().isOpen(step.run().recoveryId()));
    Next next =
        isOpen
            ? new Next(RecoveryPhase.DATASETS, "", "", 0, 0, now.plus(LOOK_AGAIN))
            : new Next(RecoveryPhase.OBJECTS, "", "", 0, 0, now);
    ports.work().read(tx -> tx.recoveries().save(step, next));
    return new Stepped(Optional.empty(), !isOpen);
  }

  private Stepped walk(Step step, List<Place> places) {
    Next next = walk.page(step, places);
    if (next.phase() != RecoveryPhase.COMPLETED) {
      ports.work().read(tx -> tx.recoveries().save(step, next));
      return new Stepped(Optional.empty(), true);
    }
    return new Stepped(ports.work().commit(tx -> complete(tx, step, next)), true);
  }

  private Optional<RecoveryAnswer> complete(RecoveryStores tx, Step step, Next next) {
    if (!tx.recoveries().save(step, next)) {
      return Optional.empty();
    }
    RecoveryRun done =
        tx.recoveries().find(step.run().tenantId(), step.run().recoveryId()).orElseThrow();
    RecoveryRun.Counts counts = done.counts();
    tx.events()
        .append(
            Facts.of(
                journal.audit(
                    RecoveryEvent.COMPLETED,
                    done.resource(),
                    Origin.WORKER,
                    next.dueAt(),
                    Map.of(
                        "after",
                        Map.of(
                            "verified", counts.verified(),
                            "missing_object", counts.missingObject(),
                            "metadata_only", counts.metadataOnly(),
                            "object_only", counts.objectOnly(),
                            "unclaimed_objects", counts.unclaimed())))));
    return Optional.of(RecoveryAnswer.of(done));
  }
}
