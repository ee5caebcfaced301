package io.waybill.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.access.usecase.Authenticate;
import io.waybill.core.device.Credential;
import io.waybill.core.device.CredentialHashes;
import io.waybill.core.device.Device;
import io.waybill.core.device.DeviceStatus;
import io.waybill.core.event.OutboxEvent;
import io.waybill.wire.DeviceNotice;
import io.waybill.wire.Topics.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A device that comes is told of the credential that it has not shown. */
@Timeout(120)
class UnshownCredentialTest extends QuickGateways {
  private static final Duration OVERLAP = Duration.ofHours(1);

  private Gateway gateway;
  private Robot robot;

  @BeforeEach
  void start() {
    gateway = gateway();
    robot = robot17();
  }

  @AfterEach
  void end() {
    robot.close();
    gateway.close();
  }

  @Test
  void each_connection_hears_of_it_once() {
    give(credential(1, true, OVERLAP), credential(2, false, null));
    for (String connection : List.of("first", "first", "second")) { // a retained one comes again
      plant
          .useCases
          .devices()
          .hearPresence()
          .born(Plant.TENANT, Plant.ROBOT_17.deviceId(), connection, null);
    }
    assertThat(told()).containsExactly(2, 2);
  }

  @Test
  void its_birth_is_heard_over_the_broker() {
    give(credential(1, true, OVERLAP), credential(2, false, null));
    born("first");
    awaitBorn("first");
    assertThat(told()).isNotEmpty();
  }

  @Test
  void one_whose_old_credential_has_ended_cannot_ask_for_another() {
    give(credential(1, true, OVERLAP), credential(2, false, null));
    plant.time.advance(OVERLAP);
    born("late");
    awaitBorn("late");
    assertThat(told()).isEmpty();
  }

  @Test
  void one_that_has_shown_it_hears_nothing() {
    give(credential(1, true, OVERLAP), credential(2, true, null));
    born("with the new one");
    awaitBorn("with the new one");
    assertThat(told()).isEmpty();
  }

  @Test
  void where_no_credential_counts_as_shown_nobody_knows_which_one_it_has() {
    give(credential(1, false, OVERLAP), credential(2, false, null));
    born("on another broker");
    awaitBorn("on another broker");
    assertThat(told()).isEmpty();
  }

  @Test
  void a_first_credential_follows_none() {
    give(credential(1, true, null));
    born("first");
    awaitBorn("first");
    assertThat(told()).isEmpty();
  }

  private void born(String connection) {
    byte[] birth = new DeviceNotice.Presence(true, connection, "1.4").encode();
    robot.say(robot.topic(Kind.PRESENCE), birth, null, null);
  }

  private void awaitBorn(String connection) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() ->
            plant
                .database
                .read(tx -> tx.devices().find(Plant.TENANT, Plant.ROBOT_17.deviceId()))
                .filter(device -> connection.equals(device.presence().connectionId()))
                .isPresent());
  }

  /** The versions that it was told of. */
  private List<Object> told() {
    return plant.database.facts().outbox().stream()
        .filter(event -> event.type().equals("device.credential_rotating"))
        .filter(event -> event.deviceId().equals(Optional.of(Plant.ROBOT_17.deviceId())))
        .map(OutboxEvent::payload)
        .map(payload -> payload.get("credential_version"))
        .toList();
  }

  /** These are what it has; the last is its newest. */
  private void give(Credential... credentials) {
    Device device =
        new Device(
            Plant.ROBOT_17.deviceId(),
            Plant.TENANT,
            Plant.PROJECT,
            new Device.Profile("Robot", "robot-17", null, Map.of()),
            DeviceStatus.ACTIVE,
            credentials.length,
            plant.time.instant(),
            Device.Presence.UNKNOWN,
            1,
            plant.time.instant(),
            plant.time.instant());
    boolean isThere =
        plant.database.commit(tx -> {
          for (Credential each : credentials) {
            String hash = Authenticate.hashOf(each.credentialId().toString());
            tx.credentials().insert(each, new CredentialHashes(hash, null));
            if (each.isUsed()) {
              tx.credentials().use(each);
            }
          }
          return tx.devices().update(device);
        });
    assertThat(isThere).isTrue();
  }

  private Credential credential(int version, boolean isUsed, @Nullable Duration life) {
    return new Credential(
        UUID.randomUUID(),
        Plant.TENANT,
        Plant.ROBOT_17.deviceId(),
        version,
        isUsed,
        false,
        plant.time.instant(),
        life == null ? null : plant.time.instant().plus(life));
  }
}
