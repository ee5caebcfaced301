package io.waybill.acceptance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * {@code docs/asyncapi.yaml} is whole by itself: the files of {@code docs/schemas} stand in it,
 * written by {@code -Dwaybill.docs.write=true}.
 */
class AsyncApiSchemasTest {
  private static final Path PAGE = Checkout.ROOT.resolve("docs/asyncapi.yaml");
  private static final String BEGIN = "    # from schemas/: made by AsyncApiSchemasTest\n";
  private static final String END = "    # end of schemas\n";

  /** Words that came after Draft 7, which AsyncAPI's own schema objects do not know. */
  private static final Set<String> LATER =
      Set.of(
          "$anchor",
          "$defs",
          "$dynamicRef",
          "dependentRequired",
          "dependentSchemas",
          "maxContains",
          "minContains",
          "prefixItems",
          "unevaluatedItems",
          "unevaluatedProperties");

  @Test
  void its_schemas_are_those_of_the_files() throws IOException {
    String page = Files.readString(PAGE);
    assertThat(page).containsOnlyOnce(BEGIN).endsWith(END);
    int from = page.indexOf(BEGIN) + BEGIN.length();
    String renewed = page.substring(0, from) + AsyncApiSchemas.text() + END;
    if (Boolean.getBoolean("waybill.docs.write")) {
      Files.writeString(PAGE, renewed);
    }
    assertThat(Files.readString(PAGE))
        .as("docs/asyncapi.yaml; write it anew with -Dwaybill.docs.write=true")
        .isEqualTo(renewed);
  }

  @Test
  void its_schemas_say_nothing_that_its_dialect_would_not_hear() {
    JsonNode schemas = new YAMLMapper().readTree(PAGE.toFile()).at("/components/schemas");
    assertThat(schemas.size()).isGreaterThan(30);
    assertThat(LATER).allSatisfy(word -> assertThat(schemas.findValues(word)).isEmpty());
    assertThat(schemas.findParents("$ref"))
        .allSatisfy(one -> assertThat(one.propertyNames()).containsExactly("$ref"));
  }
}
