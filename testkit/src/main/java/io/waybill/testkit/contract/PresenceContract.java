package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.device.Device;
import io.waybill.core.device.PresenceStore;
import io.waybill.core.device.PresenceStore.Birth;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@link PresenceStore}. */
public abstract class PresenceContract extends PortContract {
  private final UUID tenantId = world.otherTenantId();

  @Test
  void a_device_is_online_until_its_last_connection_ends() {
    UUID device = device();
    assertThat(presence(device)).isEqualTo(Device.Presence.UNKNOWN);

    write(born(device, "first", "1.4", at(1)));
    assertThat(presence(device)).isEqualTo(known(true, at(1), "1.4"));

    write(born(device, "second", null, at(2)));
    write(presence -> presence.gone(tenantId, device, "first", at(3)));
    assertThat(presence(device)).as("that was the one before").isEqualTo(known(true, at(2), "1.4"));

    write(presence -> presence.gone(tenantId, device, "second", at(4)));
    assertThat(presence(device)).isEqualTo(known(false, at(4), "1.4"));
    write(born(device, "third", "1.5", at(5)));
    assertThat(presence(device)).isEqualTo(known(true, at(5), "1.5"));
  }

  @Test
  void it_was_seen_at_the_latest_time_that_anybody_says() {
    UUID device = device();
    write(presence -> presence.seen(tenantId, device, at(5)));
    write(presence -> presence.seen(tenantId, device, at(3)));
    assertThat(presence(device)).isEqualTo(known(false, at(5), null));
    write(born(device, "late", null, at(4)));
    assertThat(presence(device)).isEqualTo(known(true, at(5), null));
  }

  @Test
  void nothing_of_another_tenant_changes_and_nothing_is_an_edit() {
    UUID device = device();
    Device before = found(device);
    UUID stranger = world.tenantId();
    write(presence -> presence.born(new Birth(stranger, device, "x", "9", at(1))));
    write(presence -> presence.seen(stranger, device, at(1)));
    write(born(device, "mine", null, at(2)));
    write(presence -> presence.gone(stranger, device, "mine", at(3)));

    assertThat(presence(device)).isEqualTo(known(true, at(2), null));
    assertThat(found(device).version()).isEqualTo(before.version());
    assertThat(found(device).updatedAt()).isEqualTo(before.updatedAt());
  }

  private Consumer<PresenceStore> born(
      UUID device, String connection, @Nullable String version, Instant at) {
    return presence -> presence.born(new Birth(tenantId, device, connection, version, at));
  }

  private static Device.Presence known(boolean isOnline, Instant seen, @Nullable String version) {
    return new Device.Presence(isOnline, seen, null, version);
  }

  private void write(Consumer<PresenceStore> change) {
    read(tx -> {
      change.accept(tx.presence());
      return true;
    });
  }

  private Device.Presence presence(UUID device) {
    return found(device).presence();
  }

  private Device found(UUID device) {
    return read(tx -> tx.devices().find(tenantId, device)).orElseThrow();
  }

  private UUID device() {
    Device device = Devices.device(world.foreign(), "press-1", T0);
    boolean isAdded = commit(tx -> tx.devices().insert(device));
    assertThat(isAdded).isTrue();
    return device.deviceId();
  }
}
