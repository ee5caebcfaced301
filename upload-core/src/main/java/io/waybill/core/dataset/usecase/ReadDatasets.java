package io.waybill.core.dataset.usecase;

import io.waybill.core.EntryCode;
import io.waybill.core.FieldError;
import io.waybill.core.Page;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Authorizer;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Permission;
import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetAnswer;
import io.waybill.core.dataset.DatasetFilter;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.dataset.DatasetStore;
import io.waybill.core.dataset.DatasetStores;
import io.waybill.core.dataset.PreviewAnswer;
import io.waybill.core.dataset.ValidationAnswer;
import io.waybill.core.project.ProjectGate;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads datasets: one, or a project's. A device sees those it sent. */
public final class ReadDatasets {

  private static final Pattern SEARCHABLE = Pattern.compile("[\\p{L}\\p{M}\\p{N}]{3}");

  private static final int MOST_RESULTS = 100;

  private final Ports<? extends DatasetStores> ports;

  public ReadDatasets(Ports<? extends DatasetStores> ports) {
    this.ports = ports;
  }

  /**
   * One page of what a filter lets through.
   *
   * @param before the last id of the page before; null for the first page
   */
  public record Request(UUID projectId, DatasetFilter filter, @Nullable UUID before, int limit) {}

  /** One dataset, for who may view it. */
  public Verdict<Dataset> one(Caller caller, UUID projectId, UUID datasetId) {
    return find(ports, caller, projectId, datasetId, Permission.DATASET_VIEW);
  }

  /** What validators have said of one. */
  public Verdict<ValidationAnswer> validation(Caller caller, UUID projectId, UUID datasetId) {
    return find(ports, caller, projectId, datasetId, Permission.DATASET_VIEW)
        .map(dataset ->
            new ValidationAnswer(
                datasetId,
                dataset.validationStatus(),
                ports
                    .work()
                    .read(tx ->
                        tx.datasets().validations(dataset.tenantId(), datasetId, MOST_RESULTS))));
  }

  /** What there is to look at of a READY one. */
  public Verdict<PreviewAnswer> preview(Caller caller, UUID projectId, UUID datasetId) {
    return find(ports, caller, projectId, datasetId, Permission.DATASET_DOWNLOAD)
        .then(dataset ->
            dataset.status() == DatasetStatus.READY
                ? Verdict.ok(
                    new PreviewAnswer(
                        datasetId, dataset.preview().status(), dataset.preview().metadata()))
                : IssueDownloadUrl.notReady(dataset));
  }

  /** A project's, newest first. */
  public Verdict<Page<DatasetAnswer>> handle(Caller caller, Request request) {
    UUID tenantId = caller.identity().tenantId();
    DatasetFilter filter =
        caller.identity().isDevice() && request.filter().sourceDeviceId() == null
            ? request.filter().from(caller.identity().id())
            : request.filter();
    Instant now = ports.now();
    DatasetStore.Query query =
        new DatasetStore.Query(
            tenantId,
            request.projectId(),
            filter,
            request.before(),
            Authorizer.denied(
                caller.identity(), Permission.DATASET_VIEW, ResourceKind.DATASET, now),
            caller.identity().sourceDevices(),
            request.limit() + 1);
    return searchable(filter.search())
        .then(ok ->
            ProjectGate.pass(
                ports, caller.identity(), Permission.DATASET_VIEW, request.projectId(), now))
        .then(ok -> page(caller, request, query));
  }

  /** Text is found by three letters in a row; less would be looked for in every dataset. */
  private static Verdict<Boolean> searchable(@Nullable String search) {
    return search == null || SEARCHABLE.matcher(search).find()
        ? Verdict.ok(true)
        : Verdict.refused(
            Refusal.invalid(
                List.of(
                    new FieldError(
                        "search",
                        EntryCode.REQUEST_FIELD_INVALID,
                        "must hold at least 3 letters or digits in a row"))));
  }

  private Verdict<Page<DatasetAnswer>> page(
      Caller caller, Request request, DatasetStore.Query query) {
    List<DatasetAnswer> datasets =
        ports.work().read(tx -> tx.datasets().list(query)).stream().map(DatasetAnswer::of).toList();
    return datasets.isEmpty() && ProjectGate.isAbsent(ports, caller.identity(), request.projectId())
        ? Gate.missing(ResourceKind.PROJECT)
        : Verdict.ok(Page.of(datasets, request.limit(), DatasetAnswer::datasetId));
  }

  /** A dataset for somebody who wants to do something with it. */
  static Verdict<Dataset> find(
      Ports<? extends DatasetStores> ports,
      Caller caller,
      UUID projectId,
      UUID datasetId,
      Permission need) {
    UUID tenantId = caller.identity().tenantId();
    Optional<Dataset> found =
        ports
            .work()
            .read(tx -> tx.datasets().find(tenantId, projectId, datasetId))
            .filter(dataset -> caller.identity().meets(dataset.sourceDeviceId()));
    if (found.isEmpty()) {
      return Gate.missing(ResourceKind.DATASET);
    }
    return Gate.pass(
            caller.identity(), need, Resource.dataset(tenantId, projectId, datasetId), ports.now())
        .map(ok -> found.get());
  }
}
