package io.waybill.acceptance.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Sample;
import io.waybill.acceptance.site.SharedSite;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.server.config.MqttSetting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The life of a package on a machine, by the commands of docs/device-agent.md. */
@Timeout(900)
@InContainers
@ExtendWith({NeedsPackages.class, SharedSite.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InstalledAgentTest {
  private static final Pattern LINE = Pattern.compile("waybill1\\.[A-Za-z0-9_-]+");
  private static final String WATCH =
      "watch: [{directory: /srv/data, settle: rename}]\\nlimits: {connections: 1}";

  private final Site site;
  private final FreshMachine machine;
  private final Path srv;
  private final String before;

  InstalledAgentTest(Site site, @TempDir Path temporary) throws Exception {
    this.site = site;
    this.srv = temporary;
    Files.setPosixFilePermissions(srv, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createDirectories(srv.resolve("data"));
    machine = FreshMachine.start(srv);
    before = machine.everything();
  }

  @BeforeAll
  void bring() throws Exception {
    Path file = AgentPackage.made().file();
    Files.copy(file, srv.resolve(file.getFileName()));
  }

  @AfterAll
  void leave() throws Exception {
    site.store().holdAfter(Long.MAX_VALUE);
    machine.shell("rm -rf /srv/*");
    machine.remove();
  }

  @Test
  @Order(1)
  void it_is_installed_and_says_what_to_do_next() throws Exception {
    List<String> commands = FreshMachine.commands("## Installed in five minutes");
    machine.shell(commands.get(0));
    assertThat(machine.shell("stat -c '%U %a' /var/lib/waybill-agent /etc/waybill-agent"))
        .isEqualTo("waybill-agent 700\nroot 755");
    String asItsUser =
        "setpriv --reuid=waybill-agent --regid=waybill-agent --init-groups waybill-agent --version";
    assertThat(machine.shell(asItsUser)).startsWith("waybill-agent 0.1.0");
    assertThat(machine.tries("waybill-agent doctor").said())
        .contains("warn  configuration nothing is configured", "to do: provision this machine");
    assertThat(
            machine.shell(
                "/usr/lib/waybill-agent/jre/bin/java -XX:AOTMode=on"
                    + " -XX:AOTCache=/usr/lib/waybill-agent/agent.aot"
                    + " @/usr/lib/waybill-agent/java.options io.waybill.agent.Main --version"))
        .as("what the JVM has learned fits")
        .startsWith("waybill-agent 0.1.0");
  }

  @Test
  @Order(2)
  void one_line_makes_it_a_device_whose_secret_only_the_service_can_read() throws Exception {
    List<String> commands = FreshMachine.commands("## Installed in five minutes");
    Files.writeString(srv.resolve("line"), registered());
    machine.shell(commands.get(1) + " </srv/line");
    assertThat(
            machine.shell(
                "stat -c '%U %a' /var/lib/waybill-agent/credential /etc/waybill-agent/agent.yaml"))
        .isEqualTo("waybill-agent 600\nroot 644");
    assertThat(machine.shell(commands.get(2)))
        .contains("ok    configuration", "ok    broker", "ok    device", "ok    storage")
        .doesNotContain("fail  ");
    machine.shell(commands.get(3));
    assertThat(srv.resolve("systemctl")).content().contains("enable --now waybill-agent");
  }

  /** The store holds it back in mid-part until the new version runs. */
  @Test
  @Order(3)
  void an_upgrade_keeps_settings_queue_and_the_upload_under_way() throws Exception {
    machine.shell("printf '" + WATCH + "\\n' >>/etc/waybill-agent/agent.yaml");
    machine.shell("echo WAYBILL_AGENT_RESCAN=1m >>/etc/waybill-agent/environment");
    machine.startService();
    await("it watches", () -> machine.serviceLog().contains("watching /srv/data"));
    List<String> resent = site.store().resent();
    long passed = site.store().partBytes();
    site.store().holdAfter(passed + (6 << 20));
    Sample sample = Sample.ofParts(srv.resolve("long.mcap"), 4);
    machine.shell("chmod 644 long.mcap; mv long.mcap data/");
    await(
        "a part is stored, another one under way",
        () -> site.store().partBytes() >= passed + (6 << 20));

    String config = machine.shell("cat /etc/waybill-agent/*; stat -c '%U %a' /etc/waybill-agent/*");
    machine.shell("rm waybill-agent_*.deb");
    AgentPackage.made().version(srv, "0.1.1");
    machine.shell(String.join("\n", FreshMachine.commands("### Upgrade")));
    assertThat(machine.shell("dpkg-query -W -f '${Version}' waybill-agent")).isEqualTo("0.1.1");
    assertThat(machine.shell("cat /etc/waybill-agent/*; stat -c '%U %a' /etc/waybill-agent/*"))
        .isEqualTo(config);
    assertThat(srv.resolve("systemctl")).content().contains("restart waybill-agent");
    machine.stopService();
    site.store().holdAfter(Long.MAX_VALUE);
    site.store().awaitQuiet();
    machine.startService();

    await("it is uploaded", () -> machine.shell("sudo waybill-agent status").contains("done"));
    Sample sent = new Sample(srv.resolve("data/long.mcap"), sample.sizeBytes(), sample.sha256());
    site.inspector().findsOnce("long.mcap", sent);
    assertThat(site.store().resent()).isEqualTo(resent);
    assertThat(machine.shell("find /var/lib/waybill-agent ! -user waybill-agent")).isEmpty();
    machine.stopService();
  }

  @Test
  @Order(4)
  void nothing_is_left_of_what_is_purged() throws Exception {
    machine.shell("apt-get remove -y waybill-agent");
    assertThat(machine.shell("ls /var/lib/waybill-agent /etc/waybill-agent"))
        .as("removed is not purged")
        .contains("credential", "agent.yaml");
    machine.shell(String.join("\n", FreshMachine.commands("### Remove")));
    assertThat(machine.everything()).isEqualTo(before);
  }

  private String registered() {
    try (Program admin =
        Program.start(
            srv.resolve("register.log"),
            Map.of("WAYBILL_API_KEY", DevelopmentIdentities.API_KEY),
            "-Xmx128m",
            "io.waybill.server.Main",
            List.of(
                "admin",
                "device",
                "register",
                "--api-url",
                site.api().toString(),
                "--project",
                DevelopmentIdentities.PROJECT.toString(),
                "--broker",
                "127.0.0.1:" + site.configuration().text(MqttSetting.PORT),
                "--code",
                "robot-packaged"))) {
      assertThat(admin.exitCode()).as(admin.output()).isZero();
      Matcher line = LINE.matcher(admin.output());
      assertThat(line.find()).as(admin.output()).isTrue();
      return line.group();
    }
  }

  private static void await(String what, Callable<Boolean> condition) {
    Awaitility.await(what)
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(200))
        .until(condition);
  }
}
