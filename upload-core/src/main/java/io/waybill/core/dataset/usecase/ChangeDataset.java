package io.waybill.core.dataset.usecase;

import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Permission;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetAnswer;
import io.waybill.core.dataset.DatasetEvent;
import io.waybill.core.dataset.DatasetStores;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.project.Project;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes what is said of a dataset. */
public final class ChangeDataset {

  public static final Remembered<DatasetAnswer> REMEMBERED =
      new Remembered<>("CHANGE_DATASET", DatasetAnswer.class);

  private final DatasetCommand command;
  private final DatasetFields.Bounds bounds;

  ChangeDataset(Ports<? extends DatasetStores> ports, DatasetFields.Bounds bounds) {
    this.command = new DatasetCommand(ports);
    this.bounds = bounds;
  }

  /**
   * What to change.
   *
   * @param version that the caller has read; null for whichever it is
   */
  public record Request(
      UUID projectId, UUID datasetId, DatasetFields fields, @Nullable Long version) {}

  public Verdict<DatasetAnswer> handle(Caller caller, RequestKey requestKey, Request request) {
    DatasetCommand.Target target =
        new DatasetCommand.Target(
            caller,
            request.projectId(),
            request.datasetId(),
            Permission.DATASET_UPDATE,
            DatasetEvent.UPDATED);
    Fingerprint said =
        request
            .fields()
            .addTo(Fingerprint.of(REMEMBERED).add(request.projectId()).add(request.datasetId()))
            .add(request.version());
    Once<DatasetStores, DatasetAnswer> once = Once.of(REMEMBERED, caller, requestKey, said);
    return request
        .fields()
        .check(bounds)
        .then(ok ->
            command.change(target, once, (tx, known, now) -> change(tx, request, known, now)));
  }

  /** What it makes of one that is locked. */
  Verdict<Dataset> change(DatasetStores tx, Request request, Dataset known, Instant now) {
    if (request.version() != null && request.version() != known.version()) {
      return Gate.stale(ResourceKind.DATASET, known.datasetId(), known.version());
    }
    return request
        .fields()
        .check(bounds)
        .then(fields -> fields.checkSchema(bounds, schemaOf(tx, known)))
        .then(
            ok -> DatasetCommand.profiled(tx, known, request.fields().over(known.profile()), now));
  }

  /** What its project asks of metadata. */
  static Map<String, Object> schemaOf(DatasetStores tx, Dataset known) {
    return tx.projects()
        .find(known.tenantId(), known.projectId())
        .map(Project::rules)
        .map(rules -> rules.metadataSchema())
        .orElse(Map.of());
  }
}
