package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.access.Identity;
import io.waybill.core.device.BrokerAccount;
import io.waybill.core.device.Credential;
import io.waybill.core.device.CredentialHashes;
import io.waybill.core.device.Device;
import io.waybill.core.device.DeviceCommand;
import io.waybill.core.device.DeviceStatus;
import io.waybill.core.device.DeviceStore.Query;
import io.waybill.core.project.Project;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@link io.waybill.core.device.DeviceStore}, with what devices show and are asked to do. */
public abstract class DeviceStoreContract extends PortContract {

  @Test
  void a_device_is_read_back_as_it_was_written() {
    Device made = added(device(world.foreign(), "press-1"));
    Device changed =
        made.with(new Device.Profile("Press", "press-2", null, Map.of()), at(1)).rotated(at(2));

    assertThat(locked(made)).contains(made);
    assertThat(update(changed)).isTrue();
    assertThat(locked(made)).contains(changed);
    Optional<Device> theirs = commit(tx -> tx.devices().lock(world.tenantId(), made.deviceId()));
    assertThat(theirs).isEmpty();
  }

  @Test
  void a_code_is_given_once_in_a_tenant_until_its_device_is_deleted() {
    Device first = added(device(world.foreign(), "press-1"));
    Device second = added(device(world.foreign(), "press-2"));

    assertThat(insert(device(world.foreign(), "press-1"))).isFalse();
    assertThat(update(second.with(first.profile(), at(1)))).isFalse();
    assertThat(update(first.become(DeviceStatus.DELETED, at(2)))).isTrue();
    assertThat(locked(first)).isEmpty();
    assertThat(insert(device(world.foreign(), "press-1"))).isTrue();
    Optional<Identity> gone =
        read(tx -> tx.identities().device(world.otherTenantId(), first.deviceId()));
    assertThat(gone).isEmpty();
  }

  @Test
  void a_list_is_a_projects_newest_first_without_what_is_denied() {
    Device first = added(device(world.foreign(), "press-1"));
    Device second = added(device(world.foreign(), "press-2"));
    Device third = added(device(world.foreign(), "press-3"));

    assertThat(list(null, Set.of(), 10)).containsExactly(third, second, first);
    assertThat(list(third.deviceId(), Set.of(), 1)).containsExactly(second);
    assertThat(list(null, Set.of(second.deviceId()), 10)).containsExactly(third, first);
  }

  @Test
  void who_shows_a_credential_is_found_with_the_standing_that_it_gives() {
    Device device = added(device(world.foreign(), "press-1"));
    String sha256 = Ids.sha256();
    Credential credential = issued(device, 1, sha256, null);

    Identity fresh = owner(sha256, T0).orElseThrow();
    assertThat(fresh.standing()).isEqualTo(Identity.Standing.PENDING);
    assertThat(fresh.label()).isEqualTo("press-1");
    commit(tx -> {
      tx.credentials().use(credential);
      return tx.devices().update(device.activated(at(1)));
    });
    assertThat(owner(sha256, at(1)).orElseThrow().standing()).isEqualTo(Identity.Standing.ACTIVE);
    assertThat(standing(device)).contains(Identity.Standing.ACTIVE);

    String newer = Ids.sha256();
    issued(device, 2, newer, at(60));
    assertThat(owner(newer, at(2)).orElseThrow().standing()).isEqualTo(Identity.Standing.PENDING);
    assertThat(owner(newer, at(60)).orElseThrow().standing()).isEqualTo(Identity.Standing.EXPIRED);
    commit(tx -> {
      tx.credentials().end(credential.endingAt(at(30)));
      return device;
    });
    assertThat(owner(sha256, at(30)).orElseThrow().standing()).isEqualTo(Identity.Standing.EXPIRED);
  }

  @Test
  void nobody_is_found_by_a_revoked_credential() {
    Device device = added(device(world.foreign(), "press-1"));
    String old = Ids.sha256();
    String young = Ids.sha256();
    issued(device, 1, old, null);
    Credential second = issued(device, 2, young, null);

    revoke(device, 2);
    assertThat(owner(old, T0)).isEmpty();
    assertThat(owner(young, T0)).isPresent();
    List<Credential> live = read(tx -> tx.credentials().live(device.tenantId(), device.deviceId()));
    assertThat(live).containsExactly(second);

    commit(tx -> {
      tx.credentials().revoke(second, at(2));
      return second;
    });
    assertThat(owner(young, T0)).isEmpty();
    assertThat(standing(device)).contains(Identity.Standing.INACTIVE);
  }

