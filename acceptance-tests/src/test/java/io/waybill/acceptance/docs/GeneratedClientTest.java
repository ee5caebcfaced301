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
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A client that somebody else's generator makes of {@code docs/openapi.yaml} uploads a file. */
@Timeout(600)
@ExtendWith(SharedSite.class)
class GeneratedClientTest {

  @TempDir Path folder;

  @BeforeAll
  static void needsTools() {
    NodeTools.areNeeded();
  }

  @Test
  void a_generated_client_compiles_and_completes_an_upload(Site site) throws Exception {
    NodeTools.run(
        "swagger-typescript-api",
        "generate",
        "--path",
        Checkout.ROOT.resolve("docs/openapi.yaml").toString(),
        "--output",
        folder.toString(),
        "--name",
        "client.ts");
    Files.writeString(folder.resolve("package.json"), "{\"type\": \"module\"}");
    NodeTools.run(
        "tsc",
        "--strict",
        "--noUncheckedIndexedAccess",
        "--target",
        "es2022",
        "--module",
        "nodenext",
        "--lib",
        "es2022,dom",
        upload().toString());

    String said =
        NodeTools.node(
            folder.resolve("upload.js").toString(),
            site.api().toString(),
            DevelopmentIdentities.API_KEY,
            DevelopmentIdentities.PROJECT.toString());

    assertThat(said)
        .isEqualTo(
            "{\"session\":\"COMPLETED\",\"bytes\":5243880,\"dataset\":\"READY\","
                + "\"refused\":\"upload_session.not_found\"}");
  }

  private Path upload() throws IOException {
    Path script = folder.resolve("upload.ts");
    try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("upload.ts"))) {
      Files.copy(in, script);
    }
    return script;
  }
}
