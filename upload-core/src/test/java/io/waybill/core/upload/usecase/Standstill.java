package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.World.refusal;
import static io.waybill.core.fixture.World.value;

import io.waybill.core.device.Device;
import io.waybill.core.device.DeviceStatus;
import io.waybill.core.diagnosis.Cause;
import io.waybill.core.diagnosis.Diagnosis;
import io.waybill.core.fixture.FaultyStore;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.World;
import io.waybill.core.storage.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Brings a session to a standstill for each cause, by what callers, storage and time do. */
final class Standstill {
  static final Duration A_WHILE = Duration.ofMinutes(20);

  private final World world;
  private UUID session = Registry.ROBOT_17;

  private Standstill(World world) {
    this.world = world;
  }

  /** The session of a world in which it stands still for this. */
  static Seen of(Cause cause) {
    Standstill one =
        new Standstill(cause == Cause.INSTANT_COPY ? InstantWorld.instantWorld() : new World());
    one.bring(cause);
    return new Seen(one.world, one.session);
  }

  /** A world, and which of its sessions is meant. */
  record Seen(World world, UUID session) {
    @Nullable Diagnosis diagnosis() {
      return value(world.clients.get(session)).diagnosis();
    }
  }

  private void bring(Cause cause) {
    switch (cause) {
      case WAITING_FOR_DEVICE -> quietDevice(DeviceStatus.ACTIVE);
      case DEVICE_INACTIVE -> quietDevice(DeviceStatus.DISABLED);
      case URLS_NOT_REQUESTED -> {
        start();
        world.advance(A_WHILE);
      }
      case URLS_EXPIRED -> {
        start();
        value(world.clients.presign(session, 1, 2));
        world.advance(A_WHILE);
      }
      case PART_REFUSED -> {
        start();
        world.storage.put(world.uploadId(session), 2, 5);
        value(world.clients.reconcile(session));
      }
      case MISSING_PARTS -> {
        start();
        world.put(session, 1);
        refusal(world.clients.complete(session));
      }
      case NOT_COMPLETED -> {
        start();
        world.putAll(session);
        value(world.clients.reconcile(session));
        world.advance(A_WHILE);
      }
      case PAUSED -> {
        start();
        value(world.clients.pause(session));
      }
      case STORAGE_UNAVAILABLE -> {
        filled();
        world.store.nextComplete(real -> () -> new ObjectStore.CompleteOutcome.Unknown("HTTP 500"));
        refusal(world.clients.complete(session));
      }
      case STORAGE_REFUSED -> {
        filled();
        world.store.nextComplete(real ->
            () -> new ObjectStore.CompleteOutcome.Denied(FaultyStore.denial("AccessDenied")));
        refusal(world.clients.complete(session));
      }
      case UPLOAD_MISSING -> {
        filled();
        world.storage.purge(world.uploadId(session));
        refusal(world.clients.complete(session));
      }
      case INTERRUPTED -> session = Situation.COMPLETING_LEFT.arrange(world);
      case INSTANT_COPY -> {
        InstantWorld.verified(world);
        session = InstantWorld.again(world).sessionId();
      }
      case EXPIRES_SOON -> {
        start();
        world.advance(Duration.ofHours(23));
        value(world.clients.presign(session, 1));
      }
      case EXPIRED -> {
        start();
        world.advance(Duration.ofHours(25));
      }
      case FAILED -> session = Situation.FAILED.arrange(world);
      case ABORTING -> {
        start();
        world.store.nextAbort(FaultyStore.unreachable());
        refusal(world.clients.abort(session));
        world.advance(Duration.ofSeconds(30));
      }
    }
  }

  private void start() {
    session = world.start().sessionId();
  }

  private void filled() {
    start();
    world.putAll(session);
  }

  private void quietDevice(DeviceStatus status) {
    Device device = registered(new Device.Presence(false, world.now(), null, null));
    world.database.commit(tx -> tx.devices().insert(device));
    start();
    value(world.clients.presign(session, 1));
    world.advance(A_WHILE);
    world.database.commit(tx -> tx.devices().update(device.become(status, world.now())));
  }

  private Device registered(Device.Presence presence) {
    Instant at = world.now();
    return new Device(
        Registry.ROBOT_17,
        Registry.TENANT,
        Registry.PROJECT,
        new Device.Profile("Robot 17", "robot-17", null, Map.of()),
        DeviceStatus.ACTIVE,
        1,
        at,
        presence,
        1,
        at,
        at);
  }
}
