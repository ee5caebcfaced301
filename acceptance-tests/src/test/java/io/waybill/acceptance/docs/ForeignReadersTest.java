package io.waybill.acceptance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The two descriptions are read by the tools that other people read them with. */
@Timeout(600)
class ForeignReadersTest {
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
    NodeTools.areNeeded();
  }

  @Test
  void asyncapi_s_own_parser_reads_asyncapi_yaml_without_a_warning() throws Exception {
    assertThat(NodeTools.node("-e", PARSE, page("asyncapi.yaml"))).isEmpty();
  }

  @Test
  void redocly_reads_openapi_yaml_without_a_warning() throws Exception {
    assertThat(NodeTools.run("redocly", "lint", page("openapi.yaml")))
        .contains("Your API description is valid")
        .doesNotContain("warning.", "warnings.");
  }

  private String page(String name) throws IOException {
    Path page = Checkout.ROOT.resolve("docs").resolve(name);
    return Files.copy(page, alone.resolve(name)).toString();
  }
}
