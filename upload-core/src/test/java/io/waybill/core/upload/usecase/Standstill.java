package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.World.MIB;
import static io.waybill.core.fixture.World.refusal;
import static io.waybill.core.fixture.World.value;

import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetStanding;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.dataset.RecoveryStatus;
import io.waybill.core.dataset.ValidationStatus;
import io.waybill.core.device.Device;
import io.waybill.core.device.DeviceStatus;
import io.waybill.core.diagnosis.Cause;
import io.waybill.core.diagnosis.Diagnosis;
import io.waybill.core.fixture.FaultyStore;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.Requests;
import io.waybill.core.fixture.World;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.storage.ObjectStore;
import io.waybill.core.storage.ObjectStore.CompleteOutcome;
import io.waybill.core.upload.Limits;
import io.waybill.core.upload.NewTask;
import io.waybill.core.upload.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Brings a session to a standstill for each cause, by what callers, storage and time do. */
final class Standstill {
  static final Duration A_WHILE = Duration.ofMinutes(20);

  private static final Set<Cause> OF_DATASETS =
      Set.of(Cause.NO_UPLOAD, Cause.VALIDATION_PENDING, Cause.VALIDATION_FAILED, Cause.RECOVERY);

  private final World world;
  private UUID session = Registry.ROBOT_17;

  private Standstill(World world) {
    this.world = world;
  }

  /** The session of a world in which it stands still for this. */
  static Seen of(Cause cause) {
    Standstill one =
        new Standstill(
            switch (cause) {
              case INSTANT_COPY -> InstantWorld.instantWorld();
              case QUOTA -> new World(Limits.standard().with(new Limits.Quotas(300 * MIB)));
              default -> new World();
            });
    one.bring(cause);
    return new Seen(one.world, one.session, OF_DATASETS.contains(cause));
  }

  /** One whose parts storage did not take, each time that it was asked to. */
  static Seen ofParts(String storageCode) {
    Standstill one = new Standstill(new World());
    one.filled();
    CompleteOutcome answer =
        storageCode.equals("EntityTooSmall")
            ? new CompleteOutcome.PartTooSmall(storageCode, "no")
            : new CompleteOutcome.PartsChanged(storageCode, "no");
    for (int time = 0; time < 4; time++) {
      one.world.store.nextComplete(real -> () -> answer);
    }
    refusal(one.world.clients.complete(one.session));
    return new Seen(one.world, one.session, false);
  }

  /** A world, and which of its sessions is meant. */
  record Seen(World world, UUID session, boolean ofDataset) {
    @Nullable Diagnosis diagnosis() {
      if (!ofDataset) {
        return value(world.clients.get(session)).diagnosis();
      }
      Owner owner = world.stored(session).upload().owner();
      return value(
              world
                  .use
                  .getDataset()
                  .handle(Registry.person(), owner.projectId(), owner.datasetId()))
          .diagnosis();
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
      case QUOTA -> {
        session = Situation.FAILED.arrange(world);
        world.start();
        world.start();
      }
      case NO_UPLOAD -> session = Situation.ABORTED.arrange(world);
      case VALIDATION_PENDING -> validating();
      case VALIDATION_FAILED ->
          judged(DatasetStatus.REJECTED, ValidationStatus.FAILED, RecoveryStatus.NORMAL);
      case RECOVERY ->
          judged(
              DatasetStatus.READY,
              ValidationStatus.NOT_REQUIRED,
              RecoveryStatus.RECOVERY_MISSING_OBJECT);
      case ABORTING -> {
        start();
        world.store.nextAbort(FaultyStore.unreachable());
        refusal(world.clients.abort(session));
        world.advance(Duration.ofSeconds(30));
      }
    }
  }

  private void validating() {
    NewTask task =
        Requests.in(Registry.STRICT_PROJECT, null, null, Requests.file("run.mcap", 150 * MIB));
    session =
        value(world.clients.create(Registry.person(), RequestKey.NONE, task))
            .objects()
            .getFirst()
            .sessionId();
    world.putAll(session);
    value(
        world
            .use
            .completeUpload()
            .handle(Registry.person(), RequestKey.NONE, Requests.complete(session)));
  }

  /** As a validator, or a recovery, would leave its dataset. */
  private void judged(DatasetStatus status, ValidationStatus validation, RecoveryStatus recovery) {
    session = Situation.COMPLETED.arrange(world);
    UUID id = world.stored(session).upload().owner().datasetId();
    Dataset known = world.dataset(Registry.PROJECT, id);
    DatasetStanding standing = DatasetStanding.of(status, validation, recovery, known.readyAt());
    world.database.commit(tx -> {
      tx.datasetChanges().update(known.with(standing, world.now()));
      return id;
    });
  }

  private void start() {
    session = world.start().sessionId();
  }

  private void filled() {
    start();
    world.putAll(session);
  }

  private void quietDevice(DeviceStatus status) {
    Device device = registered(new Device.Presence(false, "its-last", world.now(), null, null));
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
