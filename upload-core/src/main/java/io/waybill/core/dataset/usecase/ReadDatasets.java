package io.waybill.core.dataset.usecase;

import io.waybill.core.Page;
import io.waybill.core.Verdict;
import io.waybill.core.access.Authorizer;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Permission;
import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetAnswer;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.dataset.DatasetStore;
import io.waybill.core.dataset.DatasetStores;
import io.waybill.core.project.ProjectGate;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads datasets: one, or a project's. A device sees those it sent. */
public final class ReadDatasets {

  private final Ports<? extends DatasetStores> ports;

  public ReadDatasets(Ports<? extends DatasetStores> ports) {
    this.ports = ports;
  }

  /** Filters; null lets everything through. */
  public record Request(
      UUID projectId,
      @Nullable String search,
      @Nullable DatasetStatus status,
      @Nullable UUID sourceDeviceId,
      @Nullable Instant createdAfter,
      @Nullable Instant createdBefore,
      @Nullable UUID before,
      int limit) {}

  /** One dataset. */
  public Verdict<DatasetAnswer> handle(Caller caller, UUID projectId, UUID datasetId) {
    return find(ports, caller, projectId, datasetId, Permission.DATASET_VIEW)
        .map(DatasetAnswer::of);
  }

  /** A project's, newest first. */
  public Verdict<Page<DatasetAnswer>> handle(Caller caller, Request request) {
    UUID tenantId = caller.identity().tenantId();
    UUID device = caller.identity().isDevice() ? caller.identity().id() : request.sourceDeviceId();
    Instant now = ports.now();
    DatasetStore.Query query =
        new DatasetStore.Query(
            tenantId,
            request.projectId(),
            request.search(),
            request.status(),
            device,
            request.createdAfter(),
            request.createdBefore(),
            request.before(),
            Authorizer.denied(
                caller.identity(), Permission.DATASET_VIEW, ResourceKind.DATASET, now),
            request.limit() + 1);
    return ProjectGate.pass(
            ports, caller.identity(), Permission.DATASET_VIEW, request.projectId(), now)
        .then(ok -> page(caller, request, query));
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
            .filter(dataset ->
                !caller.identity().isDevice()
                    || caller.identity().id().equals(dataset.sourceDeviceId()));
    if (found.isEmpty()) {
      return Gate.missing(ResourceKind.DATASET);
    }
    return Gate.pass(
            caller.identity(), need, Resource.dataset(tenantId, projectId, datasetId), ports.now())
        .map(ok -> found.get());
  }
}
