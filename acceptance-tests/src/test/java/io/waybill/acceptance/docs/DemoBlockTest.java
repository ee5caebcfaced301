package io.waybill.acceptance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Checkout;
import io.waybill.acceptance.site.Ports;
import io.waybill.acceptance.site.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows of {@code ./waybill demo} is what it prints. */
@Timeout(300)
class DemoBlockTest {
  /** A busy machine makes a step wait or go again, and demo or log says so; the page shows none. */
  private static final Predicate<String> NO_TROUBLE =
      Pattern.compile(
              "waits: |goes on$|goes again: |presign_parts: |list_parts: |^\\{\"timestamp\"")
          .asPredicate()
          .negate();

  @Test
  void the_readme_shows_the_demo_as_it_runs(@TempDir Path folder) {
    List<String> shown =
        Page.of("README.md").blocks("").stream()
            .filter(block -> block.contains("robot-17 sends"))
            .flatMap(String::lines)
            .toList();

    List<String> printed = demo(folder).lines().filter(NO_TROUBLE).toList();

    assertThat(masked(printed)).isEqualTo(masked(shown));
  }

  private static String demo(Path folder) {
    try (Program demo =
        Program.start(
            folder.resolve("demo.log"),
            Map.of("WAYBILL_HOME", Checkout.ROOT.toString()),
            "-Xmx512m",
            "io.waybill.allinone.Main",
            List.of(
                "demo",
                "--data-dir=" + folder.resolve("data"),
                "--postgres-port=" + Ports.free(),
                "--storage-port=" + Ports.free(),
                "--mqtt-port=" + Ports.free(),
                "--http-port=" + Ports.free(),
                "--gateway-port=" + Ports.free()))) {
      assertThat(demo.exitCode()).as(demo.output()).isZero();
      return demo.output();
    }
  }

  /**
   * Lines without what differs from run to run: ids, hashes, folders, every number and the blanks
   * that fill it up. Parts end in any order and are acknowledged one by one or together.
   */
  private static List<String> masked(List<String> lines) {
    return lines.stream()
        .map(line ->
            line.replaceFirst("^Starting in .*", "Starting in DATA ...")
                .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID")
                .replaceAll("[0-9a-f]{64}", "HASH")
                .replaceAll("[0-9][0-9.,/:]*", "N")
                .replaceAll("parts?\\b", "part")
                .replaceAll(" +", " "))
        .distinct()
        .sorted()
        .toList();
  }
}
