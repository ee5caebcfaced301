package io.waybill.core.upload.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Authorizer;
import io.waybill.core.access.Identity;
import io.waybill.core.access.Permission;
import io.waybill.core.access.Resource;
import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetStore.UploadTarget;
import io.waybill.core.upload.NewTask;
import io.waybill.core.upload.Owner;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.UploadStores;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether a dataset that exists may get its bytes from an upload: it has no other open one, and no
 * data that is promised never to be overwritten. Decided under the dataset's lock.
 */
final class Filling {

  private Filling() {}

  /** The datasets that a create names, by id. */
  static Verdict<Map<UUID, Dataset>> of(
      UploadStores tx, Identity identity, NewTask task, Instant now) {
    Set<UUID> named =
        task.objects().stream()
            .map(NewTask.File::datasetId)
            .filter(id -> id != null)
            .collect(Collectors.toSet());
    Map<UUID, Dataset> datasets = new HashMap<>();
    if (named.isEmpty()) {
      return Verdict.ok(datasets);
    }
    Map<UUID, UploadTarget> targets =
        tx.datasets().lockForUpload(identity.tenantId(), task.projectId(), named, now);
    for (UUID id : named) {
      UploadTarget target = targets.get(id);
      Verdict<Dataset> verdict =
          target == null || !mayFill(identity, target.dataset(), now) ? unknown() : free(target);
      switch (verdict) {
        case Verdict.Ok<Dataset>(Dataset dataset) -> datasets.put(id, dataset);
        case Verdict.Refused<Dataset>(Refusal refusal) -> {
          return Verdict.refused(refusal);
        }
      }
    }
    return Verdict.ok(datasets);
  }

  /** A device, or a key of certain devices, fills theirs and those that are nobody's. */
  private static boolean mayFill(Identity identity, Dataset dataset, Instant now) {
    UUID source = dataset.sourceDeviceId();
    Resource resource =
        Resource.dataset(dataset.tenantId(), dataset.projectId(), dataset.datasetId());
    return (source == null || identity.meets(source))
        && (Authorizer.allows(identity, Permission.DATASET_UPLOAD, resource, now)
            || Authorizer.allows(identity, Permission.UPLOAD_CREATE, resource, now));
  }

  /** Whether the object's dataset takes one more upload of it. */
  static Verdict<Dataset> again(UploadStores tx, Owner owner, Instant now) {
    UploadTarget target = target(tx, owner, now);
    return target == null ? unknown() : free(target);
  }

  /** Whether an expired session is still the one that fills its dataset. */
  static Verdict<Session.Expired> stillOf(UploadStores tx, Session.Expired session, Instant now) {
    UploadTarget target = target(tx, session.upload().owner(), now);
    return target != null && session.upload().location().equals(target.dataset().location())
        ? Verdict.ok(session)
        : Verdict.refused(
            Refusal.of(
                    ErrorCode.DATASET_UPLOAD_IN_PROGRESS,
                    "another upload has taken the place of this one")
                .with("dataset_id", session.upload().owner().datasetId().toString()));
  }

  private static @Nullable UploadTarget target(UploadStores tx, Owner owner, Instant now) {
    Set<UUID> one = Set.of(owner.datasetId());
    return tx.datasets()
        .lockForUpload(owner.tenantId(), owner.projectId(), one, now)
        .get(owner.datasetId());
  }

  private static Verdict<Dataset> free(UploadTarget target) {
    Dataset dataset = target.dataset();
    return switch (dataset.status()) {
      // UPLOADING and PAUSED without an open upload: nobody has marked yet that it is expired.
      case CREATED, UPLOAD_PENDING, UPLOADING, PAUSED, REJECTED ->
          target.isUploading()
              ? refused(
                  dataset, ErrorCode.DATASET_UPLOAD_IN_PROGRESS, "finish or abort its open upload")
              : Verdict.ok(dataset);
      case PROCESSING ->
          refused(dataset, ErrorCode.DATASET_UPLOAD_IN_PROGRESS, "its upload is being validated");
      case READY, QUARANTINED, ARCHIVED ->
          refused(
              dataset,
              ErrorCode.DATASET_NOT_REPLACEABLE,
              "it is " + dataset.status() + " and stays");
      case DELETED, PURGED -> unknown();
    };
  }

  private static Verdict<Dataset> refused(Dataset dataset, ErrorCode code, String why) {
    return Verdict.refused(
        Refusal.of(code, "the dataset takes no upload: " + why)
            .with("dataset_id", dataset.datasetId().toString())
            .with("current_status", dataset.status().name()));
  }

  private static Verdict<Dataset> unknown() {
    return Verdict.refused(ErrorCode.DATASET_NOT_FOUND, "there is no such dataset");
  }
}
