package io.waybill.gateway;

import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Identity;
import io.waybill.core.access.Origin;
import io.waybill.core.app.UseCases;
import io.waybill.core.device.CommandReport;
import io.waybill.core.device.CommandReport.Said;
import io.waybill.core.device.usecase.HearCommandReport.Heard;
import io.waybill.core.device.usecase.HearPresence;
import io.waybill.core.idempotency.Scope;
import io.waybill.core.idempotency.Unanswered;
import io.waybill.wire.DeviceNotice;
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
    } else {
      int _ = useCases.devices().tellAgain().heard(tenantId, deviceId);
      useCases.devices().hearPresence().heard(tenantId, deviceId);
    }
    return verdict;
  }

  @Override
  public Verdict<?> carryOut(Call call) {
    return CommandRow.of(call.command()).work().carryOut(useCases, call);
  }

  @Override
  public Verdict<Heard> hear(UUID tenantId, UUID deviceId, DeviceNotice.Result result) {
    String commandId = result.commandId().toString();
    return identify(tenantId, deviceId, commandId)
        .then(device ->
            useCases
                .devices()
                .hearCommandReport()
                .handle(new Caller(device, commandId, "mqtt"), report(result)));
  }

  @Override
  public Verdict<Boolean> hear(UUID tenantId, UUID deviceId, DeviceNotice.Presence presence) {
    HearPresence hearing = useCases.devices().hearPresence();
    String connection = presence.connectionId();
    return presence.online()
        ? identify(tenantId, deviceId, connection)
            .map(device -> hearing.born(tenantId, deviceId, connection, presence.agentVersion()))
        : Verdict.ok(hearing.gone(tenantId, deviceId, connection));
  }

  private static CommandReport report(DeviceNotice.Result result) {
    DeviceNotice.Problem problem = result.error();
    Said said =
        switch (result.status()) {
          case ACCEPTED -> Said.ACCEPTED;
          case REJECTED -> Said.REJECTED;
          case DONE -> Said.DONE;
          case FAILED -> Said.FAILED;
        };
    return new CommandReport(
        result.commandId(),
        said,
        problem == null ? null : new CommandReport.Problem(problem.code(), problem.message()),
        result.result());
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
