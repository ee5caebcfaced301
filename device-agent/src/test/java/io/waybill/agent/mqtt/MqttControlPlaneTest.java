package io.waybill.agent.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.agent.control.Answer;
import io.waybill.agent.control.Question;
import io.waybill.agent.control.UnreachableException;
import io.waybill.agent.testing.FakeGateway;
import io.waybill.agent.testing.FakeServer;
import io.waybill.agent.testing.LoopbackStore;
import io.waybill.testkit.FreePort;
import io.waybill.wire.Command;
import io.waybill.wire.Result;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MqttControlPlaneTest {

  private static final UUID PROJECT = UUID.randomUUID();

  @TempDir Path directory;
  private final LoopbackStore store = new LoopbackStore();
  private final FakeServer server = new FakeServer(store, 1000);
  private final int port = FreePort.any();
  private final MqttControlPlane plane = plane(Duration.ofSeconds(20));

  @AfterEach
  void close() {
    plane.close();
    store.close();
  }

  private MqttControlPlane plane(Duration patience) {
    return plane(patience, Duration.ofSeconds(15));
  }

  private MqttControlPlane plane(Duration patience, Duration forbiddenFor) {
    return new MqttControlPlane(AnyDevice.at(port, patience), forbiddenFor, null);
  }

  private static Question<Result.UploadTask> create() {
    return Question.create(
        new Command.CreateSession(
            PROJECT,
            "run",
            null,
            null,
            null,
            null,
            List.of(new Command.NewObject(null, "a", 5, null, null, null, Map.of())),
            Map.of(),
            null),
        "key");
  }

  @Test
  void an_unanswered_request_is_repeated_under_the_same_id_until_it_is_answered() throws Exception {
    try (FakeGateway gateway = new FakeGateway(server, directory, port)) {
      gateway.deafTo(number -> number < 3);

      Answer<Result.UploadTask> answer = plane.ask(create());

      assertThat(answer).isInstanceOf(Answer.Done.class);
      assertThat(gateway.requestIds()).hasSizeGreaterThanOrEqualTo(4);
      assertThat(gateway.requestIds()).containsOnly(gateway.requestIds().getFirst());
      assertThat(server.sessions()).hasSize(1);
    }
  }

  @Test
  void a_request_made_before_there_is_a_broker_is_answered_once_there_is_one() throws Exception {
    CompletableFuture<Answer<Result.UploadTask>> asked =
        CompletableFuture.supplyAsync(() -> ask(plane));
    try (FakeGateway gateway = new FakeGateway(server, directory, port)) {
      assertThat(asked.get(30, TimeUnit.SECONDS)).isInstanceOf(Answer.Done.class);
      assertThat(gateway.requestIds()).isNotEmpty();
    }
  }

  @Test
  void a_broker_that_went_and_came_back_is_found_again() throws Exception {
    try (FakeGateway first = new FakeGateway(server, directory.resolve("1"), port)) {
      assertThat(plane.ask(create())).isInstanceOf(Answer.Done.class);
      assertThat(first.requestIds()).hasSize(1);
    }
    try (FakeGateway second = new FakeGateway(server, directory.resolve("2"), port)) {
      assertThat(plane.ask(create())).isInstanceOf(Answer.Done.class);
      assertThat(second.requestIds()).isNotEmpty();
    }
  }

  @Test
  void a_gateway_that_says_nothing_is_told_apart_from_a_broker_that_is_not_there()
      throws Exception {
    MqttControlPlane hasty = plane(Duration.ofSeconds(1));
    assertThatThrownBy(() -> hasty.ask(create()))
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("no connection to the broker");
    hasty.close();
    try (FakeGateway gateway = new FakeGateway(server, directory, port)) {
      gateway.deafTo(number -> true);
      MqttControlPlane second = plane(Duration.ofSeconds(2));
      assertThatThrownBy(() -> second.ask(create()))
          .isInstanceOf(UnreachableException.class)
          .hasMessageContaining("nobody answered");
      second.close();
    }
  }

  @Test
  void a_broker_that_refused_us_once_is_asked_again_later() throws Exception {
    MqttControlPlane refused = plane(Duration.ofSeconds(20), Duration.ZERO);
    try (ServerSocket broker = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Answer<Result.UploadTask>> asked =
          CompletableFuture.supplyAsync(() -> ask(refused));
      try (Socket socket = broker.accept()) {
        assertThat(socket.getInputStream().read()).isEqualTo(0x10); // CONNECT
        socket.getOutputStream().write(new byte[] {0x20, 3, 0, (byte) 0x86, 0}); // bad credential
        assertThat(asked.get(30, TimeUnit.SECONDS))
            .isInstanceOfSatisfying(
                Answer.Refused.class,
                answer -> assertThat(answer.error().code()).isEqualTo("mqtt.identity_refused"));
      }
    }
    try (FakeGateway gateway = new FakeGateway(server, directory, port)) {
      assertThat(refused.ask(create())).isInstanceOf(Answer.Done.class);
      assertThat(gateway.requestIds()).isNotEmpty();
    }
    refused.close();
  }

  @Test
  void many_ask_at_once_and_each_gets_its_own_answer() throws Exception {
    try (FakeGateway gateway = new FakeGateway(server, directory, port)) {
      List<CompletableFuture<Answer<Result.UploadTask>>> all =
          java.util.stream.IntStream.range(0, 20)
              .mapToObj(n -> CompletableFuture.supplyAsync(() -> ask(plane)))
              .toList();
      for (var each : all) {
        assertThat(each.get(30, TimeUnit.SECONDS)).isInstanceOf(Answer.Done.class);
      }
      // on a slow machine one may be asked again, under the same id
      assertThat(Set.copyOf(gateway.requestIds())).hasSize(20);
    }
  }

  private static Answer<Result.UploadTask> ask(MqttControlPlane plane) {
    try {
      return plane.ask(create());
    } catch (UnreachableException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
