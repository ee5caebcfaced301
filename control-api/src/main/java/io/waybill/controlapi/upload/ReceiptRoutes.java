package io.waybill.controlapi.upload;

import io.waybill.controlapi.edge.Api;
import io.waybill.controlapi.edge.Call;
import io.waybill.controlapi.edge.HttpAnswer;
import io.waybill.controlapi.edge.Route;
import io.waybill.core.Verdict;
import io.waybill.core.access.Permission;
import io.waybill.core.upload.usecase.UploadUseCases;
import java.util.List;

/** Receipts of completed uploads, and the keys by which everybody verifies them. */
public final class ReceiptRoutes {

  private static final int OK = 200;

  private final UploadUseCases cases;

  public ReceiptRoutes(UploadUseCases cases) {
    this.cases = cases;
  }

  public List<Route> routes(Api api) {
    return List.of(
        api.get("/v1/uploads/{session_id}/receipt")
            .needs(Permission.DATASET_VIEW)
            .ok(this::receipt),
        // Whoever is shown a receipt may be nobody's user: public keys are for everybody.
        Route.openWithoutQuery("/v1/receipts/keys", exchange -> keys()));
  }

  private Verdict<?> receipt(Call call) {
    return cases.getReceipt().handle(call.caller(), call.id("session_id"));
  }

  private HttpAnswer keys() {
    return HttpAnswer.json(OK, cases.listReceiptKeys().handle())
        .with("Cache-Control", "public, max-age=300");
  }
}
