package io.waybill.gateway;

import static io.waybill.gateway.Requests.createSession;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.device.Device;
import io.waybill.core.device.DeviceCommand;
import io.waybill.testkit.FaultyWire;
import io.waybill.wire.DeviceNotice;
import io.waybill.wire.Envelope;
import io.waybill.wire.Reply;
import io.waybill.wire.Request;
import io.waybill.wire.Topics.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Timeout;

/** What becomes of a device's connection, and what goes on beside its requests. */
@Timeout(120)
abstract class ConnectionContract extends EveryWayFixture {

  private static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofMinutes(1));
  }

  @EveryWay
  void an_answer_waits_for_a_device_that_is_away(Way way) {
    CountDownLatch gate = new CountDownLatch(1);
    double before = created();
    try (Robot robot = come(way, true)) {
      plant.work.gate = gate;
      robot.say(Envelope.encode(Request.of("away", null, createSession(1, null))));
      assertThat(robot.hasHeardNothing()).isTrue();
    }
    plant.work.gate = null;
    gate.countDown();
    await().until(() -> created() > before);

    try (Robot back = come(way, true)) {
      assertThat(((Reply.Ok) back.hear().reply()).requestId()).isEqualTo("away");
    }
  }

  private double created() {
    return plant
        .metrics
        .counter("mqtt.requests", "command", "create_session", "outcome", "ok")
        .count();
  }

  @EveryWay
  void what_a_device_is_asked_to_do_reaches_it_and_so_does_its_word_us(Way way) {
    try (Robot robot = come(way)) {
      DeviceCommand command = commands.ask(way.owner());
      commands.tellAll(gateway.commandChannel());
      Robot.Heard heard = robot.hear();
      assertThat(heard.topic()).isEqualTo(robot.topic(Kind.COMMAND));
      assertThat(new String(heard.payload(), UTF_8)).contains(command.commandId().toString());

      byte[] done =
          new DeviceNotice.Result(
                  command.commandId(), DeviceNotice.Status.DONE, null, Map.of("files", 3))
              .encode();
      robot.say(robot.topic(Kind.COMMAND_RESULT), done, null, null);
      await().until(() -> commands.find(command).status() == DeviceCommand.Status.DONE);
    }
  }

  @EveryWay
  void a_device_is_there_until_its_connection_is_cut(Way way) throws IOException {
    String connection = UUID.randomUUID().toString();
    try (FaultyWire wire = FaultyWire.to(broker.port(way.transport))) {
      Robot robot = comeWithWill(way, wire.port(), gone(connection));
      robot.say(
          robot.topic(Kind.PRESENCE),
          new DeviceNotice.Presence(true, connection, "1.4").encode(),
          null,
          null);
      await().until(() -> presence(way).online());
    }
    await().until(() -> !presence(way).online());
    assertThat(presence(way).connectionId()).isEqualTo(connection);
  }

  private static byte[] gone(String connection) {
    return new DeviceNotice.Presence(false, connection, null).encode();
  }

  private Device.Presence presence(Way way) {
    return plant
        .database
        .read(tx -> tx.devices().find(Plant.TENANT, way.owner().deviceId()))
        .map(Device::presence)
        .orElseThrow();
  }

  @EveryWay
  void nobody_comes_through_a_door_that_is_not_its_own(Way way) {
    assertThatThrownBy(() -> comeWrongly(way).close())
        .as("no certificate where one is asked for, a strange authority, or no TLS at all")
        .isInstanceOf(RuntimeException.class);
  }
}
