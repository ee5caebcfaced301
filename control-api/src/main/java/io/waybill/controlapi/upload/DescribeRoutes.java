package io.waybill.controlapi.upload;

import io.waybill.controlapi.edge.Api;
import io.waybill.controlapi.edge.HttpAnswer;
import io.waybill.controlapi.edge.Route;
import io.waybill.core.upload.usecase.UploadUseCases;
import java.util.List;

/** What a client must know before it starts, and a page before anybody has signed in there. */
public final class DescribeRoutes {

  private final UploadUseCases cases;

  public DescribeRoutes(UploadUseCases cases) {
    this.cases = cases;
  }

  public List<Route> routes(Api api) {
    return List.of(
        api.get("/v1/describe").forEveryCaller().ok(call -> cases.describe().handle(call.caller())),
        Route.openWithoutQuery(
            "/v1/welcome",
            exchange ->
                HttpAnswer.json(200, cases.welcome().handle(exchange.isFromThisMachine()))
                    .with("Cache-Control", "no-store")));
  }
}
