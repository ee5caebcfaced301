package io.waybill.acceptance.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Command;
import io.waybill.agent.cli.AgentCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is in the package, as Debian's own tools see it. */
@Timeout(900)
@ExtendWith(NeedsPackages.class)
class AgentPackageTest {
  private static final long LARGEST = 45_000_000;

  @Test
  void lintian_finds_nothing() throws Exception {
    String file = AgentPackage.made().file().toString();
    assertThat(Command.of("lintian", "--allow-root", "--fail-on", "error,warning", file).run())
        .doesNotContain("E: ", "W: ");
  }

  @Test
  void it_is_small_enough_for_a_slow_link() throws Exception {
    assertThat(Files.size(AgentPackage.made().file())).isLessThan(LARGEST);
  }

  /** What the JVM has learned is an input here: no two runs learn the same. */
  @Test
  void of_one_build_and_one_cache_come_the_same_bytes(@TempDir Path one, @TempDir Path other)
      throws Exception {
    Path first = AgentPackage.made().version(one, "0.1.0");
    Path second = AgentPackage.made().version(other, "0.1.0");
    assertThat(first).hasSameBinaryContentAs(second);
  }

  /** With the targets of this machine, which the unit names. */
  @Test
  void systemd_takes_the_unit_and_finds_little_exposed(@TempDir Path folder) throws Exception {
    Path root = folder.resolve("root");
    Command.of("cp", "-a", AgentPackage.made().tree().toString(), root.toString()).run();
    Path units = root.resolve("usr/lib/systemd/system");
    Command.of("sh", "-c", "cp -a /lib/systemd/system/*.target " + units).run();
    assertThat(
            Command.of(
                    "systemd-analyze",
                    "verify",
                    "--root=" + root,
                    "--man=no",
                    "waybill-agent.service")
                .run())
        .isEmpty();
    Command.of(
            "systemd-analyze",
            "security",
            "--offline=true",
            "--threshold=30",
            units.resolve("waybill-agent.service").toString())
        .run();
  }

  @Test
  void the_manual_and_the_completion_have_every_command() throws Exception {
    Path share = AgentPackage.made().tree().resolve("usr/share");
    String manual =
        Command.of("man", "-l", share.resolve("man/man1/waybill-agent.1.gz").toString()).run();
    Path completion = share.resolve("bash-completion/completions/waybill-agent");
    String offered = offered(completion, "");
    Set<String> commands = AgentCommand.described().getSubcommands().keySet();
    assertThat(commands).contains("run", "upload", "provision");
    for (String command : commands) {
      assertThat(manual).containsPattern("(?m)^ +" + command + "$");
      assertThat(offered).containsPattern("(?m)^" + command + "$");
    }
    assertThat(manual).contains("--max-bytes-per-second SIZE", "EXIT CODES", "4 refused by the");
    assertThat(offered(completion, "up")).isEqualTo("upload");
  }

  /** What Bash offers after the name of the program and this. */
  private static String offered(Path completion, String begun) throws Exception {
    String script =
        """
        . %s
        COMP_WORDS=(waybill-agent "%s") COMP_CWORD=1
        _complete_waybill-agent waybill-agent "%s" waybill-agent
        printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted(completion, begun, begun);
    return Command.of("bash", "-c", script).run();
  }
}
