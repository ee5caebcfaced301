package io.waybill.gateway;

import static io.waybill.gateway.Requests.createSession;
import static io.waybill.gateway.Requests.describe;
import static io.waybill.gateway.Requests.session;
import static io.waybill.gateway.Requests.status;
import static io.waybill.gateway.Told.error;
import static io.waybill.gateway.Told.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.wire.Command;
import io.waybill.wire.Envelope;
import io.waybill.wire.ErrorBody;
import io.waybill.wire.Reply;
import io.waybill.wire.Request;
import io.waybill.wire.Result;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The delivery promises of one gateway, each with the fault that it is about. */
@Timeout(120)
class DeliveryPromisesTest extends QuickGateways {

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
      // any eight: what is sent at most once a broker may also hand on in another order
      Set<String> answered = new HashSet<>();
      for (int i = 0; i < 8; i++) {
        answered.add(((Reply.Ok) robot.hear().reply()).requestId());
      }
      assertThat(answered).hasSize(8);
      assertThat(gateway.ended()).isNotDone();
    }
  }
}
