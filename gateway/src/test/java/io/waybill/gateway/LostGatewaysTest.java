package io.waybill.gateway;

import static io.waybill.gateway.Requests.complete;
import static io.waybill.gateway.Requests.createSession;
import static io.waybill.gateway.Requests.describe;
import static io.waybill.gateway.Requests.session;
import static io.waybill.gateway.Told.error;
import static io.waybill.gateway.Told.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.upload.LifecycleEvent;
import io.waybill.testkit.FaultyWire;
import io.waybill.wire.Command;
import io.waybill.wire.Envelope;
import io.waybill.wire.Reply;
import io.waybill.wire.Request;
import io.waybill.wire.Result;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A gateway ends, dies or loses its line: no request is lost with it, and no answer. */
@Timeout(120)
class LostGatewaysTest extends QuickGateways {

  @Test
  void an_answer_that_a_dead_gateway_owes_is_given_by_another() {
    try (Robot robot = robot17()) {
      byte[] correlation = {4, 2};
      String topic = robot.topic(io.waybill.wire.Topics.Kind.RESPONSE) + "/owed";
      plant.store.isDeadly = true;
      try (Gateway dying = gateway()) {
        robot.say(
            robot.topic(io.waybill.wire.Topics.Kind.REQUEST),
            Envelope.encode(Request.of("owed", "key", createSession(2, null))),
            topic,
            correlation);
        Awaitility.await()
            .dontCatchUncaughtExceptions()
            .until(() -> !plant.database.facts().timeline(LifecycleEvent.class).isEmpty());
        assertThat(dying.ended()).isNotDone();
      }
      plant.store.isDeadly = false;
      assertThat(robot.hasHeardNothing()).isTrue();

      plant.time.advance(Duration.ofSeconds(36));
      try (Gateway heir = gateway()) {
        Robot.Heard answer = robot.hear();
        assertThat(answer.topic()).isEqualTo(topic);
        assertThat(answer.correlationData()).isEqualTo(correlation);
        Result.UploadTask task = result(answer.reply(), Result.UploadTask.class);
        assertThat(((Reply.Ok) answer.reply()).requestId()).isEqualTo("owed");
        assertThat(plant.parts.openUploads()).hasSize(1);

        Result.UploadTask repeated =
            result(
                robot.ask(Request.of("later", "key", createSession(2, null))),
                Result.UploadTask.class);
        assertThat(repeated.taskId()).isEqualTo(task.taskId());
        plant.time.advance(Duration.ofHours(1));
        assertThat(robot.ask(new Command.Describe())).isInstanceOf(Reply.Ok.class);
        assertThat(robot.hasHeardNothing()).as("an answer is owed once").isTrue();
        assertThat(heir.ended()).isNotDone();
      }
    }
  }

  @Test
  void a_gateway_that_is_told_to_end_finishes_what_it_has() {
    try (Robot robot = robot17()) {
      CountDownLatch gate = new CountDownLatch(1);
      Gateway first = gateway();
      Result.UploadTask task = result(robot.ask(createSession(1, null)), Result.UploadTask.class);
      plant.parts.openUploads().forEach(upload -> plant.parts.put(upload, 1, Plant.PART));
      plant.store.gate = gate;
      robot.say(Envelope.encode(Request.of("last", null, complete(session(task)))));
      Awaitility.await().until(() -> plant.metrics.scrape().contains("mqtt_inflight 1.0"));
      Thread closing = Thread.ofVirtual().start(first::close);
      gate.countDown();

      assertThat(result(robot.hear().reply(), Result.Completed.class).status())
          .isEqualTo("COMPLETED");
      Awaitility.await().until(() -> !closing.isAlive());
      try (Gateway second = gateway()) {
        assertThat(
                ((Reply.Ok) robot.ask(Request.of("next", null, new Command.Describe())))
                    .requestId())
            .as("nothing was left to be delivered again")
            .isEqualTo("next");
        assertThat(second.ended()).isNotDone();
      }
    }
  }

  @Test
  void who_takes_the_session_over_ends_the_process_that_had_it() {
    String clientId = "gateway-" + UUID.randomUUID();
    try (Gateway first = plant.gateway(broker.port(), clientId, QUICK)) {
      first.ready().join();
      try (Gateway second = plant.gateway(broker.port(), clientId, QUICK);
          Robot robot = robot17()) {
        assertThat(first.ended().orTimeout(30, TimeUnit.SECONDS).join())
            .contains("session taken over", clientId);
        second.ready().join();
        assertThat(robot.ask(new Command.Describe())).isInstanceOf(Reply.Ok.class);
      }
    }
  }

  @Test
  void a_gateway_that_comes_again_finds_what_came_meanwhile() throws Exception {
    String clientId = "gateway-" + UUID.randomUUID();
    try (FaultyWire wire = FaultyWire.to(broker.port());
        Robot robot = robot17();
        Gateway before = plant.gateway(wire.port(), clientId, QUICK)) {
      before.ready().join();
      wire.cut();
      robot.say(describe("meanwhile"));
      assertThat(robot.hasHeardNothing()).isTrue();

      try (Gateway again = plant.gateway(broker.port(), clientId, QUICK)) {
        assertThat(((Reply.Ok) robot.hear().reply()).requestId()).isEqualTo("meanwhile");
        assertThat(again.ended()).isNotDone();
      }
    }
  }

  @Test
  void one_of_two_gateways_is_lost_and_every_request_is_answered() throws Exception {
    try (FaultyWire wire = FaultyWire.to(broker.port());
        Gateway lost = plant.gateway(wire.port(), "gateway-" + UUID.randomUUID(), QUICK);
        Gateway kept = gateway();
        Robot robot = robot17()) {
      lost.ready().join();
      Set<String> open = new HashSet<>();
      for (int i = 0; i < 100; i++) {
        open.add("q-" + i);
        robot.say(describe("q-" + i));
        if (i == 50) {
          wire.cut();
        }
      }
      for (int round = 0; round < 20 && !open.isEmpty(); round++) {
        hearAll(robot, open);
        open.forEach(id -> robot.say(describe(id)));
      }

      assertThat(open).isEmpty();
      assertThat(kept.ended()).isNotDone();
    }
  }

  private static void hearAll(Robot robot, Set<String> open) {
    Reply reply = robot.hearWithin(Duration.ofSeconds(2));
    while (reply != null) {
      if (reply instanceof Reply.Ok ok) {
        open.remove(ok.requestId());
      } else {
        assertThat(error(reply).code()).isEqualTo("rate_limit.exceeded");
      }
      reply = open.isEmpty() ? null : robot.hearWithin(Duration.ofSeconds(2));
    }
  }
}
