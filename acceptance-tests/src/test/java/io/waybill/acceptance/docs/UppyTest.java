package io.waybill.acceptance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Checkout;
import io.waybill.acceptance.site.SharedSite;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The module of {@code docs/browser-upload.md} for Uppy, with Uppy itself, on a real store. */
@Timeout(300)
@ExtendWith(SharedSite.class)
class UppyTest {
  private static final Path ENGINE =
      Checkout.ROOT.resolve("control-api/src/main/resources/console/upload");

  @TempDir Path folder;

  @BeforeAll
  static void needsTools() {
    NodeTools.areNeeded();
  }

  @Test
  void uppy_uploads_pauses_goes_on_and_cancels(Site site) throws Exception {
    Files.writeString(folder.resolve("package.json"), "{\"type\": \"module\"}");
    Files.createSymbolicLink(folder.resolve("node_modules"), NodeTools.modules());
    Files.writeString(
        folder.resolve("waybill-uppy.js"),
        Page.of("docs/browser-upload.md").blocks("js waybill-uppy.js").getFirst());
    copyEngine();
    Path script = folder.resolve("uppy.js");
    try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("uppy.js"))) {
      Files.copy(in, script);
    }
    List<String> before = site.store().resent();

    String said =
        NodeTools.node(
            script.toString(),
            site.api().toString(),
            DevelopmentIdentities.API_KEY,
            DevelopmentIdentities.PROJECT.toString());

    assertThat(said)
        .isEqualTo(
            "{\"successful\":[\"uppy.bin\"],\"failed\":0,\"session\":\"COMPLETED\","
                + "\"bytes\":20972520,\"knewStored\":true,\"cancelled\":\"ABORTED\"}");
    assertThat(site.store().resent()).isEqualTo(before);
  }

  private void copyEngine() throws IOException {
    Path upload = Files.createDirectory(folder.resolve("upload"));
    try (Stream<Path> files = Files.list(ENGINE)) {
      for (Path file : files.toList()) {
        Files.copy(file, upload.resolve(file.getFileName()));
      }
    }
  }
}
