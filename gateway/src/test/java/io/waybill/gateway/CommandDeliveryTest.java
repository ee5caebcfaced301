package io.waybill.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import io.waybill.core.device.CommandChannel;
import io.waybill.core.device.DeviceCommand;
import io.waybill.core.device.DeviceCommand.Status;
import io.waybill.core.device.usecase.TellAgain;
import io.waybill.core.device.usecase.TellCommands;
import io.waybill.wire.Json;
import io.waybill.wire.Parsed;
import io.waybill.wire.Topics.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** What devices are asked to do reaches them: at least once, in their order, never too late. */
@Timeout(120)
class CommandDeliveryTest extends QuickGateways {

  private CommandsToDevices commands;

  @BeforeEach
  void ask() {
    commands = new CommandsToDevices(plant);
  }

  @Test
  void a_command_arrives_with_what_is_left_of_its_life() {
    try (Gateway gateway = gateway();
        Robot robot = robot17()) {
      DeviceCommand command = commands.ask(Plant.ROBOT_17);
      plant.time.advance(Duration.ofMinutes(10));
      assertThat(commands.tell(gateway.commandChannel()).told()).isEqualTo(1);

      Robot.Heard heard = robot.hear();
      assertThat(heard.topic()).isEqualTo(robot.topic(Kind.COMMAND));
      assertThat(heard.contentType()).isEqualTo("application/json");
      assertThat(heard.expirySeconds()).isBetween(2_900L, 3_000L);
      JsonNode told = json(heard);
      assertThat(told.path("command_id").asString()).isEqualTo(command.commandId().toString());
      assertThat(told.path("command").asString()).isEqualTo("upload");
      assertThat(told.at("/payload/paths/0").asString()).isEqualTo("/data/run-42/*.mcap");
      assertThat(told.path("expires_at").asString()).isEqualTo(command.expiresAt().toString());
      assertThat(told.path("expires_in_seconds").asLong()).isEqualTo(3_000);
      DeviceCommand sent = commands.find(command);
      assertThat(sent.status()).isEqualTo(Status.SENT);
      assertThat(sent.course().attempts()).isEqualTo(1);
    }
  }

  @Test
  void a_device_that_is_heard_after_a_silence_is_told_again() {
    try (Gateway gateway = gateway();
        Robot robot = robot17()) {
      String command = commands.ask(Plant.ROBOT_17).commandId().toString();
      assertThat(commands.tell(gateway.commandChannel()).told()).isEqualTo(1);
      TellAgain tellAgain = plant.useCases.devices().tellAgain();

      assertThat(tellAgain.heard(Plant.TENANT, Plant.ROBOT_17.deviceId())).isEqualTo(1);
      assertThat(tellAgain.heard(Plant.TENANT, Plant.ROBOT_17.deviceId()))
          .as("it was no silence")
          .isZero();
      assertThat(commands.tell(gateway.commandChannel()).told()).isEqualTo(1);
      plant.time.advance(Duration.ofMinutes(5));
      assertThat(tellAgain.heard(Plant.TENANT, Plant.ROBOT_17.deviceId())).isEqualTo(1);
      assertThat(commands.tell(gateway.commandChannel()).told()).isEqualTo(1);
      assertThat(heard(robot, 3)).containsOnly(command);
    }
  }

