package io.waybill.core.dataset.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Permission;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetAnswer;
import io.waybill.core.dataset.DatasetFile;
import io.waybill.core.dataset.DatasetPreview;
import io.waybill.core.dataset.DatasetProfile;
import io.waybill.core.dataset.DatasetStanding;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.dataset.DatasetStores;
import io.waybill.core.dataset.RecoveryStatus;
import io.waybill.core.dataset.ValidationStatus;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.project.Project;
import io.waybill.core.project.ProjectGate;
import io.waybill.core.project.ProjectStatus;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Makes a dataset that an upload is to fill. */
public final class CreateDataset {

  public static final Remembered<DatasetAnswer> REMEMBERED =
      new Remembered<>("CREATE_DATASET", DatasetAnswer.class);

  private final Ports<? extends DatasetStores> ports;
  private final DatasetFields.Bounds bounds;
  private final DatasetJournal journal;

  CreateDataset(Ports<? extends DatasetStores> ports, DatasetFields.Bounds bounds) {
    this.ports = ports;
    this.bounds = bounds;
    this.journal = new DatasetJournal(ports.ids());
  }

  /** What to make, and where. */
  public record Request(UUID projectId, String name, DatasetFields fields) {}

  public Verdict<DatasetAnswer> handle(Caller caller, RequestKey requestKey, Request request) {
    Instant now = ports.now();
    Fingerprint said = request.fields().addTo(Fingerprint.of(REMEMBERED).add(request.projectId()));
    Once<DatasetStores, DatasetAnswer> once = Once.of(REMEMBERED, caller, requestKey, said);
    return request
        .fields()
        .check(bounds)
        .then(ok ->
            ProjectGate.pass(
                ports, caller.identity(), Permission.DATASET_CREATE, request.projectId(), now))
        .then(ok ->
            ports.work().write(tx -> once.within(tx, now, () -> create(tx, caller, request, now))));
  }

  private Verdict<DatasetAnswer> create(
      DatasetStores tx, Caller caller, Request request, Instant now) {
    Optional<Project> home = tx.projects().find(caller.identity().tenantId(), request.projectId());
    if (home.isEmpty()) {
      return Gate.missing(ResourceKind.PROJECT);
    }
    Dataset dataset = dataset(home.get(), caller, request, now);
    return schemaOf(request, home.get())
        .then(ok -> DatasetCommand.tagged(tx, dataset, Set.copyOf(dataset.profile().tagIds())))
        .then(ok -> insert(tx, caller, home.get(), dataset));
  }

  private Verdict<DatasetFields> schemaOf(Request request, Project home) {
    Map<String, Object> schema = home.rules().metadataSchema();
    DatasetFields fields = request.fields();
    DatasetFields said = fields.metadata() == null ? DatasetFields.describedBy(Map.of()) : fields;
    return said.checkSchema(bounds, schema);
  }

  private Dataset dataset(Project home, Caller caller, Request request, Instant now) {
    DatasetProfile nothing = DatasetProfile.of(request.name(), Map.of());
    return new Dataset(
        ports.ids().next(),
        home.tenantId(),
        home.projectId(),
        request.fields().over(nothing),
        DatasetStanding.of(
            DatasetStatus.CREATED, ValidationStatus.NOT_REQUIRED, RecoveryStatus.NORMAL, null),
        DatasetFile.none(request.name()),
        null,
        null,
        caller.identity().isDevice() ? caller.identity().id() : null,
        null,
        null,
        DatasetPreview.NONE,
        1,
        now,
        now);
  }

  private Verdict<DatasetAnswer> insert(
      DatasetStores tx, Caller caller, Project home, Dataset dataset) {
    if (home.status() != ProjectStatus.ACTIVE || !tx.datasetChanges().insert(dataset)) {
      return Verdict.refused(
          Refusal.of(ErrorCode.PROJECT_INACTIVE, "the project takes no datasets")
              .with("project_id", home.projectId().toString()));
    }
    tx.events().append(journal.created(dataset, caller.origin()));
    return Verdict.ok(DatasetAnswer.of(dataset));
  }
}
