package io.waybill.testkit.contract;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.device.Device;
import io.waybill.core.device.DeviceStatus;
import io.waybill.core.device.FleetCount;
import io.waybill.core.device.PresenceStore;
import io.waybill.core.device.PresenceStore.Birth;
import io.waybill.core.upload.Signs;
import io.waybill.core.upload.TaskStore.NewTask;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@link PresenceStore}. */
public abstract class PresenceContract extends PortContract {
  private final UUID tenantId = world.tenantId();

  @Test
  void a_device_is_online_until_its_last_connection_ends() {
    UUID device = device();
    assertThat(presence(device)).isEqualTo(Device.Presence.UNKNOWN);

    assertThat(born(device, "first", "1.4", 1)).as("it came").isTrue();
    assertThat(presence(device)).isEqualTo(known(true, "first", 1, "1.4"));

    assertThat(born(device, "second", null, 2)).as("it was there").isFalse();
    assertThat(gone(device, "first", 3)).as("that was the one before").isFalse();
    assertThat(presence(device)).isEqualTo(known(true, "second", 2, "1.4"));

    assertThat(gone(device, "second", 4)).as("it went").isTrue();
    assertThat(presence(device)).isEqualTo(known(false, "second", 4, "1.4"));
    assertThat(born(device, "third", "1.5", 5)).as("it came again").isTrue();
    assertThat(presence(device)).isEqualTo(known(true, "third", 5, "1.5"));
  }

  /** A gateway that starts is told by the broker what it had kept of devices that left long ago. */
  @Test
  void an_end_that_is_told_again_is_no_sign_of_life() {
    UUID device = device();
    born(device, "only", null, 1);
    gone(device, "only", 2);
    assertThat(gone(device, "only", 9)).isFalse();
    assertThat(presence(device)).isEqualTo(known(false, "only", 2, null));
  }

  @Test
  void only_a_device_that_tells_of_its_connections_is_away_from_its_uploads() {
    UUID device = device();
    NewTask task = created(Uploads.from(world, device, T0));
    UUID upload = task.sessions().getFirst().upload().sessionId();
    assertThat(source(upload)).isEqualTo(source(false, null));

    seen(tenantId, device, 1);
    assertThat(source(upload)).as("it never tells").isEqualTo(source(true, at(1)));
    born(device, "first", null, 2);
    assertThat(source(upload)).isEqualTo(source(true, at(2)));
    gone(device, "first", 3);
    assertThat(source(upload)).isEqualTo(source(false, at(3)));
  }

  private Signs.@Nullable Source source(UUID upload) {
    return read(tx -> tx.timelines().signs(tenantId, Set.of(upload)))
        .getOrDefault(upload, Signs.NONE)
        .source();
  }

  private static Signs.Source source(boolean isPerhapsThere, @Nullable Instant lastSeenAt) {
    return new Signs.Source(DeviceStatus.PENDING, isPerhapsThere, lastSeenAt);
  }

  @Test
  void it_was_seen_at_the_latest_time_that_anybody_says() {
    UUID device = device();
    seen(tenantId, device, 5);
    seen(tenantId, device, 3);
    assertThat(presence(device)).isEqualTo(known(false, null, 5, null));
    born(device, "late", null, 4);
    assertThat(presence(device)).isEqualTo(known(true, "late", 5, null));
  }

  @Test
  void nothing_of_another_tenant_changes_and_nothing_is_an_edit() {
    UUID device = device();
    Device before = found(device);
    UUID stranger = world.otherTenantId();
    boolean theirs =
        read(tx -> tx.devices().presence().born(new Birth(stranger, device, "x", "9", at(1))));
    seen(stranger, device, 1);
    born(device, "mine", null, 2);
    boolean left = read(tx -> tx.devices().presence().gone(stranger, device, "mine", at(3)));

    assertThat(theirs || left).isFalse();
    assertThat(presence(device)).isEqualTo(known(true, "mine", 2, null));
    assertThat(found(device).version()).isEqualTo(before.version());
    assertThat(found(device).updatedAt()).isEqualTo(before.updatedAt());
  }

  @Test
  void all_devices_are_counted_by_how_long_nobody_heard_of_them() {
    FleetCount before = count(86_400);
    UUID there = device("there");
    UUID away = device("away");
    UUID old = device("old");
    device("never-heard");
    born(there, "now", null, 86_400 - 10);
    born(away, "then", null, 86_400 - 30);
    gone(away, "then", 86_400 - 20);
    seen(tenantId, old, 0);

    FleetCount after = count(86_400);

    assertThat(after.online() - before.online()).isEqualTo(1);
    assertThat(groups(after)).isEqualTo(plus(groups(before), Map.of(0, 2, 6, 1)));
    assertThat(after.heard())
        .filteredOn(heard -> FleetCount.group(heard.silence()) == 6)
        .first()
        .satisfies(heard -> assertThat(heard.silence()).isGreaterThanOrEqualTo(Duration.ofDays(1)));
  }

  private static Map<Integer, Integer> groups(FleetCount fleet) {
    return fleet.heard().stream()
        .collect(toMap(heard -> FleetCount.group(heard.silence()), FleetCount.Heard::devices));
  }

  private static Map<Integer, Integer> plus(
      Map<Integer, Integer> some, Map<Integer, Integer> others) {
    Map<Integer, Integer> sums = new HashMap<>(some);
    others.forEach((group, devices) -> sums.merge(group, devices, Integer::sum));
    return sums;
  }

  private FleetCount count(long second) {
    return read(tx -> tx.devices().presence().count(at(second)));
  }

  private boolean born(UUID device, String connection, @Nullable String version, long second) {
    Birth birth = new Birth(tenantId, device, connection, version, at(second));
    return read(tx -> tx.devices().presence().born(birth));
  }

  private boolean gone(UUID device, String connection, long second) {
    return read(tx -> tx.devices().presence().gone(tenantId, device, connection, at(second)));
  }

  private void seen(UUID tenant, UUID device, long second) {
    read(tx -> {
      tx.devices().presence().seen(tenant, device, at(second));
      return true;
    });
  }

  private static Device.Presence known(
      boolean isOnline, @Nullable String connection, long second, @Nullable String version) {
    return new Device.Presence(isOnline, connection, at(second), null, version);
  }

  private Device.Presence presence(UUID device) {
    return found(device).presence();
  }

  private Device found(UUID device) {
    return read(tx -> tx.devices().find(tenantId, device)).orElseThrow();
  }

  private UUID device() {
    return device("press-1");
  }

  private UUID device(String code) {
    Device device = Devices.device(world.project(), code, T0);
    boolean isAdded = commit(tx -> tx.devices().insert(device));
    assertThat(isAdded).isTrue();
    return device.deviceId();
  }
}
