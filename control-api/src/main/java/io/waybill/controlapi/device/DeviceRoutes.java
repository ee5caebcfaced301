package io.waybill.controlapi.device;

import io.waybill.controlapi.edge.Api;
import io.waybill.controlapi.edge.Call;
import io.waybill.controlapi.edge.Cursor;
import io.waybill.controlapi.edge.PageRequest;
import io.waybill.controlapi.edge.Route;
import io.waybill.core.Verdict;
import io.waybill.core.access.Permission;
import io.waybill.core.device.usecase.ChangeDevice;
import io.waybill.core.device.usecase.DeviceUseCases;
import io.waybill.core.device.usecase.MoveDevice;
import io.waybill.core.device.usecase.MoveDevice.Move;
import io.waybill.core.device.usecase.ReadDevices;
import io.waybill.core.device.usecase.RegisterDevice;
import java.util.List;

/** {@code /v1/projects/{project_id}/devices}: the machines of a project. */
public final class DeviceRoutes {
  static final String DEVICES = "/v1/projects/{project_id}/devices";
  static final String DEVICE = DEVICES + "/{device_id}";
  private static final String LIST = "devices";

  private final DeviceUseCases cases;

  public DeviceRoutes(DeviceUseCases cases) {
    this.cases = cases;
  }

  public List<Route> routes(Api api) {
    return List.of(
        api.get(DEVICES).needs(Permission.DEVICE_VIEW).query(PageRequest.of(LIST)).ok(this::list),
        api.post(DEVICES)
            .needs(Permission.DEVICE_CREATE)
            .once()
            .body(DeviceBody.New::read)
            .created(this::register),
        api.get(DEVICE).needs(Permission.DEVICE_VIEW).ok(this::get),
        api.patch(DEVICE)
            .needs(Permission.DEVICE_UPDATE)
            .once()
            .body(DeviceBody.Patch::read)
            .ok(this::change),
        api.delete(DEVICE).needs(Permission.DEVICE_DISABLE).once().noContent(this::delete),
        move(api, "/disable", Move.DISABLE),
        move(api, "/enable", Move.ENABLE),
        move(api, "/revoke", Move.REVOKE));
  }

  private Route move(Api api, String end, Move move) {
    return api.post(DEVICE + end).needs(move.need()).once().ok(call -> move(call, move));
  }

  private Verdict<?> list(Call call, PageRequest page) {
    ReadDevices.Request request =
        new ReadDevices.Request(call.id("project_id"), page.cursor(), page.limit());
    return cases
        .readDevices()
        .handle(call.caller(), request)
        .map(found -> Cursor.page(LIST, found));
  }

  private Verdict<?> register(Call call, DeviceBody.New body) {
    RegisterDevice.Request request =
        new RegisterDevice.Request(
            call.id("project_id"),
            body.name(),
            body.deviceCode(),
            body.fields(),
            body.expiresInSeconds());
    return cases.registerDevice().handle(call.caller(), call.requestKey(), request);
  }

  private Verdict<?> get(Call call) {
    return cases.readDevices().handle(call.caller(), call.id("project_id"), call.id("device_id"));
  }

  private Verdict<?> change(Call call, DeviceBody.Patch body) {
    ChangeDevice.Request request =
        new ChangeDevice.Request(
            call.id("project_id"), call.id("device_id"), body.fields(), body.version());
    return cases.changeDevice().handle(call.caller(), call.requestKey(), request);
  }

  private Verdict<?> delete(Call call) {
    return cases
        .deleteDevice()
        .handle(call.caller(), call.requestKey(), call.id("project_id"), call.id("device_id"));
  }

  private Verdict<?> move(Call call, Move move) {
    MoveDevice.Request request =
        new MoveDevice.Request(move, call.id("project_id"), call.id("device_id"));
    return cases.moveDevice().handle(call.caller(), call.requestKey(), request);
  }
}
