package io.waybill.controlapi.upload;

import io.waybill.controlapi.edge.Api;
import io.waybill.controlapi.edge.Route;
import io.waybill.core.upload.usecase.UploadUseCases;
import java.util.List;

/** {@code /v1/describe}: what a client must know before it starts. */
public final class DescribeRoutes {

  private final UploadUseCases cases;

  public DescribeRoutes(UploadUseCases cases) {
    this.cases = cases;
  }

  public List<Route> routes(Api api) {
    return List.of(
        api.get("/v1/describe")
            .forEveryCaller()
            .ok(call -> cases.describe().handle(call.caller())));
  }
}
