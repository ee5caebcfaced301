package io.waybill.gateway;

import static io.waybill.gateway.GatewayContract.complete;
import static io.waybill.gateway.GatewayContract.createSession;
import static io.waybill.gateway.GatewayContract.describe;
import static io.waybill.gateway.GatewayContract.session;
import static io.waybill.gateway.GatewayContract.status;
import static io.waybill.gateway.Told.error;
import static io.waybill.gateway.Told.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.upload.LifecycleEvent;
import io.waybill.gateway.GatewaySettings.Bounds;
import io.waybill.wire.Command;
import io.waybill.wire.Envelope;
import io.waybill.wire.ErrorBody;
import io.waybill.wire.Reply;
import io.waybill.wire.Request;
import io.waybill.wire.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The delivery promises, each with the fault that it is about. */
@Timeout(120)
class DeliveryPromisesTest {

  private static final Bounds QUICK =
      new Bounds(
          Bounds.DEFAULT.payloadBytes(),
          8,
          8,
          16,
          16,
          Duration.ofSeconds(2),
          Duration.ofHours(1),
          Duration.ofSeconds(10),
          Duration.ofMillis(200));

  private static TestBroker broker;

  private Plant plant;

  @BeforeAll
  static void startBroker(@TempDir Path directory) {
    broker = TestBroker.embedded(directory);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void build() {
    plant = new Plant();
  }

  private Gateway gateway() {
    Gateway gateway = plant.gateway(broker.port(), "gateway-" + UUID.randomUUID(), QUICK);
    gateway.ready().join();
    return gateway;
  }

  private static Robot robot17() {
    return Robot.five(broker, Plant.ROBOT_17);
  }

  @Test
  void no_acknowledgement_waits_for_storage() {
    try (Gateway gateway = gateway();
        Robot robot17 = robot17();
        Robot robot18 = Robot.three(broker, Plant.ROBOT_18)) {
      CountDownLatch gate = new CountDownLatch(1);
      plant.store.gate = gate;
      for (int i = 0; i < 10; i++) {
        robot17.say(Envelope.encode(Request.of("c-" + i, null, createSession(1, null))));
      }

      // ten creates wait for storage, more than the eight that may be unacknowledged
      assertThat(robot17.ask(Request.of("d-1", null, new Command.Describe())))
          .isInstanceOf(Reply.Ok.class);
      assertThat(robot18.ask(new Command.Describe())).isInstanceOf(Reply.Ok.class);
      gate.countDown();
      Set<String> answered = new HashSet<>();
      for (int i = 0; i < 10; i++) {
        answered.add(((Reply.Ok) robot17.hear().reply()).requestId());
      }
      assertThat(answered).hasSize(10);
      assertThat(gateway.ended()).isNotDone();
    }
  }

  @Test
  void more_commands_than_may_wait_for_storage_are_told_to_come_again() {
    try (Gateway gateway = gateway();
        Robot robot = robot17()) {
      CountDownLatch gate = new CountDownLatch(1);
      plant.store.gate = gate;
      for (int i = 0; i < 17; i++) {
        robot.say(Envelope.encode(Request.of("c-" + i, null, createSession(1, null))));
      }
      ErrorBody error = error(robot.hear().reply());

      assertThat(error.code()).isEqualTo("storage.unavailable");
      assertThat(error.retryable()).isTrue();
      gate.countDown();
      for (int i = 0; i < 16; i++) {
        assertThat(robot.hear().reply()).isInstanceOf(Reply.Ok.class);
      }
      assertThat(gateway.ended()).isNotDone();
    }
  }

  @Test
  void a_database_that_is_away_for_a_moment_is_waited_for() {
    try (Gateway gateway = gateway();
        Robot robot = robot17()) {
      plant.work.outages.set(5);

      assertThat(robot.ask(new Command.Describe())).isInstanceOf(Reply.Ok.class);
      assertThat(plant.work.outages).hasValue(0);
      assertThat(gateway.ended()).isNotDone();
    }
  }

  @Test
  void a_database_that_stays_away_is_answered_with_when_to_come_again() {
    try (Gateway gateway = gateway();
        Robot robot = robot17()) {
      plant.work.outages.set(Integer.MAX_VALUE);
      ErrorBody error = error(robot.ask(createSession(1, null)));

      assertThat(error.code()).isEqualTo("database.unavailable");
      assertThat(error.retryable()).isTrue();
      assertThat(error.retryAfterSeconds()).isPositive();
      plant.work.outages.set(0);
      assertThat(robot.ask(createSession(1, null))).isInstanceOf(Reply.Ok.class);
      assertThat(gateway.ended()).isNotDone();
    }
  }

  @Test
  void storage_that_is_away_is_answered_at_once_and_the_same_request_goes_on_later() {
    try (Gateway gateway = gateway();
        Robot robot = robot17()) {
      plant.store.isAway = true;
      Request request = Request.of("same", null, createSession(1, null));
      ErrorBody error = error(robot.ask(request));
      assertThat(error.code()).isEqualTo("storage.unavailable");
      assertThat(error.retryAfterSeconds()).isPositive();

      plant.store.isAway = false;
      Result.UploadTask task = result(robot.ask(request), Result.UploadTask.class);
      assertThat(status(robot.ask(new Command.GetStatus(session(task))))).isEqualTo("INITIATED");
      assertThat(plant.parts.openUploads()).hasSize(1);
      assertThat(gateway.ended()).isNotDone();
    }
  }

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
    try (CutWire wire = new CutWire(broker.port());
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
  void refused_identities_are_audited_once_a_minute() {
    try (Gateway gateway = gateway();
        Robot stranger = Robot.five(broker, Plant.DISABLED)) {
      for (int i = 0; i < 5; i++) {
        assertThat(error(stranger.ask(new Command.Describe())).code()).isEqualTo("device.inactive");
      }
      assertThat(plant.database.facts().audit())
          .singleElement()
          .satisfies(row -> {
            assertThat(row.action()).isEqualTo("device.request_refused");
            assertThat(row.result()).isEqualTo("device.inactive");
            assertThat(row.resourceId()).isEqualTo(Plant.DISABLED.deviceId());
          });

      plant.time.advance(Duration.ofMinutes(1));
      stranger.ask(new Command.Describe());
      assertThat(plant.database.facts().audit()).hasSize(2);
      assertThat(gateway.ended()).isNotDone();
    }
  }

  @Test
  void a_flood_that_nobody_holds_back_is_dropped_and_not_kept() {
    try (Gateway gateway = gateway();
        Robot robot = robot17()) {
      CountDownLatch gate = new CountDownLatch(1);
      plant.work.gate = gate;
      for (int i = 0; i < 50; i++) {
        robot.sayAtMostOnce(describe("f-" + i));
      }
      Awaitility.await()
          .until(() ->
              plant
                  .metrics
                  .scrape()
                  .contains("mqtt_requests_total{command=\"unknown\",outcome=\"dropped\"} 42.0"));
      gate.countDown();
      for (int i = 0; i < 8; i++) {
        assertThat(((Reply.Ok) robot.hear().reply()).requestId()).isEqualTo("f-" + i);
      }
      assertThat(gateway.ended()).isNotDone();
    }
  }

  @Test
  void one_of_two_gateways_is_lost_and_every_request_is_answered() throws Exception {
    try (CutWire wire = new CutWire(broker.port());
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
