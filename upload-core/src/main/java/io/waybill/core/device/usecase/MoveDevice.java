package io.waybill.core.device.usecase;

import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Permission;
import io.waybill.core.access.usecase.Authenticate;
import io.waybill.core.device.Device;
import io.waybill.core.device.DeviceAnswer;
import io.waybill.core.device.DeviceEvent;
import io.waybill.core.device.DeviceStatus;
import io.waybill.core.device.DeviceStores;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.UUID;

/** Decides whether a device is let in. Its uploads stay as they are. */
public final class MoveDevice {
  public static final Remembered<DeviceAnswer> REMEMBERED =
      new Remembered<>("MOVE_DEVICE", DeviceAnswer.class);

  private final DeviceChange head;
  private final DeviceJournal journal;

  MoveDevice(Ports<? extends DeviceStores> ports, Authenticate authenticate) {
    this.head = new DeviceChange(ports, authenticate);
    this.journal = new DeviceJournal(ports.ids());
  }

  /** What can be asked of it. */
  public enum Move {
    /** It is let in no more, until it is enabled. */
    DISABLE(Permission.DEVICE_DISABLE, DeviceEvent.DISABLED),
    /** It is let in again. */
    ENABLE(Permission.DEVICE_DISABLE, DeviceEvent.ENABLED),
    /** It is let in never again: whatever it has to show is worth nothing. */
    REVOKE(Permission.DEVICE_CREDENTIALS_REVOKE, DeviceEvent.REVOKED);

    private final Permission need;
    private final DeviceEvent event;

    Move(Permission need, DeviceEvent event) {
      this.need = need;
      this.event = event;
    }

    public Permission need() {
      return need;
    }
  }

  /** Which device of which project, and what becomes of it. */
  public record Request(Move move, UUID projectId, UUID deviceId) {}

  public Verdict<DeviceAnswer> handle(Caller caller, RequestKey requestKey, Request request) {
    Once<DeviceStores, DeviceAnswer> once =
        Once.of(
            REMEMBERED,
            caller,
            requestKey,
            Fingerprint.of(REMEMBERED).add(request.move()).add(request.deviceId()));
    return head.change(
        new DeviceChange.Target(
            caller, request.move().need(), request.projectId(), request.deviceId()),
        once,
        (tx, known, now) ->
            after(request.move(), known, now)
                .map(after -> write(tx, caller, request.move(), known, after)));
  }

  /** What it is then; the same device where it is that already. */
  private static Verdict<Device> after(Move move, Device known, Instant now) {
    return switch (move) {
      case DISABLE -> disabled(known, now);
      case ENABLE -> enabled(known, now);
      case REVOKE -> revoked(known, now);
    };
  }

  private static Verdict<Device> disabled(Device known, Instant now) {
    return switch (known.status()) {
      case PENDING, ACTIVE -> Verdict.ok(known.become(DeviceStatus.DISABLED, now));
      case DISABLED -> Verdict.ok(known);
      case REVOKED, DELETED -> DeviceChange.illegal("be disabled", known);
    };
  }

  private static Verdict<Device> enabled(Device known, Instant now) {
    return switch (known.status()) {
      case DISABLED -> Verdict.ok(known.enabled(now));
      case PENDING, ACTIVE -> Verdict.ok(known);
      case REVOKED, DELETED -> DeviceChange.illegal("be enabled", known);
    };
  }

  private static Verdict<Device> revoked(Device known, Instant now) {
    return switch (known.status()) {
      case PENDING, ACTIVE, DISABLED -> Verdict.ok(known.become(DeviceStatus.REVOKED, now));
      case REVOKED -> Verdict.ok(known);
      case DELETED -> DeviceChange.illegal("be revoked", known);
    };
  }

  private DeviceAnswer write(
      DeviceStores tx, Caller caller, Move move, Device known, Device after) {
    if (!after.equals(known)) {
      if (move == Move.REVOKE) {
        tx.credentials().revoke(known.tenantId(), known.deviceId(), null, after.updatedAt());
      }
      tx.devices().update(after);
      tx.events().append(journal.changed(move.event, known, after, caller.origin()));
    }
    return DeviceAnswer.of(after);
  }
}
