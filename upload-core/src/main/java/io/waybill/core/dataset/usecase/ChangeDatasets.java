package io.waybill.core.dataset.usecase;

import io.waybill.core.EntryCode;
import io.waybill.core.FieldError;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Permission;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetEvent;
import io.waybill.core.dataset.DatasetStores;
import io.waybill.core.dataset.DatasetsChanged;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.project.Project;
import io.waybill.core.project.ProjectGate;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Changes what is said of many datasets of a project: what is wrong with one holds up no other. */
public final class ChangeDatasets {

  public static final Remembered<DatasetsChanged> REMEMBERED =
      new Remembered<>("CHANGE_DATASETS", DatasetsChanged.class);

  private static final int MOST = 100;

  private final Ports<? extends DatasetStores> ports;
  private final ChangeDataset one;
  private final DatasetCommand command;

  ChangeDatasets(Ports<? extends DatasetStores> ports, ChangeDataset one) {
    this.ports = ports;
    this.one = one;
    this.command = new DatasetCommand(ports);
  }

  /**
   * One of them.
   *
   * @param version that the caller has read; null for whichever it is
   */
  public record Item(UUID datasetId, DatasetFields fields, @Nullable Long version) {}

  /** In which project, and what of each. */
  public record Request(UUID projectId, List<Item> items) {
    public Request {
      items = List.copyOf(items);
    }

    private ChangeDataset.Request of(Item item) {
      return new ChangeDataset.Request(projectId, item.datasetId(), item.fields(), item.version());
    }
  }

  public Verdict<DatasetsChanged> handle(Caller caller, RequestKey requestKey, Request request) {
    Instant now = ports.now();
    Fingerprint said = Fingerprint.of(REMEMBERED).add(request.projectId());
    request
        .items()
        .forEach(item -> item.fields().addTo(said.add(item.datasetId())).add(item.version()));
    Once<DatasetStores, DatasetsChanged> once = Once.of(REMEMBERED, caller, requestKey, said);
    return check(request)
        .then(ok ->
            ProjectGate.pass(
                ports, caller.identity(), Permission.DATASET_UPDATE, request.projectId(), now))
        .then(ok ->
            ports
                .work()
                .write(tx ->
                    once.within(
                        tx,
                        now,
                        () ->
                            home(tx, caller, request)
                                .map(project -> change(tx, caller, request, now)))));
  }

  private static Verdict<Request> check(Request request) {
    int named = request.items().size();
    if (named < 1 || named > MOST) {
      return invalid(EntryCode.REQUEST_OUT_OF_RANGE, "must be 1 to " + MOST + " datasets");
    }
    return ids(request).size() < named
        ? invalid(EntryCode.REQUEST_FIELD_INVALID, "must name no dataset twice")
        : Verdict.ok(request);
  }

  private static <T> Verdict<T> invalid(EntryCode code, String message) {
    return Verdict.refused(Refusal.invalid(List.of(new FieldError("items", code, message))));
  }

  private static Set<UUID> ids(Request request) {
    return request.items().stream().map(Item::datasetId).collect(Collectors.toSet());
  }

  /** Whoever is let through to a project that is not there is told so once, not for each. */
  private static Verdict<Project> home(DatasetStores tx, Caller caller, Request request) {
    return tx.projects()
        .find(caller.identity().tenantId(), request.projectId())
        .map(Verdict::ok)
        .orElseGet(() -> Gate.missing(ResourceKind.PROJECT));
  }

  private DatasetsChanged change(DatasetStores tx, Caller caller, Request request, Instant now) {
    Map<UUID, Dataset> locked =
        tx.datasetChanges().lock(caller.identity().tenantId(), request.projectId(), ids(request));
    List<DatasetsChanged.Result> results = new ArrayList<>();
    for (Item item : request.items()) {
      Verdict<Dataset> verdict =
          changed(tx, caller, request.of(item), locked.get(item.datasetId()), now);
      results.add(result(item, verdict));
    }
    return new DatasetsChanged(results);
  }

  private Verdict<Dataset> changed(
      DatasetStores tx,
      Caller caller,
      ChangeDataset.Request request,
      @Nullable Dataset found,
      Instant now) {
    DatasetCommand.Target target =
        new DatasetCommand.Target(
            caller,
            request.projectId(),
            request.datasetId(),
            Permission.DATASET_UPDATE,
            DatasetEvent.UPDATED);
    if (found == null) {
      return Gate.missing(ResourceKind.DATASET);
    }
    return DatasetCommand.pass(target, found, now)
        .then(known -> one.change(tx, request, known, now))
        .then(after -> command.write(tx, target, found, after));
  }

  private static DatasetsChanged.Result result(Item item, Verdict<Dataset> verdict) {
    return switch (verdict) {
      case Verdict.Ok<Dataset>(Dataset after) ->
          new DatasetsChanged.Result(item.datasetId(), after.version(), null);
      case Verdict.Refused<Dataset>(Refusal why) ->
          new DatasetsChanged.Result(
              item.datasetId(),
              null,
              new DatasetsChanged.Why(why.code().code(), why.message(), why.details()));
    };
  }
}
