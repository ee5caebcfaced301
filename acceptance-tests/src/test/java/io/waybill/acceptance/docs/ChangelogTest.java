package io.waybill.acceptance.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A release can be written at any time: every entry has its title. */
class ChangelogTest {
  private static final Path CHANGELOG = Checkout.ROOT.resolve("changelog");

  @Test
  void everyEntryIsInTheNextRelease() throws Exception {
    Process process =
        new ProcessBuilder("sh", CHANGELOG.resolve("assemble.sh").toString(), "1.2.3", "2026-11-29")
            .redirectErrorStream(true)
            .start();
    String section = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(section).isZero();
    assertThat(section).startsWith("## 1.2.3 (2026-11-29)\n");
    try (Stream<Path> entries = Files.list(CHANGELOG.resolve("unreleased"))) {
      for (Path entry : entries.toList()) {
        assertThat(section).contains("\n\n" + Files.readString(entry));
      }
    }
  }
}
