package io.waybill.gateway;

import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Identity;
import io.waybill.core.access.Origin;
import io.waybill.core.app.UseCases;
import io.waybill.core.idempotency.Scope;
import io.waybill.core.idempotency.Unanswered;
import java.util.List;
import java.util.UUID;

/** The desk on the core's use cases. */
final class CoreDesk implements Desk {

  private static final int OWED_AT_ONCE = 20;

  private final UseCases useCases;

  CoreDesk(UseCases useCases) {
    this.useCases = useCases;
  }

  @Override
  public Verdict<Identity> identify(UUID tenantId, UUID deviceId, String requestId) {
    Verdict<Identity> verdict = useCases.access().authenticate().device(tenantId, deviceId);
    if (verdict instanceof Verdict.Refused<Identity>(Refusal refusal)) {
      Origin origin = new Origin("device:" + deviceId, requestId, "mqtt");
      useCases.devices().noteRefusedDevice().handle(tenantId, deviceId, refusal.code(), origin);
    }
    return verdict;
  }

  @Override
  public Verdict<?> carryOut(Call call) {
    return CommandRow.of(call.command()).work().carryOut(useCases, call);
  }

  @Override
  public List<Unanswered> claimOwed() {
    return useCases.idempotency().rememberedRequests().unanswered(OWED_AT_ONCE);
  }

  @Override
  public void answered(Scope scope) {
    useCases.idempotency().rememberedRequests().answered(scope);
  }
}