  @Test
  void two_gateways_tell_each_command_once_and_each_device_in_its_order() {
    try (Gateway one = gateway();
        Gateway other = gateway();
        Robot seventeen = robot17();
        Robot eighteen = Robot.five(broker, Plant.ROBOT_18)) {
      List<String> ids17 = new ArrayList<>();
      List<String> ids18 = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        ids17.add(commands.ask(Plant.ROBOT_17).commandId().toString());
        ids18.add(commands.ask(Plant.ROBOT_18).commandId().toString());
      }
      CompletableFuture<Integer> first = telling(one);
      CompletableFuture<Integer> second = telling(other);
      int told = first.join() + second.join() + commands.tellAll(one.commandChannel());

      assertThat(told).isEqualTo(40);
      assertThat(heard(seventeen, 20)).isEqualTo(ids17);
      assertThat(heard(eighteen, 20)).isEqualTo(ids18);
      assertThat(seventeen.hasHeardNothing()).isTrue();
    }
  }

  private CompletableFuture<Integer> telling(Gateway gateway) {
    return CompletableFuture.supplyAsync(
        () -> commands.tellAll(gateway.commandChannel()), task -> Thread.ofVirtual().start(task));
  }

  @Test
  void what_a_gateway_had_in_its_hands_when_it_died_is_told_by_another() {
    try (Gateway heir = gateway();
        Robot robot = robot17()) {
      DeviceCommand command = commands.ask(Plant.ROBOT_17);
      CommandChannel dying =
          (batch, now) -> {
            throw new Plant.Halted();
          };
      assertThatThrownBy(() -> commands.tell(dying)).isInstanceOf(Plant.Halted.class);

      assertThat(commands.tell(heir.commandChannel()).told()).as("its lease holds").isZero();
      plant.time.advance(TellCommands.LEASE);
      assertThat(commands.tell(heir.commandChannel()).told()).isEqualTo(1);
      assertThat(heard(robot, 1)).containsExactly(command.commandId().toString());
    }
  }

  @Test
  void a_device_that_left_a_session_finds_its_command_there() {
    Mqtt5BlockingClient device =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier("robot-" + UUID.randomUUID())
            .serverHost("127.0.0.1")
            .serverPort(broker.port())
            .buildBlocking();
    device.connectWith().sessionExpiryInterval(600).send();
    device.subscribeWith().topicFilter(topic()).qos(MqttQos.AT_LEAST_ONCE).send();
    device.disconnect();
    try (Gateway gateway = gateway()) {
      DeviceCommand command = commands.ask(Plant.ROBOT_17);
      assertThat(commands.tell(gateway.commandChannel()).told()).isEqualTo(1);

      try (Mqtt5BlockingClient.Mqtt5Publishes heard =
          device.publishes(com.hivemq.client.mqtt.MqttGlobalPublishFilter.ALL)) {
        device.connectWith().cleanStart(false).sessionExpiryInterval(0).send();
        assertThat(
                new String(
                    heard.receive().getPayloadAsBytes(), java.nio.charset.StandardCharsets.UTF_8))
            .contains(command.commandId().toString());
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      device.disconnect();
    }
  }

  private static String topic() {
    return new io.waybill.wire.Topics("device").of(Plant.ROBOT_17, Kind.COMMAND);
  }

  @Test
  void a_device_that_is_not_there_is_told_later_in_its_order() {
    try (Gateway gateway = gateway()) {
      DeviceCommand first = commands.ask(Plant.ROBOT_17);
      DeviceCommand second = commands.ask(Plant.ROBOT_17);
      assertThat(commands.tell(gateway.commandChannel()).unheard()).isEqualTo(1);
      assertThat(commands.find(first).status()).isEqualTo(Status.PENDING);
      assertThat(commands.tell(gateway.commandChannel()).unheard()).isZero();

      try (Robot robot = robot17()) {
        plant.time.advance(Duration.ofMinutes(1));
        assertThat(commands.tellAll(gateway.commandChannel())).isEqualTo(2);
        assertThat(heard(robot, 2))
            .containsExactly(first.commandId().toString(), second.commandId().toString());
      }
    }
  }

  @Test
  void what_has_expired_is_never_told() {
    try (Gateway gateway = gateway();
        Robot robot = robot17()) {
      DeviceCommand command = commands.ask(Plant.ROBOT_17);
      plant.time.advance(CommandsToDevices.LIFE);
      assertThat(commands.tell(gateway.commandChannel()))
          .isEqualTo(new TellCommands.Round(0, 0, 0, null, false));

      assertThat(plant.useCases.devices().expireCommands().handle().more()).isFalse();
      assertThat(commands.find(command).status()).isEqualTo(Status.EXPIRED);
      assertThat(commands.finished(command.commandId()))
          .containsExactly("device.command_finished EXPIRED");
      plant.useCases.devices().expireCommands().handle();
      assertThat(commands.finished(command.commandId())).hasSize(1);
      assertThat(robot.hasHeardNothing()).isTrue();
    }
  }

  @Test
  void what_is_not_answered_is_told_again_now_and_then() {
    try (Gateway gateway = gateway();
        Robot robot = robot17()) {
      DeviceCommand command = commands.ask(Plant.ROBOT_17);
      String id = command.commandId().toString();
      assertThat(commands.tell(gateway.commandChannel()).told()).isEqualTo(1);
      plant.time.advance(Duration.ofSeconds(59));
      assertThat(commands.tell(gateway.commandChannel()).told()).isZero();
      plant.time.advance(Duration.ofSeconds(1));
      assertThat(commands.tell(gateway.commandChannel()).told()).isEqualTo(1);
      plant.time.advance(Duration.ofMinutes(3));
      assertThat(commands.tell(gateway.commandChannel()).told()).isZero();
      plant.time.advance(Duration.ofMinutes(1));
      assertThat(commands.tell(gateway.commandChannel()).told()).isEqualTo(1);

      assertThat(heard(robot, 3)).containsExactly(id, id, id);
      assertThat(commands.find(command).course().attempts()).isEqualTo(3);
    }
  }

  @Test
  void while_there_is_no_broker_nothing_is_counted() {
    Gateway gateway = gateway();
    gateway.close();
    DeviceCommand command = commands.ask(Plant.ROBOT_17);
    assertThat(commands.tell(gateway.commandChannel()).away()).isEqualTo("the broker is away");
    assertThat(commands.find(command)).isEqualTo(command);

    try (Gateway next = gateway();
        Robot robot = robot17()) {
      plant.time.advance(Duration.ofSeconds(5));
      assertThat(commands.tell(next.commandChannel()).told()).isEqualTo(1);
      assertThat(heard(robot, 1)).containsExactly(command.commandId().toString());
    }
  }

  private static List<String> heard(Robot robot, int number) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      ids.add(json(robot.hear()).path("command_id").asString());
    }
    return ids;
  }

  private static JsonNode json(Robot.Heard heard) {
    return ((Parsed.Read<JsonNode>) Json.parse(heard.payload())).value();
  }
}
