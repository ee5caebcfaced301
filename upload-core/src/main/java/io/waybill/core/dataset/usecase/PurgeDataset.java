package io.waybill.core.dataset.usecase;

import io.waybill.core.EntryCode;
import io.waybill.core.ErrorCode;
import io.waybill.core.FieldError;
import io.waybill.core.Outage;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Authorizer;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Permission;
import io.waybill.core.access.Resource;
import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetEvent;
import io.waybill.core.dataset.DatasetPurges;
import io.waybill.core.dataset.DatasetStores;
import io.waybill.core.dataset.PurgeStanding;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.IntentCommand;
import io.waybill.core.idempotency.IntentCommand.Begun;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.storage.LockBypass;
import io.waybill.core.storage.ObjectStore;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Deletes what is in the recycle bin for ever: its objects first, then what is said of it. That it
 * shall be is committed before storage is asked; from then on nobody brings it back.
 */
public final class PurgeDataset {

  public static final Remembered<Purged> REMEMBERED =
      new Remembered<>("PURGE_DATASET", Purged.class);

  private final Ports<? extends DatasetStores> ports;
  private final DatasetJournal journal;
  private final DatasetCommand command;
  private final PurgeWalk walk;

  PurgeDataset(Ports<? extends DatasetStores> ports) {
    this.ports = ports;
    this.journal = new DatasetJournal(ports.ids());
    this.command = new DatasetCommand(ports);
    this.walk = new PurgeWalk(ports, journal);
  }

  /** It is gone. */
  public record Purged(UUID datasetId) {}

  /**
   * Which dataset of which project.
   *
   * @param isConfirmed whether the caller says that it is meant
   */
  public record Request(UUID projectId, UUID datasetId, boolean isConfirmed) {}

  public Verdict<Purged> handle(Caller caller, RequestKey requestKey, Request request) {
    if (!request.isConfirmed()) {
      return Verdict.refused(
          Refusal.invalid(
              List.of(
                  new FieldError(
                      "confirm_purge",
                      EntryCode.REQUEST_FIELD_INVALID,
                      "must be true: nothing comes back"))));
    }
    Once<DatasetStores, Purged> once =
        Once.of(
            REMEMBERED,
            caller,
            requestKey,
            Fingerprint.of(REMEMBERED).add(request.projectId()).add(request.datasetId()));
    Verdict<Purged> verdict =
        IntentCommand.walk(
            ports,
            once,
            () -> begin(caller, once, request),
            dataset -> finish(caller, once, dataset));
    if (verdict instanceof Verdict.Refused<Purged>(Refusal refusal)
        && refusal.code() == ErrorCode.DATASET_PURGE_DENIED) {
      note(caller, request, refusal);
    }
    return verdict;
  }

  private Verdict<Begun<Dataset, Purged>> begin(
      Caller caller, Once<DatasetStores, Purged> once, Request request) {
    Instant now = ports.now();
    DatasetCommand.Target target =
        new DatasetCommand.Target(
            caller,
            request.projectId(),
            request.datasetId(),
            Permission.DATASET_PURGE,
            DatasetEvent.PURGE_REQUESTED);
    return ports
        .work()
        .write(tx ->
            once.claim(
                tx,
                null,
                now,
                before ->
                    DatasetCommand.stillMay(target, now).then(ok -> IntentCommand.finished(before)),
                created -> begin(tx, once, target, now)));
  }

  /** Who asks for what is gone already is told so, if it was theirs to purge. */
  private Verdict<Begun<Dataset, Purged>> begin(
      DatasetStores tx,
      Once<DatasetStores, Purged> once,
      DatasetCommand.Target target,
      Instant now) {
    UUID tenantId = target.caller().identity().tenantId();
    Optional<Dataset> gone =
        tx.datasetPurges().findPurged(tenantId, target.projectId(), target.datasetId());
    if (gone.isPresent()) {
      return DatasetCommand.pass(target, gone.get(), now)
          .then(purged -> {
            Purged answer = new Purged(purged.datasetId());
            once.remember(tx, answer, now);
            return IntentCommand.finished(answer);
          });
    }
    return DatasetCommand.pass(tx, target, now)
        .then(known -> intend(tx, target, known, now))
        .then(IntentCommand::working);
  }

