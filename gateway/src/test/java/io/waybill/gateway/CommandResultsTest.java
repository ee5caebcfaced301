package io.waybill.gateway;

import static io.waybill.gateway.Told.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.device.CommandReport.Problem;
import io.waybill.core.device.DeviceCommand;
import io.waybill.core.device.DeviceCommand.Status;
import io.waybill.wire.DeviceNotice;
import io.waybill.wire.ErrorBody;
import io.waybill.wire.Topics.Kind;
import io.waybill.wire.Topics.Owner;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What devices say of their commands is kept once, and what is nonsense harms nobody. */
@Timeout(120)
class CommandResultsTest extends QuickGateways {

  private CommandsToDevices commands;
  private Gateway gateway;
  private Robot robot;

  @BeforeEach
  void start() {
    commands = new CommandsToDevices(plant);
    gateway = gateway();
    robot = robot17();
  }

  @AfterEach
  void end() {
    robot.close();
    gateway.close();
  }

  private DeviceCommand told(Owner device) {
    DeviceCommand command = commands.ask(device);
    commands.tell(gateway.commandChannel());
    return command;
  }

  private void say(
      DeviceCommand command,
      DeviceNotice.Status status,
      DeviceNotice.@Nullable Problem problem,
      Map<String, Object> result) {
    say(new DeviceNotice.Result(command.commandId(), status, problem, result).encode());
  }

  private void say(byte[] payload) {
    robot.say(robot.topic(Kind.COMMAND_RESULT), payload, null, null);
  }

  private void say(String payload) {
    say(payload.getBytes(StandardCharsets.UTF_8));
  }

  private void awaitCount(String outcome, int count) {
    Awaitility.await()
        .until(() ->
            plant
                .metrics
                .scrape()
                .contains(
                    "device_command_results_total{outcome=\"" + outcome + "\"} " + count + ".0"));
  }

  private ErrorBody hearsError() {
    Robot.Heard heard = robot.hear();
    assertThat(heard.topic()).isEqualTo(robot.topic(Kind.ERROR));
    return error(heard.reply());
  }

  @Test
  void a_device_accepts_a_command_and_says_once_what_came_of_it_however_often_it_says_so() {
    DeviceCommand command = told(Plant.ROBOT_17);
    robot.hear();
    say(command, DeviceNotice.Status.ACCEPTED, null, Map.of());
    awaitCount("new", 1);
    assertThat(commands.find(command).status()).isEqualTo(Status.ACCEPTED);

    say(command, DeviceNotice.Status.DONE, null, Map.of("files", 3, "task_id", "t-1"));
    awaitCount("new", 2);
    say(command, DeviceNotice.Status.DONE, null, Map.of("files", 4));
    say(command, DeviceNotice.Status.ACCEPTED, null, Map.of());
    awaitCount("repeated", 2);

    DeviceCommand done = commands.find(command);
    assertThat(done.status()).isEqualTo(Status.DONE);
    assertThat(done.result()).isEqualTo(Map.of("files", 3L, "task_id", "t-1"));
    assertThat(done.course().finishedAt()).isEqualTo(plant.time.instant());
    assertThat(commands.finished(command.commandId()))
        .containsExactly("device.command_finished DONE");
    assertThat(robot.hasHeardNothing()).isTrue();
  }

  @Test
  void why_a_device_could_not_is_kept_without_the_query_of_a_url() {
    DeviceCommand command = told(Plant.ROBOT_17);
    say(
        command,
        DeviceNotice.Status.FAILED,
        new DeviceNotice.Problem("http", "PUT https://s3/x?X-Amz-Signature=secret said 403"),
        Map.of());
    awaitCount("new", 1);

    assertThat(commands.find(command).course().problem())
        .isEqualTo(new Problem("http", "PUT https://s3/x said 403"));
  }

  @Test
  void a_result_that_comes_too_late_is_kept_and_changes_nothing() {
    DeviceCommand command = told(Plant.ROBOT_17);
    plant.time.advance(CommandsToDevices.LIFE);
    say(command, DeviceNotice.Status.DONE, null, Map.of("files", 3));
    awaitCount("late", 1);
    plant.useCases.devices().expireCommands().handle();

    DeviceCommand late = commands.find(command);
    assertThat(late.status()).isEqualTo(Status.EXPIRED);
    assertThat(late.result()).isEqualTo(Map.of("files", 3L));
    assertThat(commands.finished(command.commandId()))
        .containsExactly("device.command_finished EXPIRED");
  }

