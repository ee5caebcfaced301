package io.waybill.controlapi.dataset;

import io.waybill.controlapi.edge.Api;
import io.waybill.controlapi.edge.Call;
import io.waybill.controlapi.edge.Route;
import io.waybill.controlapi.edge.RouteDraft;
import io.waybill.core.Verdict;
import io.waybill.core.access.Permission;
import io.waybill.core.dataset.usecase.DatasetUseCases;
import io.waybill.core.dataset.usecase.MoveDataset;
import io.waybill.core.dataset.usecase.MoveDataset.Move;
import io.waybill.core.dataset.usecase.PurgeDataset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is put aside, kept and judged of {@code …/datasets/{dataset_id}}. */
public final class DatasetCareRoutes {

  private static final String DATASET = "/v1/projects/{project_id}/datasets/{dataset_id}";
  private static final String LEGAL_HOLD = DATASET + "/legal-hold";
  private static final String VALIDATION = DATASET + "/validation";

  private final DatasetUseCases cases;

  public DatasetCareRoutes(DatasetUseCases cases) {
    this.cases = cases;
  }

  public List<Route> routes(Api api) {
    return List.of(
        move(api.post(DATASET + "/archive"), Move.ARCHIVE),
        move(api.post(DATASET + "/restore"), Move.RESTORE),
        api.delete(DATASET + "/purge")
            .needs(Permission.DATASET_PURGE)
            .once()
            .waitingForStorage()
            .body(PurgeBody::read)
            .noContent(this::purge),
        moveFor(api.post(LEGAL_HOLD), Move.HOLD),
        move(api.delete(LEGAL_HOLD), Move.RELEASE_HOLD),
        moveFor(api.post(DATASET + "/quarantine/release"), Move.RELEASE_QUARANTINE),
        api.get(DATASET + "/preview").needs(Permission.DATASET_DOWNLOAD).ok(this::preview),
        api.get(VALIDATION).needs(Permission.DATASET_VIEW).ok(this::validation),
        move(api.post(VALIDATION + "/retry"), Move.RETRY_VALIDATION));
  }

  private Route move(RouteDraft.Open draft, Move move) {
    return draft.needs(move.need()).once().ok(call -> moved(call, move, null));
  }

  /** One that must say why. */
  private Route moveFor(RouteDraft.Open draft, Move move) {
    return draft
        .needs(move.need())
        .once()
        .body(ReasonBody::read)
        .ok((call, body) -> moved(call, move, body.reason()));
  }

  private Verdict<?> moved(Call call, Move move, @Nullable String reason) {
    MoveDataset.Request request =
        new MoveDataset.Request(move, call.id("project_id"), call.id("dataset_id"), reason);
    return cases.moveDataset().handle(call.caller(), call.requestKey(), request);
  }

  private Verdict<?> purge(Call call, PurgeBody body) {
    PurgeDataset.Request request =
        new PurgeDataset.Request(call.id("project_id"), call.id("dataset_id"), body.confirmPurge());
    return cases.purgeDataset().handle(call.caller(), call.requestKey(), request);
  }

  private Verdict<?> preview(Call call) {
    return cases
        .readDatasets()
        .preview(call.caller(), call.id("project_id"), call.id("dataset_id"));
  }

  private Verdict<?> validation(Call call) {
    return cases
        .readDatasets()
        .validation(call.caller(), call.id("project_id"), call.id("dataset_id"));
  }
}