  /** One that is being purged already is taken up where it stands. */
  private Verdict<Dataset> intend(
      DatasetStores tx, DatasetCommand.Target target, Dataset known, Instant now) {
    PurgeStanding standing =
        tx.datasetPurges().find(known.tenantId(), known.datasetId()).orElseThrow();
    if (standing.isRequested()) {
      return Verdict.ok(asked(tx, known, now, LockBypass.NONE));
    }
    LockBypass may = bypassOf(target.caller(), known, now);
    LockBypass used = standing.isGoverned(now) ? may : LockBypass.NONE;
    return PurgeRules.check(known, standing, now, may)
        .then(ok ->
            command.write(
                tx, explained(target, standing, used), known, known.with(known.standing(), now)))
        .map(after -> asked(tx, after, now, used));
  }

  private static LockBypass bypassOf(Caller caller, Dataset known, Instant now) {
    return Authorizer.allows(
            caller.identity(), Permission.DATASET_OBJECT_LOCK_BYPASS, known.resource(), now)
        ? LockBypass.GOVERNANCE
        : LockBypass.NONE;
  }

  /** Whoever goes past a lock is written down with it. */
  private static DatasetCommand.Target explained(
      DatasetCommand.Target target, PurgeStanding standing, LockBypass used) {
    return used == LockBypass.NONE
        ? target
        : target.because(
            "goes past an object lock in GOVERNANCE mode that ends at " + standing.governedUntil());
  }

  private static Dataset asked(DatasetStores tx, Dataset dataset, Instant now, LockBypass bypass) {
    DatasetPurges purges = tx.datasetPurges();
    purges.request(dataset.tenantId(), dataset.datasetId(), now, now.plus(RedrivePurges.CLAIM));
    if (bypass == LockBypass.GOVERNANCE) {
      purges.bypassLocks(dataset.tenantId(), dataset.datasetId());
    }
    return dataset;
  }

  private Verdict<Purged> finish(Caller caller, Once<DatasetStores, Purged> once, Dataset dataset) {
    once.onDeath(tx -> letGo(tx, dataset));
    Purged answer = new Purged(dataset.datasetId());
    ObjectStore store = ports.storage();
    try {
      walk.finish(
          dataset, caller.origin(), () -> store, tx -> once.remember(tx, answer, ports.now()));
      return Verdict.ok(answer);
    } catch (Outage.Storage outage) {
      ports
          .work()
          .commit(tx -> {
            letGo(tx, dataset);
            once.discard(tx);
            return once;
          });
      return unfinished(dataset, outage);
    }
  }

  /** The same call, or a worker, goes on at once. */
  private void letGo(DatasetStores tx, Dataset dataset) {
    Instant now = ports.now();
    tx.datasetPurges().request(dataset.tenantId(), dataset.datasetId(), now, now);
  }

  private static Verdict<Purged> unfinished(Dataset dataset, Outage.Storage outage) {
    String why =
        outage.isRefusal()
            ? "storage refuses us, which its operator can mend (" + outage.what() + ")"
            : "storage did not answer";
    return Verdict.refused(
        Refusal.of(outage.code(), why + "; a worker goes on with the purge")
            .with("dataset_id", dataset.datasetId().toString())
            .retryAfter(outage.retryAfterSeconds()));
  }

  /** A denial is no error of the system, and is not forgotten. */
  private void note(Caller caller, Request request, Refusal refusal) {
    Resource resource =
        Resource.dataset(caller.identity().tenantId(), request.projectId(), request.datasetId());
    ports
        .work()
        .commit(tx -> {
          tx.events().append(journal.denied(resource, caller.origin(), ports.now(), refusal));
          return refusal;
        });
  }
}
