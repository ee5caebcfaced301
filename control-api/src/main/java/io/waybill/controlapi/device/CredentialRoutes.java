package io.waybill.controlapi.device;

import io.waybill.controlapi.edge.Api;
import io.waybill.controlapi.edge.Call;
import io.waybill.controlapi.edge.Cursor;
import io.waybill.controlapi.edge.PageRequest;
import io.waybill.controlapi.edge.Route;
import io.waybill.core.Verdict;
import io.waybill.core.access.Permission;
import io.waybill.core.device.usecase.AskUpload;
import io.waybill.core.device.usecase.DeviceUseCases;
import io.waybill.core.device.usecase.ReadDeviceCommands;
import io.waybill.core.device.usecase.RotateCredential;
import java.util.List;

/** What a device shows, and what it is asked to do. */
public final class CredentialRoutes {
  private static final String DEVICE = DeviceRoutes.DEVICE;
  private static final String COMMANDS = DEVICE + "/commands";
  private static final String LIST = "device_commands";

  private final DeviceUseCases cases;

  public CredentialRoutes(DeviceUseCases cases) {
    this.cases = cases;
  }

  public List<Route> routes(Api api) {
    return List.of(
        api.post(DEVICE + "/credentials/revoke")
            .needs(Permission.DEVICE_CREDENTIALS_REVOKE)
            .once()
            .ok(this::revokeCredentials),
        api.post(DEVICE + "/credentials/rotate")
            .needs(Permission.DEVICE_CREDENTIALS_ROTATE)
            .once()
            .body(DeviceBody.Rotation::read)
            .ok(this::rotate),
        api.post(DEVICE + "/upload")
            .needs(Permission.DEVICE_COMMAND)
            .once()
            .body(DeviceBody.Upload::read)
            .accepted(this::upload),
        api.get(COMMANDS).needs(Permission.DEVICE_VIEW).query(PageRequest.of(LIST)).ok(this::list),
        api.get(COMMANDS + "/{command_id}").needs(Permission.DEVICE_VIEW).ok(this::get));
  }

  private Verdict<?> revokeCredentials(Call call) {
    return cases
        .revokeCredentials()
        .handle(call.caller(), call.requestKey(), call.id("project_id"), call.id("device_id"));
  }

  private Verdict<?> rotate(Call call, DeviceBody.Rotation body) {
    RotateCredential.Request request =
        new RotateCredential.Request(
            call.id("project_id"),
            call.id("device_id"),
            body.overlapSeconds(),
            body.expiresInSeconds());
    return cases.rotateCredential().handle(call.caller(), call.requestKey(), request);
  }

  private Verdict<?> upload(Call call, DeviceBody.Upload body) {
    AskUpload.Request request =
        new AskUpload.Request(
            call.id("project_id"),
            call.id("device_id"),
            body.paths(),
            body.taskName(),
            body.priority());
    return cases.askUpload().handle(call.caller(), call.requestKey(), request);
  }

  private static ReadDeviceCommands.Of device(Call call) {
    return new ReadDeviceCommands.Of(call.id("project_id"), call.id("device_id"));
  }

  private Verdict<?> list(Call call, PageRequest page) {
    return cases
        .readDeviceCommands()
        .handle(call.caller(), device(call), page.cursor(), page.limit())
        .map(found -> Cursor.page(LIST, found));
  }

  private Verdict<?> get(Call call) {
    return cases.readDeviceCommands().handle(call.caller(), device(call), call.id("command_id"));
  }
}
