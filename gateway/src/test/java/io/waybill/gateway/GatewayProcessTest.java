package io.waybill.gateway;

import static io.waybill.gateway.Requests.createSession;
import static io.waybill.gateway.Told.result;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.waybill.doors.Readiness;
import io.waybill.gateway.GatewaySettings.Bounds;
import io.waybill.gateway.GatewaySettings.Broker;
import io.waybill.testkit.FreePort;
import io.waybill.testkit.LogCapture;
import io.waybill.wire.Command;
import io.waybill.wire.Reply;
import io.waybill.wire.Result;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The gateway as a process: its broker comes and goes, operators look in, the log is read. */
@Timeout(120)
class GatewayProcessTest {

  private final Plant plant = new Plant();
  private int port;

  @TempDir Path directory;

  @BeforeEach
  void needsMosquitto() {
    assumeTrue(Files.isExecutable(TestBroker.MOSQUITTO), "Mosquitto is not installed");
    port = FreePort.any();
  }

  private TestBroker open() {
    return TestBroker.mosquitto(directory, port, "allow_anonymous true");
  }

  @Test
  void a_broker_that_comes_late_or_comes_again_finds_the_gateway() {
    try (Gateway gateway = plant.gateway(port, "gateway", Bounds.DEFAULT)) {
      try (TestBroker broker = open()) {
        gateway.ready().orTimeout(60, TimeUnit.SECONDS).join();
        assertThat(asked(broker)).isInstanceOf(Reply.Ok.class);
      }
      try (TestBroker again = open()) {
        Awaitility.await()
            .atMost(60, TimeUnit.SECONDS)
            .until(() -> get(gateway, "/readyz").statusCode() == 200);
        // it has forgotten everybody's subscriptions
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> isServed(again));
      }
      assertThat(gateway.ended()).isNotDone();
    }
  }

  private static Reply asked(TestBroker broker) {
    try (Robot robot = Robot.five(broker, Plant.ROBOT_17)) {
      return robot.ask(new Command.Describe());
    }
  }

  private static boolean isServed(TestBroker broker) {
    try (Robot robot = Robot.five(broker, Plant.ROBOT_17)) {
      robot.say(Requests.describe("again"));
      return robot.hearWithin(Duration.ofSeconds(1)) instanceof Reply.Ok;
    }
  }

  @Test
  void a_broker_that_sends_more_than_it_was_allowed_gets_every_answer() {
    Bounds narrow =
        new Bounds(
            Bounds.DEFAULT.payloadBytes(),
            2,
            1000,
            16,
            16,
            Bounds.DEFAULT.databasePatience(),
            Bounds.DEFAULT.answerLife(),
            Bounds.DEFAULT.drainPatience(),
            Bounds.DEFAULT.owedEvery());
    try (TestBroker broker = open();
        Gateway gateway = plant.gateway(port, "gateway", narrow);
        Robot robot = Robot.five(broker, Plant.ROBOT_17)) {
      gateway.ready().join();
      Set<String> unanswered = new HashSet<>();
      for (int n = 0; n < 200; n++) {
        unanswered.add("r" + n);
        robot.say(Requests.describe("r" + n));
      }
      Awaitility.await()
          .atMost(60, TimeUnit.SECONDS)
          .until(() -> {
            if (robot.hear().reply() instanceof Reply.Ok answer) {
              unanswered.remove(answer.requestId());
            }
            return unanswered.isEmpty();
          });
      assertThat(gateway.ended()).isNotDone();
    }
  }

  @Test
  void an_idle_gateway_ends_without_using_up_its_patience() {
    try (TestBroker broker = open()) {
      Gateway gateway = plant.gateway(broker.port(), "gateway", Bounds.DEFAULT);
      gateway.ready().join();
      Thread closing = Thread.ofVirtual().start(gateway::close);

      Awaitility.await().atMost(Bounds.DEFAULT.drainPatience()).until(() -> !closing.isAlive());
    }
  }

  @Test
  void a_gateway_without_the_right_to_come_in_ends_and_says_so() {
    try (TestBroker broker = TestBroker.mosquitto(directory, port, "allow_anonymous false");
        Gateway gateway = plant.gateway(broker.port(), "gateway", Bounds.DEFAULT)) {
      assertThat(gateway.ended().orTimeout(60, TimeUnit.SECONDS).join())
          .contains("refuses the gateway", "NOT_AUTHORIZED");
    }
  }

  @Test
  void in_production_a_broker_that_lets_anybody_in_is_no_broker() {
    try (TestBroker broker = open()) {
      Broker open = new Broker("127.0.0.1", broker.port(), false, null, null, "gateway", true);

      assertThatThrownBy(() -> AnonymousDoor.mustBeShut(open, () -> false))
          .hasMessageContaining("accepts anonymous clients");
    }
    try (TestBroker broker = TestBroker.mosquitto(directory, port, "allow_anonymous false")) {
      AnonymousDoor.mustBeShut(
          new Broker("127.0.0.1", broker.port(), false, null, null, "gateway", true), () -> false);
    }
  }

  @Test
  void operators_see_whether_it_lives_whether_it_works_and_what_it_did() {
    AtomicBoolean isDatabaseUp = new AtomicBoolean(true);
    try (TestBroker broker = open();
        Gateway gateway =
            Gateway.start(
                GatewaySettings.local(
                        new Broker("127.0.0.1", port, false, null, null, "gateway", false))
                    .withProbePort(0),
                plant.useCases,
                new Gateway.Windows(
                    plant.metrics,
                    plant.metrics::scrape,
                    List.of(new Readiness.Check("database", () -> mustBe(isDatabaseUp)))))) {
      gateway.ready().join();
      asked(broker);

      assertThat(get(gateway, "/healthz").statusCode()).isEqualTo(200);
      assertThat(get(gateway, "/readyz").body())
          .isEqualTo(
              "{\"status\":\"up\",\"checks\":[{\"name\":\"database\",\"status\":\"up\"},"
                  + "{\"name\":\"broker\",\"status\":\"up\"}]}");
      isDatabaseUp.set(false);
      assertThat(get(gateway, "/readyz").statusCode()).isEqualTo(503);
      Awaitility.await() // a request is counted after its answer
          .untilAsserted(() ->
              assertThat(get(gateway, "/metrics").body())
                  .contains(
                      "mqtt_requests_total{command=\"describe\",outcome=\"ok\"} 1.0",
                      "mqtt_request_duration_seconds_count{command=\"describe\"} 1",
                      "mqtt_inflight 0.0",
                      "mqtt_redeliveries_total 0.0",
                      "mqtt_poison_total 0.0"));
      assertThat(get(gateway, "/elsewhere").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void no_url_and_no_signature_is_ever_logged() {
    Logger ours = (Logger) LoggerFactory.getLogger("io.waybill");
    Logger requests = (Logger) LoggerFactory.getLogger("io.waybill.gateway.requests");
    ours.setLevel(Level.TRACE);
    requests.setLevel(Level.TRACE);
    try (LogCapture log = new LogCapture();
        TestBroker broker = open();
        Gateway gateway = plant.gateway(broker.port(), "gateway", Bounds.DEFAULT);
        Robot robot = Robot.five(broker, Plant.ROBOT_17)) {
      gateway.ready().join();
      Command.PresignFirst first = new Command.PresignFirst(1, null, Command.Encoding.COMPACT);
      Result.UploadTask task = result(robot.ask(createSession(1, first)), Result.UploadTask.class);
      Result.Presigned urls = Objects.requireNonNull(task.objects().getFirst().presigned());
      String signature = Objects.requireNonNull(urls.signatures().get(1));
      robot.say(
          "{\"request_id\":\"1\",\"command\":\"x\",\"s\":\"planted-secret\"}".getBytes(UTF_8));
      robot.hear();

      assertThat(log.lines())
          .filteredOn(line -> line.startsWith("io.waybill."))
          .isNotEmpty()
          .noneMatch(line -> line.contains(signature))
          .noneMatch(line -> line.contains("?"))
          .noneMatch(line -> line.contains("planted-secret"));
    } finally {
      ours.setLevel(Level.INFO);
      requests.setLevel(Level.OFF);
    }
  }

  @Test
  void settings_that_cannot_work_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Broker("", 1883, false, null, null, "gateway", false));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Broker("localhost", 1883, false, null, null, " ", false));
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new Bounds(
                Bounds.DEFAULT.payloadBytes(),
                0,
                1,
                1,
                1,
                Duration.ofSeconds(1),
                Duration.ofHours(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1)));
    assertThat(new Broker("b", 1883, true, "u", "secret", "gateway", false).toString())
        .doesNotContain("secret");
  }

  private static HttpResponse<String> get(Gateway gateway, String path) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + gateway.probePort() + path);
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void mustBe(AtomicBoolean up) {
    if (!up.get()) {
      throw new IllegalStateException("down on purpose");
    }
  }
}
