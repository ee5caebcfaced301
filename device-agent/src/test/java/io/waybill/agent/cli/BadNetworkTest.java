package io.waybill.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.testing.ServerCertificate;
import io.waybill.agent.testing.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Between the machine and the store is a network that does what networks do. */
class BadNetworkTest extends MachineStage {
  private final List<AgentProcess> started = new ArrayList<>();

  private static final String NAME = "store.example";
  private static final String AS_IT_IS = "exec \"$@\"";

  private AgentProcess upload(Map<String, String> more) throws IOException {
    Map<String, String> settings = new HashMap<>();
    settings.put(
        "JDK_JAVA_OPTIONS",
        "-Djdk.net.hosts.file="
            + directory.resolve("hosts")
            + " -Dsun.net.inetaddr.ttl=0 -Dsun.net.inetaddr.negative.ttl=0");
    settings.put("WAYBILL_AGENT_PATIENCE_SECONDS", "60");
    settings.putAll(more);
    AgentProcess agent =
        AgentProcess.start(
            directory, apiUrl(), settings, AS_IT_IS, "upload", "run.mcap", "--progress");
    started.add(agent);
    return agent;
  }

  @AfterEach
  void killAll() {
    started.forEach(agent -> agent.process().destroyForcibly());
  }

  /** One that has sent some parts, and no more until it is let go. */
  private AgentProcess inTheMiddle() throws IOException {
    file("run.mcap");
    hold(true);
    AgentProcess upload = upload(Map.of());
    Awaitility.await(said(upload))
        .atMost(Duration.ofMinutes(2))
        .until(() -> isInTheMiddle() || !upload.process().isAlive());
    return upload;
  }

  /** What the only resolver of the agent knows. */
  private void named(String address) throws IOException {
    Files.writeString(directory.resolve("hosts"), address + " " + NAME + "\n");
  }

  private void awaitSaid(AgentProcess upload, String words) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> said(upload), said -> said.contains(words));
  }

  private static String said(AgentProcess upload) {
    try {
      return upload.err();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void isWhole(AgentProcess upload) throws Exception {
    AgentProcess.Ended ended = upload.ended();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(server.sessions()).hasSize(1);
    assertThat(store.object(object(0))).isEqualTo(bytes);
  }

  @Test
  void a_name_that_nobody_knows_any_more_and_then_again() throws Exception {
    named("127.0.0.1");
    Wire wire = Wire.from("127.0.0.1", 0, store.port());
    store.seenAt("http://" + NAME + ":" + wire.port());
    AgentProcess upload = inTheMiddle();
    named("# 127.0.0.1");
    wire.close();
    hold(false);
    awaitSaid(upload, NAME);

    named("127.0.0.1");
    try (Wire _ = Wire.from("127.0.0.1", wire.port(), store.port())) {
      isWhole(upload);
    }
  }

  @Test
  void a_store_whose_address_changes_behind_its_name() throws Exception {
    named("127.0.0.2");
    Wire wire = Wire.from("127.0.0.2", 0, store.port());
    store.seenAt("http://" + NAME + ":" + wire.port());
    AgentProcess upload = inTheMiddle();
    wire.close();
    hold(false);
    named("127.0.0.3");
    try (Wire _ = Wire.from("127.0.0.3", wire.port(), store.port())) {
      isWhole(upload);
    }
  }

  @Test
  @Timeout(400)
  void a_store_that_takes_all_and_never_answers_is_said_and_left_for_one_that_does()
      throws Exception {
    named("127.0.0.2");
    file("run.mcap");
    Wire hole = Wire.from("127.0.0.2", 0, store.port());
    hole.down(true);
    store.seenAt("http://" + NAME + ":" + hole.port());
    AgentProcess upload = upload(Map.of());
    awaitSaid(upload, "has a whole part and does not answer");
    assertThat(store.requests()).isEmpty();
    named("127.0.0.3");
    try (hole;
        Wire _ = Wire.from("127.0.0.3", hole.port(), store.port())) {
      upload.process().waitFor(200, TimeUnit.SECONDS); // it has patience for two minutes
      isWhole(upload);
    }
  }

  @Test
  void a_long_line_that_loses_one_piece_in_a_hundred() throws Exception {
    try (Wire toStore = Wire.from("127.0.0.1", 0, store.port());
        Wire toServer = Wire.from("127.0.0.1", 0, apiUrl().getPort())) {
      toStore.slow(150, 100);
      toServer.slow(150, 100);
      store.seenAt("http://127.0.0.1:" + toStore.port());
      file("run.mcap");
      isWhole(upload(Map.of("WAYBILL_API_URL", "http://127.0.0.1:" + toServer.port())));
      assertThat(attempts()).as("slow is not broken").containsOnly(1);
    }
  }

  @Test
  void an_outage_that_breaks_nothing_is_waited_for_and_nothing_is_sent_again() throws Exception {
    try (Wire wire = Wire.from("127.0.0.1", 0, store.port())) {
      store.seenAt("http://127.0.0.1:" + wire.port());
      AgentProcess upload = inTheMiddle();
      wire.down(true);
      hold(false);
      LockSupport.parkNanos(Duration.ofSeconds(3).toNanos()); // a night on a small scale
      assertThat(upload.process().isAlive()).as(said(upload)).isTrue();
      wire.down(false);
      isWhole(upload);
      assertThat(attempts()).containsOnly(1);
    }
  }

  @Test
  void a_broker_that_takes_connections_and_says_nothing_is_gone_around() throws Exception {
    file("run.mcap");
    try (ServerSocket hole = new ServerSocket(0, 64, InetAddress.getLoopbackAddress())) {
      AgentProcess upload =
          upload(
              Map.of(
                  "WAYBILL_AGENT_TRANSPORT",
                  "mqtt",
                  "WAYBILL_MQTT_PORT",
                  "" + hole.getLocalPort()));
      isWhole(upload);
      assertThat(said(upload)).contains("going on over " + apiUrl());
    }
  }

  @Test
  void a_store_that_nobody_vouches_for_gets_nothing_and_is_named() throws Exception {
    try (ServerSocket stranger = ServerCertificate.untrustedSocket(directory)) {
      URI address = URI.create("https://127.0.0.1:" + stranger.getLocalPort());
      var _ = Thread.ofVirtual().start(() -> shakeHands(stranger));
      store.seenAt(address.toString());
      file("run.mcap");
      AgentProcess upload = upload(Map.of());
      awaitSaid(upload, "certificate");
      assertThat(said(upload)).contains(address.getAuthority());
      assertThat(store.requests()).isEmpty();
      upload.process().destroyForcibly();
    }
  }

  private static void shakeHands(ServerSocket stranger) {
    while (!stranger.isClosed()) {
      try (Socket client = stranger.accept()) {
        int _ = client.getInputStream().read();
      } catch (IOException e) {
        // nobody wants to go on
      }
    }
  }

  private IntStream attempts() {
    return IntStream.rangeClosed(1, 40).map(part -> store.attempts(object(0), part));
  }
}
