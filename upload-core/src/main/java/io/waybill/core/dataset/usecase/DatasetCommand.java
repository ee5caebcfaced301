package io.waybill.core.dataset.usecase;

import io.waybill.core.EntryCode;
import io.waybill.core.ErrorCode;
import io.waybill.core.FieldError;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Identity;
import io.waybill.core.access.Permission;
import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetAnswer;
import io.waybill.core.dataset.DatasetEvent;
import io.waybill.core.dataset.DatasetProfile;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.dataset.DatasetStores;
import io.waybill.core.idempotency.Once;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The head of every command that changes a dataset: lock it, let the caller through, once. */
final class DatasetCommand {
  /** What can be asked of a dataset that does not show. */
  private static final Set<Permission> IN_RECYCLE_BIN =
      Set.of(Permission.DATASET_RESTORE, Permission.DATASET_PURGE, Permission.DATASET_LEGAL_HOLD);

  private final Ports<? extends DatasetStores> ports;
  private final DatasetJournal journal;

  DatasetCommand(Ports<? extends DatasetStores> ports) {
    this.ports = ports;
    this.journal = new DatasetJournal(ports.ids());
  }

  /**
   * What is to be changed.
   *
   * @param becomes the word for it
   * @param reason that the audit trail keeps, too; empty for none
   */
  record Target(
      Caller caller,
      UUID projectId,
      UUID datasetId,
      Permission need,
      DatasetEvent becomes,
      String reason) {
    Target(Caller caller, UUID projectId, UUID datasetId, Permission need, DatasetEvent becomes) {
      this(caller, projectId, datasetId, need, becomes, "");
    }

    /** The same for that reason. */
    Target because(String why) {
      return new Target(caller, projectId, datasetId, need, becomes, why);
    }
  }

  /** Makes of a locked dataset what it shall be; the same one when there is nothing to change. */
  @FunctionalInterface
  interface Change {
    Verdict<Dataset> of(DatasetStores tx, Dataset known, Instant now);
  }

  Verdict<DatasetAnswer> change(
      Target target, Once<DatasetStores, DatasetAnswer> once, Change change) {
    Instant now = ports.now();
    return ports
        .work()
        .write(tx ->
            pass(tx, target, now)
                .then(known ->
                    once.within(
                        tx,
                        now,
                        () ->
                            change
                                .of(tx, known, now)
                                .then(after -> write(tx, target, known, after))
                                .map(DatasetAnswer::of))));
  }

  /** The locked dataset for who may change it; one in the recycle bin for who brings it back. */
  static Verdict<Dataset> pass(DatasetStores tx, Target target, Instant now) {
    UUID id = target.datasetId();
    Dataset found =
        tx.datasetChanges()
            .lock(target.caller().identity().tenantId(), target.projectId(), Set.of(id))
            .get(id);
    return found == null ? Gate.missing(ResourceKind.DATASET) : pass(target, found, now);
  }

  /** The same for one that is locked already. */
  static Verdict<Dataset> pass(Target target, Dataset found, Instant now) {
    boolean isSeen =
        found.status() != DatasetStatus.DELETED || IN_RECYCLE_BIN.contains(target.need());
    return isSeen && target.caller().identity().meets(found.sourceDeviceId())
        ? Gate.pass(target.caller().identity(), target.need(), found.resource(), now)
            .map(ok -> found)
        : Gate.missing(ResourceKind.DATASET);
  }

  /** For who repeats what has left no dataset behind that could be found. */
  static Verdict<Resource> stillMay(Target target, Instant now) {
    Identity identity = target.caller().identity();
    Resource dataset =
        Resource.dataset(identity.tenantId(), target.projectId(), target.datasetId());
    return Gate.pass(identity, target.need(), dataset, now);
  }

  Verdict<Dataset> write(DatasetStores tx, Target target, Dataset known, Dataset after) {
    if (after.version() != known.version()) {
      tx.datasetChanges().update(after);
      tx.events().append(journal.changed(target, known, after));
    }
    return Verdict.ok(after);
  }

  /** Where people want to say something else of it; the tags that are new must be there. */
  static Verdict<Dataset> profiled(
      DatasetStores tx, Dataset known, DatasetProfile profile, Instant now) {
    if (profile.equals(known.profile())) {
      return Verdict.ok(known);
    }
    Set<UUID> added = new HashSet<>(profile.tagIds());
    known.profile().tagIds().forEach(added::remove);
    return tagged(tx, known, added).map(ok -> known.with(profile, now));
  }

  /** Whether its project has these tags. */
  static Verdict<Dataset> tagged(DatasetStores tx, Dataset dataset, Set<UUID> added) {
    Set<UUID> missing = new HashSet<>(added);
    if (!added.isEmpty()) {
      missing.removeAll(tx.datasetChanges().tags(dataset.tenantId(), dataset.projectId(), added));
    }
    return missing.isEmpty()
        ? Verdict.ok(dataset)
        : Verdict.refused(
            Refusal.invalid(
                List.of(
                    new FieldError(
                        "tag_ids",
                        EntryCode.TAG_NOT_FOUND,
                        "the project has no tag " + missing.iterator().next()))));
  }

  static <T> Verdict<T> illegal(String what, Dataset dataset) {
    return Verdict.refused(
        Refusal.of(
                ErrorCode.DATASET_INVALID_STATE,
                "cannot " + what + " a dataset that is " + dataset.status())
            .with("dataset_id", dataset.datasetId().toString())
            .with("current_status", dataset.status().name()));
  }
}
