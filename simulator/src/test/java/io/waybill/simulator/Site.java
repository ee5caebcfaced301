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
import io.waybill.core.project.Project;
import io.waybill.core.project.ProjectStatus;
import io.waybill.core.project.StoragePolicy;
import io.waybill.core.upload.LifecycleEvent;
import io.waybill.core.upload.Limits;
import io.waybill.core.upload.Session;
import io.waybill.core.work.Ports;
import io.waybill.core.work.Work;
import io.waybill.wire.Topics.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** One project on plain maps, and the use cases of processes that stand there now and then. */
final class Site {

  static final UUID TENANT = id(1);
  static final UUID PROJECT = id(2);

  final ManualTime time = new ManualTime(Instant.parse("2026-11-23T10:00:00Z"));
  final MemoryDatabase rows = new MemoryDatabase();
  final MemoryObjectStore objects = new MemoryObjectStore(Set.of("robot-data"));
  final SequentialIds ids = new SequentialIds();
  private final Chance chance;

  Site(Chance chance) {
    this.chance = chance;
    rows.addPolicy(
        TENANT,
        new StoragePolicy(
            id(3),
            "default",
            "robot-data",
            MqttDevice.FILE_BYTES,
            Duration.ofMinutes(15),
            Duration.ofDays(1),
            Duration.ofDays(30),
            Set.of(),
            false));
    rows.addProject(
        new Project(
            PROJECT,
            TENANT,
            id(3),
            "line-3",
            "Line 3",
            null,
            ProjectStatus.ACTIVE,
            Map.of(),
            1,
            time.instant(),
            time.instant(),
            null));
  }

  static UUID id(int last) {
    return new UUID(0x0190a00000007000L, 0x8000000000000000L | last);
  }

  Owner device(int number) {
    Owner owner = new Owner(TENANT, id(0x100 + number));
    rows.addDevice("hash-" + number, identity(owner.deviceId(), SubjectKind.DEVICE, number));
    return owner;
  }

  private static Identity identity(UUID id, SubjectKind kind, int number) {
    return new Identity(
        TENANT, kind, id, "robot-" + number, Identity.Standing.ACTIVE, List.of(), List.of(PROJECT));
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
    return rows.read(tx -> tx.sessions().find(TENANT, sessionId).orElseThrow());
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

    private <T> T standing(java.util.function.Supplier<T> work) {
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
