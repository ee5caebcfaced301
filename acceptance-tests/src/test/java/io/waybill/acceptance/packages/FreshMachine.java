package io.waybill.acceptance.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Checkout;
import io.waybill.acceptance.site.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Debian 12 as a container, in the network of this machine. No systemd runs in it: what is asked
 * of it is written down, and the service is started here as its unit says.
 */
final class FreshMachine {
  private static final String SHIMS =
      "set -e; cd /srv; sudo() { \"$@\"; }; systemctl() { echo \"$*\" >>/srv/systemctl; }\n";

  private final String container;
  private final Path folder;

  private FreshMachine(String container, Path folder) {
    this.container = container;
    this.folder = folder;
  }

  /**
   * @param folder of this machine, which is its /srv
   */
  static FreshMachine start(Path folder) throws Exception {
    String container =
        Command.of(
                "docker",
                "run",
                "-d",
                "--init",
                "--network=host",
                "-v",
                folder + ":/srv",
                "debian:bookworm-slim",
                "tail",
                "-f",
                "/dev/null")
            .run();
    return new FreshMachine(container.lines().toList().getLast(), folder);
  }

  /** Root types this. */
  String shell(String script) throws Exception {
    return tries(script).well().said();
  }

  Command.Ended tries(String script) throws IOException, InterruptedException {
    return Command.of("docker", "exec", container, "bash", "-c", SHIMS + script).end();
  }

  /** The commands of the page's section, a line each. */
  static List<String> commands(String section) throws IOException {
    String page = Files.readString(Checkout.ROOT.resolve("docs/device-agent.md"));
    Matcher block =
        Pattern.compile("(?s)\n" + Pattern.quote(section) + ".*?```sh\n(.*?)```").matcher(page);
    assertThat(block.find()).as(section).isTrue();
    return block.group(1).lines().toList();
  }

  /** What systemd does when it starts the service; its output is in /srv/service.log. */
  void startService() throws Exception {
    String user = unit("User");
    String script =
        "echo $$ >/srv/service.pid; set -a; . %s; exec setpriv --reuid=%s --regid=%s --init-groups %s"
            .formatted(unit("EnvironmentFile").substring(1), user, user, unit("ExecStart"));
    Command.of("docker", "exec", "-d", container, "bash", "-c", script + " >>/srv/service.log 2>&1")
        .run();
  }

  /** What systemd does when it stops the service. */
  void stopService() throws Exception {
    shell("kill $(cat service.pid); tail --pid=$(cat service.pid) -f /dev/null");
  }

  private String unit(String key) throws Exception {
    return shell("sed -n 's/^" + key + "=//p' /usr/lib/systemd/system/waybill-agent.service");
  }

  String serviceLog() throws IOException {
    Path log = folder.resolve("service.log");
    return Files.exists(log) ? Files.readString(log) : "";
  }

  /** Every file and every user, but for what dpkg and apt remember. */
  String everything() throws Exception {
    return shell(
        "find / -xdev \\( -path /proc -o -path /srv -o -path /sys -o -path /var/lib/dpkg -o -path"
            + " /var/log -o -path /var/cache -o -path /var/lib/apt -o -name '*-' -o -name"
            + " .pwd.lock \\) -prune -o -print | sort; cat /etc/passwd /etc/group");
  }

  void remove() throws Exception {
    Command.of("docker", "rm", "-f", container).run();
  }
}
