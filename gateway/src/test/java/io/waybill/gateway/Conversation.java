package io.waybill.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.wire.Command;
import io.waybill.wire.Result;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** What a robot asks for, one thing after the other, and which commands that were. */
final class Conversation {
  private final Robot robot;
  private final Plant plant;
  private final Set<Command.Name> asked = EnumSet.noneOf(Command.Name.class);

  Conversation(Robot robot, Plant plant) {
    this.robot = robot;
    this.plant = plant;
  }

  /**
   * An upload that was begun.
   *
   * @param inStorage what storage calls it
   */
  record Begun(Result.UploadTask task, UUID session, String inStorage) {
    UUID object() {
      return task.objects().getFirst().objectId();
    }
  }

  Set<Command.Name> asked() {
    return asked;
  }

  private void note(Command command) {
    asked.add(command.wireName().orElseThrow());
  }

  /** The result of what must be done. */
  <T> T done(Command command, Class<T> type) {
    note(command);
    return Told.result(robot.ask(command), type);
  }

  /** Asks for what must be refused for this reason. */
  void refused(Command command, String code) {
    note(command);
    assertThat(Told.error(robot.ask(command)).code()).as("%s", command).isEqualTo(code);
  }

  /** The same of a command whose payload has a field that does not exist. */
  void refused(Command.Name command) {
    asked.add(command);
    robot.say(
        "{\"request_id\":\"more\",\"command\":\"%s\",\"payload\":{\"more\":1}}"
            .formatted(command)
            .getBytes(UTF_8));
    assertThat(Told.error(robot.hear().reply()).code())
        .as("%s", command)
        .isEqualTo("request.validation_failed");
  }

  Begun begin(int parts) {
    Set<String> before = new TreeSet<>(plant.parts.openUploads());
    Result.UploadTask task = done(Requests.createSession(parts, null), Result.UploadTask.class);
    String inStorage =
        plant.parts.openUploads().stream()
            .filter(upload -> !before.contains(upload))
            .findFirst()
            .orElseThrow();
    return new Begun(task, Requests.session(task), inStorage);
  }
}
