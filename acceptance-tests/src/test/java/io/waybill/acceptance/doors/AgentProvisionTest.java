package io.waybill.acceptance.doors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.SharedSite;
import io.waybill.acceptance.site.Site;
import io.waybill.agent.Main;
import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.server.config.MqttSetting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One line of the operator's makes a machine a device, and the doctor finds nothing to mend. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedSite.class)
class AgentProvisionTest {
  private static final Pattern LINE = Pattern.compile("waybill1\\.[A-Za-z0-9_-]+");
  private static final Pattern DEVICE = Pattern.compile("  id: ([0-9a-f-]{36})");

  private final Site site;
  private final Api everything;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private Path folder = Path.of("");
  private Path config = Path.of("");

  AgentProvisionTest(Site site) {
    this.site = site;
    this.everything = TwoPartUpload.everything(site);
  }

  @AfterAll
  void leave() {
    everything.close();
  }

  @Test
  void a_registered_device_is_provisioned_proved_uploads_and_is_given_another_credential(
      @TempDir Path temporary) throws IOException {
    folder = temporary;
    config = folder.resolve("agent.yaml");
    String project =
        PolicyProject.under(
            everything, "provisioned", "\"checksum_mode\": \"STORAGE_NATIVE_CRC32C\"");
    String first = admin("register", project, "--code", "robot-fresh", "--root", folder.toString());

    agent(0, "provision", first, "--config", config.toString());
    assertThat(said()).contains("ok    broker", "ok    topics", "ok    api", "ok    storage");
    assertThat(said()).contains("ok    receipts", "ok    clock").doesNotContain("fail  ");
    assertThat(config).content().contains("device: # robot-fresh").doesNotContain("wbd_");

    byte[] bytes = new byte[5000];
    new Random(3).nextBytes(bytes);
    Path file = Files.write(folder.resolve("run.mcap"), bytes);
    agent(0, "upload", file.toString());
    agent(0, "doctor");
    assertThat(said()).contains("robot-fresh may upload to project " + project);

    Matcher device = DEVICE.matcher(Files.readString(config));
    assertThat(device.find()).isTrue();
    String second = admin("rotate", project, "--device", device.group(1), "--overlap-seconds", "0");
    agent(0, "provision", second, "--config", config.toString());
    agent(4, "provision", first, "--config", config.toString());
    assertThat(said()).contains("nothing was written");
    agent(0, "doctor");
    agent(0, "ls", "--project", project);
    assertThat(said()).contains("COMPLETED", "run.mcap");
  }

  /** The line that a command of the operator's prints. */
  private String admin(String command, String project, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "admin",
                "device",
                command,
                "--api-url",
                site.api().toString(),
                "--project",
                project,
                "--broker",
                "127.0.0.1:" + site.configuration().text(MqttSetting.PORT)));
    arguments.addAll(List.of(more));
    try (Program program =
        Program.start(
            folder.resolve(command + ".log"),
            Map.of("WAYBILL_API_KEY", DevelopmentIdentities.API_KEY),
            "-Xmx128m",
            "io.waybill.server.Main",
            arguments)) {
      assertThat(program.exitCode()).as(program.output()).isZero();
      Matcher line = LINE.matcher(program.output());
      assertThat(line.find()).as(program.output()).isTrue();
      return line.group();
    }
  }

  private void agent(int exit, String... arguments) {
    out.reset();
    try (PrintStream print = new PrintStream(out, true, UTF_8)) {
      Map<String, String> environment =
          Map.of(
              "WAYBILL_AGENT_CONFIG",
              config.toString(),
              "WAYBILL_AGENT_STATE_DIR",
              folder.resolve("state").toString());
      assertThat(Main.run(arguments, print, print, environment, step -> {}))
          .as(said())
          .isEqualTo(exit);
    }
  }

  private String said() {
    return out.toString(UTF_8);
  }
}
