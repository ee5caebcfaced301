package io.waybill.allinone.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.waybill.allinone.api.Api;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.HttpSetting;
import io.waybill.server.config.MqttSetting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a machine of the simulated hall. */
@Timeout(60)
class MishapsTest {
  private static final String ID = "0190a000-0000-7000-8000-0000000000d1";
  private static final String TASK = "0190a000-0000-7000-8000-0000000000f1";

  @TempDir private Path folder;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private Machine machine;

  @BeforeEach
  void register() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.createContext("/", this::answer);
    server.start();
    machine = new Machine(MachineKind.of(0), folder, new Random(5));
    machine.provision(configuration(), "http://127.0.0.1:1", new Machine.Identity(ID, "secret"));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Configuration configuration() {
    return Configuration.load(Map.of(), folder)
        .with(
            Map.of(
                HttpSetting.PORT,
                "" + server.getAddress().getPort(),
                MqttSetting.HOST,
                "127.0.0.1"));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      exchange.getRequestBody().readAllBytes();
      byte[] body = "{\"upload_tasks\": [{\"task_id\": \"%s\"}]}".formatted(TASK).getBytes(UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** Chance that always says this. */
  private static Random always(int number) {
    return new Random(1) {
      @Override
      public int nextInt(int bound) {
        return Math.min(number, bound - 1);
      }

      @Override
      public int nextInt(int origin, int bound) {
        return origin;
      }
    };
  }

  private void befall(int what) throws IOException {
    try (Api api = new Api(configuration())) {
      Mishaps mishaps = new Mishaps(api, always(what), Duration.ofMillis(10));
      try (Clockwork clockwork = new Clockwork(List.of(machine), mishaps, always(what))) {
        mishaps.befall(machine, clockwork);
        if (what == 2) {
          await().until(() -> asked.size() == 3);
        }
      }
    }
  }

  @Test
  void whoever_pauses_one_of_its_uploads_resumes_it_later() throws IOException {
    befall(2);
    assertThat(asked).hasSize(3);
    assertThat(asked.getFirst()).contains("status=PROCESSING&source_device_id=" + ID);
    assertThat(asked.get(1)).endsWith(TASK + "/pause");
    assertThat(asked.getLast()).endsWith(TASK + "/resume");
  }

  @Test
  void an_upload_may_be_cancelled() throws IOException {
    befall(5);
    assertThat(asked.getLast()).startsWith("POST").endsWith(TASK + "/cancel");
  }

  @Test
  void the_newest_recording_may_be_spoiled() throws IOException {
    Path old = Files.writeString(folder.resolve("recordings/seam-1.raw"), "old");
    Files.setLastModifiedTime(old, FileTime.fromMillis(1000));
    Path young = Files.writeString(folder.resolve("recordings/seam-2.raw"), "young");
    befall(4);
    assertThat(old).hasContent("old");
    assertThat(young).hasContent("overwritten");
  }

  @Test
  void it_forgets_its_oldest_recordings() throws IOException {
    for (int n = 1; n <= 7; n++) {
      Path file = Files.writeString(folder.resolve("recordings/seam-" + n + ".raw"), "x");
      Files.setLastModifiedTime(file, FileTime.fromMillis(1000L * n));
    }
    machine.record();
    try (Stream<Path> left = Files.list(folder.resolve("recordings"))) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .hasSize(6)
          .contains("seam-7.raw", "seam-3.raw")
          .doesNotContain("seam-1.raw", "seam-2.raw");
    }
  }
}
