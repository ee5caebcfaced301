package io.waybill.acceptance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Checkout;
import io.waybill.acceptance.site.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A release can be written at any time: every entry has its title. */
class ChangelogTest {
  private static final Path CHANGELOG = Checkout.ROOT.resolve("changelog");

  @Test
  void everyEntryIsInTheNextRelease() throws Exception {
    String assemble = CHANGELOG.resolve("assemble.sh").toString();
    String section = Command.of("sh", assemble, "1.2.3", "2026-11-29").run() + "\n";
    assertThat(section).startsWith("## 1.2.3 (2026-11-29)\n");
    try (Stream<Path> entries = Files.list(CHANGELOG.resolve("unreleased"))) {
      for (Path entry : entries.toList()) {
        assertThat(section).contains("\n\n" + Files.readString(entry));
      }
    }
  }
}
