package io.waybill.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.access.usecase.Authenticate;
import io.waybill.core.device.Credential;
import io.waybill.core.device.CredentialHashes;
import io.waybill.core.device.Device;
import io.waybill.core.device.DeviceStatus;
import io.waybill.core.event.OutboxEvent;
import io.waybill.wire.Command;
import io.waybill.wire.DeviceNotice;
import io.waybill.wire.Topics.Kind;
import io.waybill.wire.Topics.Owner;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Devices come and go, and the registry knows. */
@Timeout(120)
class PresenceTest extends QuickGateways {
  private Gateway gateway;
  private Robot robot;

  @BeforeEach
  void start() {
    register(Plant.ROBOT_17, DeviceStatus.ACTIVE);
    register(Plant.DISABLED, DeviceStatus.DISABLED);
    gateway = gateway();
    robot = robot17();
  }

  @AfterEach
  void end() {
    robot.close();
    gateway.close();
  }

  @Test
  void aDeviceIsOnlineUntilTheWillOfItsLastConnection() {
    say(new DeviceNotice.Presence(true, "first", "1.4").encode());
    awaitOnline(true);
    assertThat(presence().clientVersion()).isEqualTo("1.4");
    assertThat(presence().lastSeenAt()).isEqualTo(plant.time.instant());

    say(new DeviceNotice.Presence(true, "second", "1.5").encode());
    say(new DeviceNotice.Presence(false, "first", null).encode());
    awaitCounted("offline");
    assertThat(presence().online()).as("an old connection ended").isTrue();

    say(new DeviceNotice.Presence(false, "second", null).encode());
    awaitOnline(false);
    assertThat(presence().connectionId()).isEqualTo("second");
    assertThat(told()).as("to whom it matters").containsExactly("device.online", "device.offline");
  }

  @Test
  void aDeviceThatMayNotActIsNotOnline() {
    try (Robot disabled = Robot.five(broker, Plant.DISABLED)) {
      byte[] birth = new DeviceNotice.Presence(true, "sly", null).encode();
      disabled.say(disabled.topic(Kind.PRESENCE), birth, null, null);
      assertThat(disabled.hear().topic()).isEqualTo(disabled.topic(Kind.ERROR));
      assertThat(presence(Plant.DISABLED)).isEqualTo(Device.Presence.UNKNOWN);
    }
  }

  @Test
  void whoeverComesIsAskedAgainWhatItHasNotAnswered() {
    CommandsToDevices commands = new CommandsToDevices(plant);
    commands.ask(Plant.ROBOT_17);
    say(new DeviceNotice.Presence(true, "first", null).encode());
    awaitOnline(true);
    assertThat(commands.tell(gateway.commandChannel()).told()).isEqualTo(1);
    assertThat(commands.tell(gateway.commandChannel()).told()).isZero();

    say(new DeviceNotice.Presence(true, "second", null).encode());
    Awaitility.await().until(() -> "second".equals(presence().connectionId()));
    assertThat(commands.tell(gateway.commandChannel()).told()).isEqualTo(1);
  }

  @Test
  void whatItSaysBesidesIsItsOwnBusiness() {
    say("{\"online\": true, \"connection_id\": \"x\", \"firmware\": \"R8\"}".getBytes(UTF_8));
    awaitOnline(true);
  }

  @Test
  void nonsenseIsAnsweredAndWhatWasRetainedMayBeTakenAway() {
    say("online".getBytes(UTF_8));
    assertThat(robot.hear().topic()).isEqualTo(robot.topic(Kind.ERROR));
    say("{\"online\": true}".getBytes(UTF_8));
    assertThat(robot.hear().topic()).isEqualTo(robot.topic(Kind.ERROR));
    say(new byte[0]);
    awaitCounted("cleared");
    assertThat(presence()).isEqualTo(Device.Presence.UNKNOWN);
  }

  @Test
  void whoeverAsksForSomethingWasSeen() {
    var _ = robot.ask(new Command.Describe());
    assertThat(presence().lastSeenAt()).isEqualTo(plant.time.instant());
    assertThat(presence().online()).as("it never told of a connection").isFalse();
  }

  @Test
  void aDeviceThatWasThereBeforeAnyGatewayIsFoundByItsRetainedMessage() {
    gateway.close();
    robot.retain(Kind.PRESENCE, new DeviceNotice.Presence(true, "early", "1.4").encode());
    gateway = gateway();
    awaitOnline(true);
    robot.retain(Kind.PRESENCE, new byte[0]);
  }

  private void say(byte[] payload) {
    robot.say(robot.topic(Kind.PRESENCE), payload, null, null);
  }

  private void awaitOnline(boolean isOnline) {
    Awaitility.await().until(() -> presence().online() == isOnline);
  }

  /** While a gateway asks who is there, it hears everything twice. */
  private void awaitCounted(String outcome) {
    String line = "device_presence_messages_total{outcome=\"" + outcome + "\"} ";
    Awaitility.await().until(() -> plant.metrics.scrape().contains(line));
  }

  private List<String> told() {
    return plant.database.facts().outbox().stream()
        .map(OutboxEvent::type)
        .filter(type -> type.equals("device.online") || type.equals("device.offline"))
        .toList();
  }

  private Device.Presence presence() {
    return presence(Plant.ROBOT_17);
  }

  private Device.Presence presence(Owner of) {
    return plant
        .database
        .read(tx -> tx.devices().find(of.tenantId(), of.deviceId()))
        .map(Device::presence)
        .orElseThrow();
  }

  private void register(Owner owner, DeviceStatus status) {
    Device device =
        new Device(
            owner.deviceId(),
            owner.tenantId(),
            Plant.PROJECT,
            new Device.Profile("Robot", "robot-" + owner.deviceId(), null, Map.of()),
            status,
            1,
            null,
            Device.Presence.UNKNOWN,
            1,
            plant.time.instant(),
            plant.time.instant());
    boolean isThere =
        plant.database.commit(tx -> {
          tx.credentials()
              .insert(
                  credential(device),
                  new CredentialHashes(Authenticate.hashOf(device.deviceId().toString()), null));
          return tx.devices().update(device);
        });
    assertThat(isThere).isTrue();
  }

  private static Credential credential(Device device) {
    return new Credential(
        UUID.randomUUID(),
        device.tenantId(),
        device.deviceId(),
        1,
        true,
        false,
        device.createdAt(),
        null);
  }
}