  @Test
  void the_command_of_another_device_is_not_ones_own() {
    DeviceCommand others = told(Plant.ROBOT_18);
    DeviceCommand before = commands.find(others);
    say(others, DeviceNotice.Status.DONE, null, Map.of());

    ErrorBody error = hearsError();
    assertThat(error.code()).isEqualTo("device_command.not_found");
    assertThat(error.details()).containsEntry("command_id", others.commandId().toString());
    assertThat(commands.find(others)).isEqualTo(before);
    awaitCount("refused", 1);
  }

  @Test
  void who_may_not_act_says_nothing() {
    DeviceCommand command = commands.ask(Plant.DISABLED);
    robot.say(
        "device/" + Plant.TENANT + "/" + Plant.DISABLED.deviceId() + "/upload/command/result",
        new DeviceNotice.Result(command.commandId(), DeviceNotice.Status.DONE, null, Map.of())
            .encode(),
        null,
        null);
    awaitCount("refused", 1);
    assertThat(commands.find(command)).isEqualTo(command);
    assertThat(plant.metrics.scrape()).contains("device_auth_failures_total 1.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{\"command_id\":\"x\",\"status\":\"done\"}",
        "{\"command_id\":17,\"status\":\"done\"}",
        "{\"command_id\":\"ID\"}",
        "{\"command_id\":\"ID\",\"status\":\"DONE\"}",
        "{\"command_id\":\"ID\",\"status\":[\"done\"]}",
        "{\"command_id\":\"ID\",\"status\":\"done\",\"result\":\"text\"}",
        "{\"command_id\":\"ID\",\"status\":\"done\",\"result\":{\"a\":\"\\u0000\"}}",
        "{\"command_id\":\"ID\",\"status\":\"done\",\"error\":\"text\"}",
        "{\"command_id\":\"ID\",\"status\":\"done\",\"error\":{\"message\":\"no code\"}}",
        "{\"command_id\":\"ID\",\"status\":\"failed\",\"error\":{\"code\":\"a\\u0000b\"}}",
        "{\"command_id\":\"ID\",\"status\":\"failed\",\"error\":{\"code\":\"\"}}",
        "{\"command_id\":\"ID\",\"status\":\"done\",\"more\":1}"
      })
  void nonsense_is_answered_counted_and_forgotten(String nonsense) {
    DeviceCommand command = told(Plant.ROBOT_17);
    robot.hear();
    say(nonsense.replace("ID", command.commandId().toString()));

    assertThat(hearsError().code()).isIn("mqtt.malformed", "request.validation_failed");
    awaitCount("poison", 1);
    assertThat(commands.find(command).status()).isEqualTo(Status.SENT);
  }

  @Test
  void what_is_too_large_is_not_kept() {
    DeviceCommand command = told(Plant.ROBOT_17);
    robot.hear();
    say(command, DeviceNotice.Status.DONE, null, Map.of("files", "x".repeat(65_536)));
    assertThat(hearsError().code()).isEqualTo("request.validation_failed");
    say(command, DeviceNotice.Status.DONE, null, Map.of("files", "x".repeat(300_000)));
    assertThat(hearsError().code()).isEqualTo("mqtt.request_too_large");
    assertThat(commands.find(command).status()).isEqualTo(Status.SENT);
  }

  @Test
  void a_controller_may_send_its_whole_buffer() {
    DeviceCommand command = told(Plant.ROBOT_17);
    say("{\"command_id\":\"" + command.commandId() + "\",\"status\":\"done\"}\0\0old rubbish");
    awaitCount("new", 1);
    assertThat(commands.find(command).status()).isEqualTo(Status.DONE);
  }

  @Test
  void while_the_database_is_away_a_result_waits_and_then_is_to_be_said_again() {
    DeviceCommand command = told(Plant.ROBOT_17);
    robot.hear();
    plant.work.outages.set(3);
    say(command, DeviceNotice.Status.ACCEPTED, null, Map.of());
    awaitCount("new", 1);

    plant.work.outages.set(Integer.MAX_VALUE);
    say(command, DeviceNotice.Status.DONE, null, Map.of());
    ErrorBody error = hearsError();
    plant.work.outages.set(0);
    assertThat(error.code()).isEqualTo("database.unavailable");
    assertThat(error.retryable()).isTrue();
    say(command, DeviceNotice.Status.DONE, null, Map.of());
    awaitCount("new", 2);
    assertThat(commands.find(command).status()).isEqualTo(Status.DONE);
  }

  @Test
  void a_topic_that_names_nobody_is_answered_beside_itself() {
    robot.say(
        "device/line-3/robot-17/upload/command/result",
        new DeviceNotice.Result(UUID.randomUUID(), DeviceNotice.Status.DONE, null, Map.of())
            .encode(),
        null,
        null);
    awaitCount("poison", 1);
    assertThat(List.of(gateway.ended().isDone())).containsExactly(false);
  }
}
