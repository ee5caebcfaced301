package io.waybill.acceptance.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waybill.acceptance.site.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything that a program brings along may be given away with it, as its {@code sbom.json} says.
 */
class LicencesTest {
  /** Of a library that offers several, one of these is enough. */
  private static final Set<String> WELCOME =
      Set.of(
          "Apache-2.0",
          "MIT",
          "MIT-0",
          "SPDX-License-Identifier: MIT",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "0BSD",
          "CC0-1.0",
          "Public Domain",
          "Go License",
          "Bouncy Castle Licence",
          "EPL-1.0",
          "EPL-2.0",
          "(CDDL-1.0 OR GPL-2.0-with-classpath-exception)");

  @ParameterizedTest
  @ValueSource(strings = {"server", "device-agent", "all-in-one"})
  void everyLibraryHasALicenceThatIsWelcome(String module) throws Exception {
    Path list = Checkout.ROOT.resolve(module + "/target/sbom.json");
    assumeTrue(Files.exists(list), "Maven was offline, and wrote no sbom.json");
    JsonNode components = JsonMapper.shared().readTree(Files.readString(list)).path("components");
    assertThat(components).hasSizeGreaterThan(15);
    for (JsonNode component : components) {
      assertThat(licences(component))
          .as(component.path("purl").asString())
          .anyMatch(WELCOME::contains);
    }
  }

  private static List<String> licences(JsonNode component) {
    return component
        .path("licenses")
        .valueStream()
        .flatMap(
            one -> Stream.of(one.at("/license/id"), one.at("/license/name"), one.at("/expression")))
        .filter(JsonNode::isString)
        .map(JsonNode::asString)
        .toList();
  }
}
