package io.waybill.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.Verdict;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.AnswerLimit;
import io.waybill.core.upload.Perishable;
import io.waybill.wire.Command;
import io.waybill.wire.Command.PartSource;
import io.waybill.wire.Json;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a row says of a command is what its use case does. */
class CommandRowTest {

  private final Drill drill = new Drill();
  private final AtomicInteger committed = new AtomicInteger();
  private final AtomicInteger replayed = new AtomicInteger();
  private final RequestKey key =
      new RequestKey("k", false, null, committed::incrementAndGet, replayed::incrementAndGet);

  private static Stream<Arguments> commands() {
    return Stream.concat(
        Arrays.stream(Command.Name.values()).map(name -> Arguments.of(name, PartSource.DB)),
        Stream.of(
            Arguments.of(Command.Name.LIST_PARTS, PartSource.STORAGE),
            Arguments.of(Command.Name.LIST_PARTS, PartSource.RECONCILE)));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void the_row_is_that_of_the_command(Command.Name name, PartSource source) {
    Command command = drill.ready(name, source);

    assertThat(command.wireName()).contains(name);
    assertThat(drill.carryOut(command, key)).isInstanceOf(Verdict.Ok.class);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void a_command_is_acknowledged_with_its_intent_when_its_use_case_commits_one(
      Command.Name name, PartSource source) {
    Command command = drill.ready(name, source);
    drill.carryOut(command, key);

    assertThat(committed.get() > 0)
        .isEqualTo(CommandRow.of(command).ackPoint() == AckPoint.INTENT_FIRST);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void a_command_holds_the_broker_back_only_when_it_needs_no_storage(
      Command.Name name, PartSource source) {
    Command command = drill.ready(name, source);
    drill.plant.store.isDeadly = true;

    if (CommandRow.of(command).ackPoint() == AckPoint.ONE_TRANSACTION) {
      assertThat(drill.carryOut(command, key)).isInstanceOf(Verdict.Ok.class);
    } else {
      assertThatThrownBy(() -> drill.carryOut(command, key)).isInstanceOf(Plant.Halted.class);
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void a_row_remembers_what_its_use_case_remembers(Command.Name name, PartSource source) {
    Command command = drill.ready(name, source);
    CommandRow<?> row = CommandRow.of(command);
    Object answer = Drill.value(drill.carryOut(command, key));
    drill.carryOut(command, key);

    assertThat(replayed.get()).isEqualTo(row.isRemembered() ? 1 : 0);
    if (row.remembered() != null) {
      assertThat(answer).isInstanceOf(row.remembered().type());
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void no_answer_is_larger_than_its_row_says(Command.Name name, PartSource source) {
    Command command = drill.ready(name, source);
    CommandRow<?> row = CommandRow.of(command);
    Object whole = Drill.value(drill.carryOut(command, key));
    Object answer = whole instanceof Perishable some ? some.shortened() : whole;

    row.largest()
        .ifPresent(largest -> {
          assertThat(answer).hasSameClassAs(largest);
          assertThat(bytes(largest))
              .isGreaterThanOrEqualTo(bytes(answer) + shortOfTheLongest(answer));
        });
  }

  /** A bucket in a plant has a short name, and an ETag's size is the store's own affair. */
  private static int shortOfTheLongest(Object answer) {
    return switch (answer) {
      case Answer.TaskObject object -> 63 - object.bucket().length();
      case Answer.Completed done -> 63 - done.bucket().length() + 42 - done.etag().length();
      default -> 0;
    };
  }

  private static int bytes(Object answer) {
    return Json.bytes(answer).length;
  }

  @ParameterizedTest
  @MethodSource("commands")
  void what_cannot_answer_less_and_changes_something_says_how_much_it_answers(
      Command.Name name, PartSource source) {
    Command command = drill.ready(name, source);
    AnswerLimit nothing = new AnswerLimit(1, answer -> 2);
    int before = drill.facts();
    boolean hadEffect =
        drill.carryOut(command, key, nothing) instanceof Verdict.Ok<?> && drill.facts() > before;

    assertThat(CommandRow.of(command).largest().isPresent()).isEqualTo(hadEffect);
  }
}
