package io.waybill.acceptance.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Sample;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A person asks a device for a file over HTTP, and the agent there brings it, or says why not. */
@Timeout(600)
class ObeyingAgentTest {
  private static final String OF_DEVICE =
      "/v1/projects/"
          + DevelopmentIdentities.PROJECT
          + "/devices/"
          + DevelopmentIdentities.ROBOT_17;

  @TempDir private Path folder;

  @Test
  void a_file_that_is_asked_for_arrives_and_what_lies_outside_the_roots_does_not()
      throws IOException {
    try (Site site = Site.open(folder.resolve("site"))) {
      obeys(site);
    }
  }

  @Test
  void on_mosquitto_as_well() throws IOException {
    try (Site site = Site.openOnMosquitto(Files.createDirectories(folder.resolve("site")))) {
      obeys(site);
    }
  }

  private void obeys(Site site) throws IOException {
    Files.createDirectories(folder.resolve("data/run-42"));
    byte[] bytes = new byte[3_000_017];
    new Random(42).nextBytes(bytes);
    Path file = Files.write(folder.resolve("data/run-42/lidar.mcap"), bytes);
    Sample sample = new Sample(file, bytes.length, Sample.sha256(new ByteArrayInputStream(bytes)));
    Files.writeString(folder.resolve("secret.txt"), "not to be had");
    site.controlApi();
    site.gateway("waybill-gateway-a");
    site.worker();
    try (Api people = TwoPartUpload.everything(site)) {
      Program agent = agent(site);
      String asked = ask(people, folder.resolve("data/run-42/*.mcap"));
      JsonNode done = awaits(people, agent, asked, "DONE");
      assertThat(done.at("/result/files").asInt()).isEqualTo(1);
      site.inspector().findsOnce("lidar.mcap", sample);

      JsonNode outside =
          awaits(people, agent, ask(people, folder.resolve("secret.txt")), "REJECTED");
      assertThat(outside.at("/error/code").asString()).isEqualTo("path_outside_roots");

      agent.kill();
      String late = ask(people, folder.resolve("data/run-42/nothing.mcap"));
      toldAgain(site, asked);
      Program next = agent(site);
      awaits(people, next, late, "REJECTED");
      awaits(people, next, asked, "DONE");
      site.inspector().findsOnce("lidar.mcap", sample);
      assertThat(next.stop()).as(next.output()).isIn(0, 143);
    }
  }

  /** As if its answer had never come. */
  private static void toldAgain(Site site, String command) {
    int rows =
        site.database()
            .change(
                "update device_commands set status = 'PENDING', is_untold = true, finished_at = null, due_at = now()"
                    + " where id = ?::uuid",
                command);
    assertThat(rows).isEqualTo(1);
  }

  private Program agent(Site site) {
    return site.agent(
        folder.resolve("state"),
        Map.of("WAYBILL_AGENT_ROOTS", folder.resolve("data").toString()),
        "run");
  }

  private static String ask(Api people, Path path) {
    return people
        .post(OF_DEVICE + "/upload", "{\"paths\":[\"" + path + "\"],\"priority\":7}")
        .ok()
        .path("command_id")
        .asString();
  }

  private static JsonNode awaits(Api people, Program agent, String id, String status) {
    return Awaitility.await(id + " is " + status)
        .atMost(Duration.ofMinutes(2))
        .failFast(() -> assertThat(agent.isAlive()).as("alive; %s", agent.output()).isTrue())
        .until(
            () -> people.get(OF_DEVICE + "/commands/" + id).ok(),
            command -> command.path("status").asString().equals(status));
  }
}
