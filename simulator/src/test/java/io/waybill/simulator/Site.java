package io.waybill.simulator;

import io.waybill.core.Verdict;
import io.waybill.core.access.Identity;
import io.waybill.core.access.SubjectKind;
import io.waybill.core.app.Stores;
import io.waybill.core.app.UseCases;
import io.waybill.core.memory.ManualTime;
import io.waybill.core.memory.MemoryDatabase;
import io.waybill.core.memory.MemoryHeartbeat;
import io.waybill.core.memory.MemoryObjectStore;
import io.waybill.core.memory.MemorySigner;
import io.waybill.core.memory.SequentialIds;
import io.waybill.core.upload.LifecycleEvent;
import io.waybill.core.upload.Limits;
import io.waybill.core.upload.Session;
import io.waybill.core.work.Ports;
import io.waybill.core.work.Work;
import io.waybill.testkit.contract.World;
import io.waybill.wire.Topics.Owner;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** One project on plain maps, and the use cases of processes that stand there now and then. */
final class Site {

  final ManualTime time = new ManualTime(World.BEGINNING);
  final MemoryDatabase rows = new MemoryDatabase();
  final MemoryObjectStore objects = new MemoryObjectStore(Set.of("robot-data"));
  final SequentialIds ids = new SequentialIds();
  private final World world = World.of(ids);
  private final Chance chance;

  Site(Chance chance) {
    this.chance = chance;
    rows.addPolicy(world.tenantId(), world.policy());
    rows.addProject(world.project());
  }

  UUID project() {
    return world.project().projectId();
  }

  Owner device(int number) {
    Identity robot =
        new Identity(
            world.tenantId(),
            SubjectKind.DEVICE,
            ids.next(),
            "robot-" + number,
            Identity.Standing.ACTIVE,
            List.of(),
            List.of(project()));
    rows.addDevice("hash-" + number, robot);
    return new Owner(world.tenantId(), robot.id());
  }

  /** The use cases of one process: its calls stand before and after each transaction. */
  UseCases useCases(WaitingShift shift) {
    return UseCases.over(
        new Ports<>(
            new Standing(shift), objects, new MemorySigner(), ids, time, new MemoryHeartbeat()),
        new UseCases.Settings(Limits.standard(), Duration.ZERO, "default"));
  }

  /** A device's PUT. */
  void put(UUID sessionId) {
    if (session(sessionId) instanceof Session.Open open) {
      objects.put(open.uploadId(), 1, MqttDevice.FILE_BYTES);
    }
  }

  Session session(UUID sessionId) {
    return rows.read(tx -> tx.sessions().find(world.tenantId(), sessionId).orElseThrow());
  }

  List<UUID> sessions() {
    return rows.facts().timeline(LifecycleEvent.class).stream()
        .map(LifecycleEvent::sessionId)
        .distinct()
        .toList();
  }

  private final class Standing implements Work<Stores> {
    private final WaitingShift shift;

    Standing(WaitingShift shift) {
      this.shift = shift;
    }

    private <T> T standing(Supplier<T> work) {
      boolean _ = shift.pause(Duration.ofMillis(chance.below(30)));
      T done = work.get();
      boolean _ = shift.pause(Duration.ofMillis(chance.below(30)));
      return done;
    }

    @Override
    public <T> Verdict<T> write(Function<? super Stores, Verdict<T>> work) {
      return standing(() -> rows.write(work));
    }

    @Override
    public <T> T read(Function<? super Stores, T> work) {
      return standing(() -> rows.read(work));
    }
  }
}
