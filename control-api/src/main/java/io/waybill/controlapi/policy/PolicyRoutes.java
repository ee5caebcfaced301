package io.waybill.controlapi.policy;

import io.waybill.controlapi.edge.Api;
import io.waybill.controlapi.edge.Call;
import io.waybill.controlapi.edge.Cursor;
import io.waybill.controlapi.edge.PageRequest;
import io.waybill.controlapi.edge.Route;
import io.waybill.core.Verdict;
import io.waybill.core.access.Permission;
import io.waybill.core.policy.usecase.ChangePolicy;
import io.waybill.core.policy.usecase.CreatePolicy;
import io.waybill.core.policy.usecase.PolicyUseCases;
import java.util.List;

/** {@code /v1/storage-policies}: where a tenant's uploads go, and under which rules. */
public final class PolicyRoutes {

  private static final String POLICIES = "/v1/storage-policies";
  private static final String POLICY = POLICIES + "/{storage_policy_id}";
  private static final String LIST = "storage_policies";

  private final PolicyUseCases cases;

  public PolicyRoutes(PolicyUseCases cases) {
    this.cases = cases;
  }

  public List<Route> routes(Api api) {
    return List.of(
        api.get(POLICIES)
            .shows(Permission.STORAGE_POLICY_VIEW)
            .query(PageRequest.of(LIST))
            .ok(this::list),
        api.post(POLICIES)
            .needs(Permission.STORAGE_POLICY_MANAGE)
            .once()
            .body(PolicyBody::read)
            .created(this::create),
        api.get(POLICY).needs(Permission.STORAGE_POLICY_VIEW).ok(this::get),
        api.patch(POLICY)
            .needs(Permission.STORAGE_POLICY_MANAGE)
            .once()
            .body(PolicyBody::patch)
            .ok(this::change));
  }

  private Verdict<?> list(Call call, PageRequest page) {
    return cases
        .readPolicies()
        .handle(call.caller(), page.cursor(), page.limit())
        .map(found -> Cursor.page(LIST, found));
  }

  private Verdict<?> create(Call call, CreatePolicy.Request request) {
    return cases.createPolicy().handle(call.caller(), call.requestKey(), request);
  }

  private Verdict<?> get(Call call) {
    return cases.readPolicies().handle(call.caller(), call.id("storage_policy_id"));
  }

  private Verdict<?> change(Call call, PolicyBody.Patch body) {
    ChangePolicy.Request request =
        new ChangePolicy.Request(call.id("storage_policy_id"), body.fields(), body.version());
    return cases.changePolicy().handle(call.caller(), call.requestKey(), request);
  }
}
