package io.waybill.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.testing.FakeApi;
import io.waybill.agent.testing.FakeServer;
import io.waybill.agent.testing.LoopbackStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Not now is not never: why an upload waits, and until when, outlives the run that found it. */
@Timeout(240)
class StatusOfWaitingTest {

  @TempDir Path directory;

  @Test
  void status_says_why_a_file_waits_and_when_it_is_tried_again() throws Exception {
    try (LoopbackStore store = new LoopbackStore()) {
      FakeServer server = new FakeServer(store, 64_000);
      server.script(
          command -> Optional.of(FakeServer.error("auth.permission_denied", false, null)));
      Files.write(directory.resolve("run.mcap"), new byte[100]);
      try (FakeApi api = new FakeApi(server)) {
        AgentProcess.Ended upload = agent(api, "upload", "run.mcap");
        assertThat(upload.code()).isEqualTo(4);
        assertThat(upload.err())
            .containsPattern("run.mcap: auth.permission_denied: as told; next try at 20\\d\\d-");

        String text = agent(api, "status", "--local").out();
        assertThat(text)
            .containsPattern("run.mcap: waits: auth.permission_denied: as told; next try at 20\\d");
        String json = agent(api, "status", "--local", "--json").out();
        assertThat(json)
            .contains("\"reason\":\"auth.permission_denied: as told\"")
            .containsPattern("\"next_try\":\"20\\d\\d-");
      }
    }
  }

  private AgentProcess.Ended agent(FakeApi api, String... arguments) throws Exception {
    return AgentProcess.start(directory, api.url(), java.util.Map.of(), "exec \"$@\"", arguments)
        .ended();
  }
}
