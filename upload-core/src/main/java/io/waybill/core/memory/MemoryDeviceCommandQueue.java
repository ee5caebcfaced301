package io.waybill.core.memory;

import io.waybill.core.access.Identity;
import io.waybill.core.device.DeviceCommand;
import io.waybill.core.device.DeviceCommand.Status;
import io.waybill.core.device.DeviceCommandQueue;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

record MemoryDeviceCommandQueue(MemoryTransaction tx) implements DeviceCommandQueue {

  private static final Table<UUID, Place> PLACES = Table.of("device_command_places");

  /**
   * Where a command stands.
   *
   * @param isUntold whether its device is to be told: what stands behind it waits
   */
  private record Place(boolean isUntold, Instant dueAt, long claim) {}

  private Place place(DeviceCommand command) {
    Place place = tx.of(PLACES).get(command.commandId());
    return place == null ? new Place(true, command.createdAt(), 0) : place;
  }

  private Stream<DeviceCommand> open() {
    return tx.of(MemoryDeviceCommands.COMMANDS).values().stream()
        .filter(command -> command.status().isTold());
  }

  private Stream<DeviceCommand> open(UUID tenantId, UUID deviceId) {
    return open().filter(one -> one.tenantId().equals(tenantId) && one.deviceId().equals(deviceId));
  }

  @Override
  public List<Claimed> claim(Instant now, Instant until, int limit) {
    List<DeviceCommand> due =
        open()
            .filter(one -> now.isBefore(one.expiresAt()) && !place(one).dueAt().isAfter(now))
            .filter(one -> isFirst(one, now))
            .filter(one -> tx.of(MemoryDeviceCommands.COMMANDS).isFree(one.commandId()))
            .sorted(Comparator.comparing(one -> place(one).dueAt()))
            .limit(limit)
            .sorted(Comparator.comparing(DeviceCommand::commandId))
            .toList();
    return due.stream().map(one -> claimed(one, until)).filter(this::mayAct).toList();
  }

  private boolean isFirst(DeviceCommand one, Instant now) {
    return open(one.tenantId(), one.deviceId())
        .filter(other -> other.commandId().compareTo(one.commandId()) < 0)
        .noneMatch(earlier -> place(earlier).isUntold() && now.isBefore(earlier.expiresAt()));
  }

  private Claimed claimed(DeviceCommand one, Instant until) {
    long claim = place(one).claim() + 1;
    tx.of(PLACES).put(one.commandId(), new Place(true, until, claim));
    return new Claimed(one, claim);
  }

  private boolean mayAct(Claimed claimed) {
    @Nullable Identity device = tx.of(MemoryIdentities.DEVICES).get(claimed.command().deviceId());
    return device != null
        && (device.standing() == Identity.Standing.ACTIVE
            || device.standing() == Identity.Standing.PENDING);
  }

  @Override
  public int settle(List<Settled> outcomes, Instant now) {
    return outcomes.stream().mapToInt(outcome -> settle(outcome, now)).sum();
  }

  private int settle(Settled outcome, Instant now) {
    Optional<DeviceCommand> found =
        tx.of(MemoryDeviceCommands.COMMANDS)
            .lock(outcome.claimed().command().commandId())
            .filter(one -> one.status().isTold())
            .filter(one -> place(one).claim() == outcome.claimed().claim());
    found.ifPresent(one -> {
      Place place = new Place(!outcome.isTold(), outcome.dueAt(), outcome.claimed().claim());
      tx.of(MemoryDeviceCommands.COMMANDS).put(one.commandId(), tried(one, outcome, now));
      tx.of(PLACES).put(one.commandId(), place);
      if (!outcome.isTold()) {
        holdUp(one, outcome.dueAt());
      }
    });
    return found.isPresent() ? 1 : 0;
  }

  private void holdUp(DeviceCommand untold, Instant dueAt) {
    List<DeviceCommand> behind =
        open(untold.tenantId(), untold.deviceId())
            .filter(one -> one.commandId().compareTo(untold.commandId()) > 0)
            .filter(one -> place(one).dueAt().isBefore(dueAt))
            .toList();
    behind.forEach(one -> {
      Place place = place(one);
      tx.of(PLACES).put(one.commandId(), new Place(place.isUntold(), dueAt, place.claim()));
    });
  }

  private static DeviceCommand tried(DeviceCommand one, Settled outcome, Instant now) {
    DeviceCommand.Course course = one.course();
    boolean isNews = outcome.isTold() && one.status() == Status.PENDING;
    DeviceCommand.Course next =
        new DeviceCommand.Course(
            course.attempts() + (outcome.isTried() ? 1 : 0),
            isNews ? now : course.sentAt(),
            null,
            null);
    Status status = isNews ? Status.SENT : one.status();
    return as(one, status, one.version() + (isNews ? 1 : 0), isNews ? now : one.updatedAt(), next);
  }

  private static DeviceCommand as(
      DeviceCommand one, Status status, long version, Instant at, DeviceCommand.Course course) {
    return new DeviceCommand(
        one.commandId(),
        one.tenantId(),
        one.deviceId(),
        one.command(),
        one.payload(),
        status,
        one.requestedBy(),
        one.result(),
        version,
        one.createdAt(),
        at,
        one.expiresAt(),
        course);
  }

  @Override
  public int tellAgain(UUID tenantId, UUID deviceId, Instant now) {
    List<DeviceCommand> again = open(tenantId, deviceId).toList();
    again.forEach(one -> {
      tx.of(MemoryDeviceCommands.COMMANDS).lock(one.commandId());
      tx.of(PLACES).put(one.commandId(), new Place(true, now, place(one).claim() + 1));
    });
    return again.size();
  }

  @Override
  public List<DeviceCommand> expire(Instant now, int limit) {
    List<DeviceCommand> over =
        open()
            .filter(one -> !now.isBefore(one.expiresAt()))
            .filter(one -> tx.of(MemoryDeviceCommands.COMMANDS).isFree(one.commandId()))
            .sorted(Comparator.comparing(DeviceCommand::expiresAt))
            .limit(limit)
            .toList();
    return over.stream()
        .map(one -> {
          DeviceCommand.Course course = one.course();
          DeviceCommand ended =
              as(
                  one,
                  Status.EXPIRED,
                  one.version() + 1,
                  now,
                  new DeviceCommand.Course(course.attempts(), course.sentAt(), now, null));
          tx.of(MemoryDeviceCommands.COMMANDS).put(one.commandId(), ended);
          return ended;
        })
        .toList();
  }
}
