package io.waybill.acceptance.plc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waybill.acceptance.site.Ports;
import io.waybill.acceptance.site.Sample;
import io.waybill.acceptance.site.SharedSite;
import io.waybill.acceptance.site.Site;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The flow, imported into a real Node-RED. */
@Timeout(300)
@ExtendWith(SharedSite.class)
class NodeRedTest {
  private static final String TOOLS = System.getenv("WAYBILL_TEST_NODE_TOOLS");
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final Pattern SESSION = Pattern.compile("session_id: '([0-9a-f-]{36})'");

  @TempDir Path folder;

  @Test
  void the_flow_uploads_a_file(Site site) throws Exception {
    assumeTrue(TOOLS != null, "Node.js tools are missing: WAYBILL_TEST_NODE_TOOLS is not set");
    Sample sample = Sample.ofParts(folder.resolve("run-42.mcap"), 4);
    Controller controller = new Controller(site, folder);
    int port = Ports.free();
    writeUserFolder(port);
    Path program = Path.of(TOOLS, "node_modules/node-red/red.js");
    Path log = folder.resolve("said.out");
    Process red =
        controller.start(
            Map.of("FILE", sample.file().toString()),
            List.of("sh", "-c", "exec node '%s' -u . > said.out".formatted(program)));
    try {
      await().atMost(LONG).until(() -> Files.readString(log).contains("Connected to broker"));

      press(port, "waybill-file");

      await()
          .atMost(LONG)
          .untilAsserted(() -> assertThat(Files.readString(log)).contains("status: 'COMPLETED'"));
      Matcher session = SESSION.matcher(Files.readString(log));
      assertThat(session.find()).isTrue();
      controller.assertStored(session.group(1), sample);
    } finally {
      red.destroyForcibly().waitFor();
    }
  }

  /** The flow as it is imported; who the device is stands in Node-RED's own file for that. */
  private void writeUserFolder(int port) throws IOException {
    Files.copy(Controller.PROGRAMS.resolve("node-red-flow.json"), folder.resolve("flows.json"));
    Files.writeString(
        folder.resolve("flows_cred.json"),
        """
        {"waybill-broker": {"user": "${WAYBILL_DEVICE}", "password": "${WAYBILL_CREDENTIAL}"}}
        """);
    Files.writeString(
        folder.resolve("settings.js"),
        """
        module.exports = {
          flowFile: "flows.json", credentialSecret: false, uiHost: "127.0.0.1", uiPort: %d, disableEditor: true,
          telemetry: { enabled: false, updateNotification: false }
        };
        """
            .formatted(port));
  }

  private static void press(int port, String button) throws Exception {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      URI inject = URI.create("http://127.0.0.1:" + port + "/inject/" + button);
      HttpRequest pressed =
          HttpRequest.newBuilder(inject).POST(HttpRequest.BodyPublishers.noBody()).build();
      assertThat(client.send(pressed, BodyHandlers.ofString(UTF_8)).statusCode()).isEqualTo(200);
    }
  }
}
