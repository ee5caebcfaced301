package io.waybill.acceptance.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waybill.acceptance.site.Command;
import io.waybill.acceptance.site.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The lines of {@code docs/releasing.md} sign a release, and find out when it is another one. */
@Timeout(120)
class ReleasingPageTest {
  private static final Page PAGE = Page.of("docs/releasing.md");
  private static final String SIGNER = "release@waybill.example";

  @TempDir private Path release;

  /**
   * The path of a socket may be no longer than a hundred characters, so not in {@link #release}.
   */
  private Path keys = Path.of("");

  @BeforeEach
  void makeKey() throws Exception {
    assumeTrue(Tools.missing("gpg").isEmpty(), Tools.missing("gpg"));
    keys =
        Files.createTempDirectory(
            Path.of("/tmp"),
            "gpg",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    run(
        "gpg --batch --quiet --passphrase '' --quick-generate-key "
            + SIGNER
            + " ed25519 sign never");
    Files.writeString(release.resolve("waybill-server.jar"), "a jar");
    Files.writeString(
        Files.createDirectory(release.resolve("agent")).resolve("a b.deb"), "a package");
    run(PAGE.blocks("sh sign").getFirst());
  }

  @AfterEach
  void forgetKey() throws Exception {
    if (!keys.toString().isEmpty()) {
      run("gpgconf --kill all; rm -rf \"$GNUPGHOME\"");
    }
  }

  @Test
  void what_was_signed_is_found_whole() throws Exception {
    Command.Ended checked = check();

    assertThat(checked.exitCode()).as(checked.toString()).isZero();
    assertThat(checked.said())
        .contains("Good signature", SIGNER, "waybill-server.jar: OK", "agent/a b.deb: OK");
  }

  @Test
  void a_part_of_it_is_enough() throws Exception {
    Files.delete(release.resolve("agent/a b.deb"));

    assertThat(check().exitCode()).isZero();
  }

  @Test
  void a_file_that_is_another_one_is_named() throws Exception {
    Files.writeString(release.resolve("waybill-server.jar"), "another jar");

    Command.Ended checked = check();

    assertThat(checked.exitCode()).isNotZero();
    assertThat(checked.said()).contains("waybill-server.jar: FAILED");
  }

  @Test
  void a_list_that_was_changed_has_no_good_signature() throws Exception {
    Files.writeString(release.resolve("waybill-server.jar"), "another jar");
    run("cd \"$RELEASE\" && sha256sum waybill-server.jar > SHA256SUMS");

    Command.Ended checked = check();

    assertThat(checked.exitCode()).isNotZero();
    assertThat(checked.said()).contains("BAD signature");
  }

  private Command.Ended check() throws IOException, InterruptedException {
    return shell("set -e\n" + PAGE.blocks("sh check").getFirst()).end();
  }

  private void run(String lines) throws Exception {
    shell("set -e\n" + lines).run();
  }

  private Command shell(String lines) {
    return Command.of(List.of("sh", "-c", lines))
        .in(release)
        .with(
            Map.of("GNUPGHOME", keys.toString(), "RELEASE", release.toString(), "SIGNER", SIGNER));
  }
}
