package io.waybill.acceptance.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waybill.acceptance.site.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The two descriptions are read by the tools that other people read them with. {@code
 * WAYBILL_TEST_NODE_TOOLS} names a folder whose {@code node_modules} has {@code @asyncapi/parser}
 * and {@code @redocly/cli}.
 */
@Timeout(600)
class ForeignReadersTest {
  private static final String TOOLS = System.getenv("WAYBILL_TEST_NODE_TOOLS");

  /** Prints every error and warning (0 and 1; what is below them is advice). */
  private static final String PARSE =
      """
      const {Parser, fromFile} = require('@asyncapi/parser');
      const parser = new Parser();
      fromFile(parser, process.argv[1]).parse().then(({document, diagnostics}) => {
        const said = diagnostics.filter(one => one.severity < 2);
        said.forEach(one => console.log(one.code, one.path.join('.'), one.message));
        process.exit(document && said.length === 0 ? 0 : 1);
      });
      """;

  /** Has nothing but the page: what a page needs of others is missed. */
  @TempDir private Path alone;

  @BeforeAll
  static void needsTools() {
    assumeTrue(TOOLS != null, "Node.js tools are missing: WAYBILL_TEST_NODE_TOOLS is not set");
  }

  @Test
  void asyncapi_s_own_parser_reads_asyncapi_yaml_without_a_warning() throws Exception {
    assertSilent(List.of("node", "-e", PARSE, page("asyncapi.yaml")));
  }

  @Test
  void redocly_reads_openapi_yaml_without_a_warning() throws Exception {
    String redocly = Path.of(TOOLS, "node_modules", ".bin", "redocly").toString();
    String said = run(List.of(redocly, "lint", page("openapi.yaml")));
    assertThat(said)
        .contains("Your API description is valid")
        .doesNotContain("warning.", "warnings.");
  }

  private String page(String name) throws IOException {
    Path page = Checkout.ROOT.resolve("docs").resolve(name);
    return Files.copy(page, alone.resolve(name)).toString();
  }

  private static void assertSilent(List<String> command) throws Exception {
    assertThat(run(command)).isEmpty();
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(Path.of(TOOLS).toFile());
    builder.environment().put("REDOCLY_TELEMETRY", "off");
    builder.environment().put("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
