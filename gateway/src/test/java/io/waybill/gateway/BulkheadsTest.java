package io.waybill.gateway;

import static io.waybill.gateway.Requests.createSession;
import static io.waybill.gateway.Told.error;
import static io.waybill.gateway.Told.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.waybill.core.upload.LifecycleEvent;
import io.waybill.gateway.GatewaySettings.Bounds;
import io.waybill.wire.Command;
import io.waybill.wire.Envelope;
import io.waybill.wire.Reply;
import io.waybill.wire.Request;
import io.waybill.wire.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The trouble of one device, or of the store, is not the trouble of everybody. */
@Timeout(120)
class BulkheadsTest {

  /** Of one device four may wait, and three may be with the store. */
  private static final Bounds NARROW =
      new Bounds(
          Bounds.DEFAULT.payloadBytes(),
          8,
          4,
          100,
          3,
          Duration.ofSeconds(2),
          Duration.ofHours(1),
          Duration.ofSeconds(10),
          Duration.ofMinutes(1));

  private static final byte[] NEEDS_NOTHING =
      "{\"request_id\":\"quick\",\"command\":\"nonsense\"}".getBytes(StandardCharsets.UTF_8);

  private static TestBroker broker;

  private final Plant plant = new Plant();

  @BeforeAll
  static void startBroker(@TempDir Path directory) {
    broker = TestBroker.embedded(directory);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  private Gateway gateway() {
    Gateway gateway = plant.gateway(broker.port(), "gateway-" + UUID.randomUUID(), NARROW);
    gateway.ready().join();
    return gateway;
  }

  private static Robot robot17() {
    return Robot.five(broker, Plant.ROBOT_17);
  }

  @Test
  void commands_of_one_device_that_wait_for_a_silent_store_take_no_places_of_others() {
    try (Gateway gateway = gateway();
        Robot robot17 = robot17();
        Robot robot18 = Robot.three(broker, Plant.ROBOT_18)) {
      CountDownLatch gate = new CountDownLatch(1);
      plant.store.gate = gate;
      for (int i = 0; i < 200; i++) {
        robot17.say(Envelope.encode(Request.of("c-" + i, null, createSession(1, null))));
      }

      assertThat(robot18.ask(new Command.Describe())).isInstanceOf(Reply.Ok.class);
      robot18.say(Envelope.encode(Request.of("its own", null, createSession(1, null))));
      List<String> codes = new ArrayList<>();
      for (int i = 0; i < 197; i++) {
        codes.add(error(robot17.hear().reply()).code());
      }
      // which of the two depends on how fast those before it are refused
      assertThat(codes).isSubsetOf("storage.unavailable", "rate_limit.exceeded");
      gate.countDown();
      for (int i = 0; i < 3; i++) {
        assertThat(robot17.hear().reply()).isInstanceOf(Reply.Ok.class);
      }
      assertThat(robot18.hear().reply()).isInstanceOf(Reply.Ok.class);
      assertThat(gateway.ended()).isNotDone();
    }
  }

  @Test
  void repetitions_of_one_request_wait_as_one_and_ask_nobody() {
    try (Gateway gateway = gateway();
        Robot robot = robot17()) {
      CountDownLatch gate = new CountDownLatch(1);
      plant.store.gate = gate;
      byte[] same = Envelope.encode(Request.of("same", null, createSession(1, null)));
      robot.say(same);
      Awaitility.await()
          .until(() -> !plant.database.facts().timeline(LifecycleEvent.class).isEmpty());
      int asked = plant.work.asked.get();
      robot.say(same);
      for (int i = 1; i <= 20; i++) {
        String joined = "command=\"create_session\",outcome=\"joined\"} " + i + ".0";
        robot.say(same);
        Awaitility.await().until(() -> counted(joined));
      }
      assertThat(plant.work.asked).as("statements for repetitions").hasValue(asked);

      // two more may be with the store: the repetitions have no place there
      robot.say(Envelope.encode(Request.of("second", null, createSession(1, null))));
      robot.say(Envelope.encode(Request.of("third", null, createSession(1, null))));
      Awaitility.await()
          .until(() -> plant.database.facts().timeline(LifecycleEvent.class).size() == 3);
      gate.countDown();
      List<UUID> tasks = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        tasks.add(result(robot.hear().reply(), Result.UploadTask.class).taskId());
      }
      assertThat(tasks).as("one answer to the first, one to its repetitions").hasSize(4);
      assertThat(tasks.stream().distinct()).hasSize(3);
      assertThat(robot.hasHeardNothing()).isTrue();
      assertThat(gateway.ended()).isNotDone();
    }
  }

  @Test
  void another_request_under_a_key_that_is_waited_for_is_told_to_come_again() {
    try (Gateway gateway = gateway();
        Robot robot = robot17()) {
      CountDownLatch gate = new CountDownLatch(1);
      plant.store.gate = gate;
      robot.say(Envelope.encode(Request.of("first", "key", createSession(1, null))));
      robot.say(Envelope.encode(Request.of("second", "key", createSession(1, null))));
      robot.say(Envelope.encode(Request.of("third", "key", createSession(1, null))));

      Reply third = robot.hear().reply();
      assertThat(((Reply.Err) third).requestId()).isEqualTo("third");
      assertThat(error(third).code()).isEqualTo("idempotency.request_in_progress");
      assertThat(error(third).retryable()).isTrue();
      gate.countDown();
      assertThat(result(robot.hear().reply(), Result.UploadTask.class))
          .isEqualTo(result(robot.hear().reply(), Result.UploadTask.class));
      assertThat(gateway.ended()).isNotDone();
    }
  }

  @Test
  void a_request_that_cannot_be_written_down_is_acknowledged_all_the_same() {
    try (Gateway gateway = gateway();
        Robot robot = robot17()) {
      plant.metrics.config().meterFilter(new Brittle());
      for (int i = 0; i < 20; i++) {
        robot.say(NEEDS_NOTHING);
        assertThat(error(robot.hear().reply()).code()).isEqualTo("mqtt.unknown_command");
      }
      assertThat(robot.ask(new Command.Describe())).isInstanceOf(Reply.Ok.class);
      assertThat(gateway.ended()).isNotDone();
    }
  }

  /** Metrics that fail for poison. */
  private static final class Brittle implements MeterFilter {
    @Override
    public Meter.Id map(Meter.Id id) {
      if ("poison".equals(id.getTag("outcome"))) {
        throw new IllegalStateException("on purpose");
      }
      return id;
    }
  }

  private boolean counted(String text) {
    return plant.metrics.scrape().contains(text);
  }
}