  @Test
  void a_broker_knows_whoever_may_act_by_the_newest_credential_that_has_not_ended() {
    UUID before = added(device(world.foreign(), "press-0")).deviceId();
    Device first = added(device(world.foreign(), "press-1"));
    Device second = added(device(world.foreign(), "press-2"));
    Device disabled = added(device(world.foreign(), "press-3"));
    Device without = added(device(world.foreign(), "press-4"));
    issued(first, 1, Ids.sha256(), null);
    issued(first, 2, Ids.sha256(), at(60));
    issued(second, 1, Ids.sha256(), null);
    issued(disabled, 1, Ids.sha256(), null);
    issued(without, 1, Ids.sha256(), null);
    assertThat(update(disabled.become(DeviceStatus.DISABLED, at(1)))).isTrue();
    revoke(without, 2);

    assertThat(accounts(before, T0)).containsExactly(account(first, 2), account(second, 1));
    assertThat(accounts(before, at(60))).containsExactly(account(first, 1), account(second, 1));
    List<BrokerAccount> afterTheFirst =
        read(tx -> tx.devices().brokerAccounts().list(first.deviceId(), T0, 1));
    assertThat(afterTheFirst).containsExactly(account(second, 1));
  }

  /** Those of this test: the world may have had any number of devices before. */
  private List<BrokerAccount> accounts(UUID before, Instant now) {
    return read(tx -> tx.devices().brokerAccounts().list(before, now, 100));
  }

  private static BrokerAccount account(Device device, int version) {
    return new BrokerAccount(device.tenantId(), device.deviceId(), version, hash(version));
  }

  private static String hash(int version) {
    return "$7$101$c2FsdA==$" + version;
  }

  @Test
  void what_a_device_is_asked_is_read_back_newest_first() {
    Device device = added(device(world.foreign(), "press-1"));
    DeviceCommand first = asked(device);
    DeviceCommand second = asked(device);

    List<DeviceCommand> all =
        read(tx -> tx.deviceCommands().list(device.tenantId(), device.deviceId(), null, 10));
    List<DeviceCommand> older =
        read(tx ->
            tx.deviceCommands().list(device.tenantId(), device.deviceId(), second.commandId(), 10));
    Optional<DeviceCommand> theirs =
        read(
            tx -> tx.deviceCommands().find(world.tenantId(), device.deviceId(), first.commandId()));

    assertThat(all).containsExactly(second, first);
    assertThat(older).containsExactly(first);
    assertThat(theirs).isEmpty();
  }

  private DeviceCommand asked(Device device) {
    DeviceCommand command = Devices.command(device, T0, at(60));
    return commit(tx -> {
      tx.deviceCommands().insert(command);
      return command;
    });
  }

  private static Device device(Project project, String code) {
    return Devices.device(project, code, T0);
  }

  private Credential issued(Device of, int version, String sha256, @Nullable Instant expiresAt) {
    Credential credential =
        new Credential(
            Ids.next(), of.tenantId(), of.deviceId(), version, false, version == 2, T0, expiresAt);
    return commit(tx -> {
      tx.credentials().insert(credential, new CredentialHashes(sha256, hash(version)));
      return credential;
    });
  }

  private void revoke(Device device, int below) {
    commit(tx -> {
      tx.credentials().revoke(device.tenantId(), device.deviceId(), below, at(1));
      return device;
    });
  }

  private Optional<Identity> owner(String sha256, Instant now) {
    return read(tx -> tx.identities().byDeviceCredential(sha256, now));
  }

  private Optional<Identity.Standing> standing(Device device) {
    Optional<Identity> found =
        read(tx -> tx.identities().device(device.tenantId(), device.deviceId()));
    return found.map(Identity::standing);
  }

  private boolean insert(Device device) {
    return commit(tx -> tx.devices().insert(device));
  }

  private Device added(Device device) {
    assertThat(insert(device)).isTrue();
    return device;
  }

  private boolean update(Device device) {
    return commit(tx -> tx.devices().update(device));
  }

  private Optional<Device> locked(Device device) {
    return commit(tx -> tx.devices().lock(world.otherTenantId(), device.deviceId()));
  }

  private List<Device> list(@Nullable UUID before, Set<UUID> except, int limit) {
    Query query =
        new Query(world.otherTenantId(), world.foreign().projectId(), before, except, limit);
    return read(tx -> tx.devices().list(query));
  }
}
