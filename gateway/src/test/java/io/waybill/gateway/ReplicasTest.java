package io.waybill.gateway;

import static io.waybill.gateway.Requests.DESCRIBE;
import static io.waybill.gateway.Requests.createSession;
import static io.waybill.gateway.Told.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.upload.LifecycleEvent;
import io.waybill.wire.Reply;
import io.waybill.wire.Request;
import io.waybill.wire.Result;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What gateways promise, with time and every step in the hand: no broker, no clock, no luck. */
class ReplicasTest {

  /** A dead call's lease, and the grace after it. */
  private static final Duration OWED_AFTER = Duration.ofSeconds(36);

  private final Plant plant = new Plant();
  private final Replica one = new Replica(plant);
  private final Replica other = new Replica(plant);

  /** The store's answer to who stands there. */
  private final CompletableFuture<@Nullable Void> storage = new CompletableFuture<>();

  private void takeAndStandAtTheStore(String name, Request request) {
    plant.store.asked =
        () -> {
          boolean _ = one.shift.isDone(storage);
        };
    one.take(name, Plant.ROBOT_17, request);
    plant.store.asked = () -> {};
  }

  private static Request create(String requestId) {
    return Request.of(requestId, null, createSession(1, null));
  }

  private static Request describe(String requestId) {
    return Request.of(requestId, null, DESCRIBE);
  }

  private int sessions() {
    return (int)
        plant.database.facts().timeline(LifecycleEvent.class).stream()
            .map(LifecycleEvent::sessionId)
            .distinct()
            .count();
  }

  private static Object task(Reply reply) {
    return result(reply, Result.UploadTask.class).taskId();
  }

  @Test
  void a_repetition_waits_for_the_first_at_work_and_a_third_joins_it() {
    takeAndStandAtTheStore("first", create("same"));
    one.take("second", Plant.ROBOT_17, create("same"));
    one.take("third", Plant.ROBOT_17, create("same"));
    assertThat(one.acknowledged).containsExactly("first", "second", "third");
    assertThat(one.published).isEmpty();

    storage.complete(null);
    one.shift.run();

    assertThat(one.published).as("one answer to the first, one to its repetitions").hasSize(2);
    assertThat(task(one.published.getLast())).isEqualTo(task(one.published.getFirst()));
    assertThat(sessions()).isEqualTo(1);
  }

  @Test
  void an_answer_that_a_dead_gateway_owes_is_given_by_another_once() {
    takeAndStandAtTheStore("create", create("owed"));
    one.shift.die();
    assertThat(one.acknowledged).containsExactly("create");

    payOwedAnswers(other);
    assertThat(other.published).as("the lease of the dead still runs").isEmpty();
    plant.time.advance(OWED_AFTER);
    payOwedAnswers(other);
    payOwedAnswers(other);

    assertThat(other.published).hasSize(1);
    assertThat(((Reply.Ok) other.published.getFirst()).requestId()).isEqualTo("owed");
    assertThat(task(other.published.getFirst())).isNotNull();
    assertThat(sessions()).isEqualTo(1);
  }

  @Test
  void a_repetition_at_another_gateway_is_answered_when_the_first_has_ended() {
    takeAndStandAtTheStore("first", create("same"));
    other.take("repeated", Plant.ROBOT_17, create("same"));
    assertThat(other.acknowledged).containsExactly("repeated");
    assertThat(other.published).isEmpty();

    storage.complete(null);
    one.shift.run();
    other.shift.runAfter(Duration.ofSeconds(1));

    assertThat(task(other.published.getFirst())).isEqualTo(task(one.published.getFirst()));
    assertThat(sessions()).isEqualTo(1);
  }

  @Test
  void requests_of_one_device_keep_their_order_and_hold_up_no_other_device() {
    plant.work.outages.set(1);
    one.take("first", Plant.ROBOT_17, describe("1"));
    one.take("second", Plant.ROBOT_17, describe("2"));
    one.take("others", Plant.ROBOT_18, describe("3"));
    assertThat(one.acknowledged).as("the first waits for the database").containsExactly("others");

    one.shift.runAfter(Duration.ofMillis(100));

    assertThat(one.acknowledged).containsExactly("others", "first", "second");
  }

  @Test
  void a_request_of_one_transaction_is_acknowledged_once_the_broker_has_its_answer() {
    one.broker = new CompletableFuture<>();
    one.take("describe", Plant.ROBOT_17, describe("1"));
    assertThat(one.published).hasSize(1);
    assertThat(one.acknowledged).isEmpty();

    one.broker.complete(null);
    one.shift.run();

    assertThat(one.acknowledged).containsExactly("describe");
  }

  @Test
  void an_answer_that_the_broker_never_had_stays_owed() {
    one.broker = new CompletableFuture<>();
    one.take("create", Plant.ROBOT_17, create("owed"));
    assertThat(one.acknowledged).as("acknowledged once it was written down").hasSize(1);
    one.shift.die();
    plant.time.advance(OWED_AFTER);
    payOwedAnswers(other);

    assertThat(task(other.published.getFirst())).isEqualTo(task(one.published.getFirst()));
  }

  private static void payOwedAnswers(Replica replica) {
    replica.shift.execute(replica.dispatch::payOwedAnswers);
    replica.shift.run();
  }
}
