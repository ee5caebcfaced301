package io.waybill.acceptance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The types that the uploader's comments promise hold, as TypeScript reads them. */
@Timeout(300)
class UploaderTypesTest {
  private static final Path LIBRARY =
      Checkout.ROOT.resolve("control-api/src/main/resources/console/upload");

  @BeforeAll
  static void needsTools() {
    NodeTools.areNeeded();
  }

  @Test
  void the_library_is_checked_in_the_strictest_way() throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of("--noEmit", "--allowJs", "--checkJs", "--strict", "--noUnusedLocals"));
    arguments.addAll(List.of("--target", "es2022", "--module", "es2022"));
    arguments.addAll(List.of("--moduleResolution", "bundler"));
    arguments.addAll(List.of("--lib", "es2024,dom,dom.iterable", "--skipLibCheck"));
    try (Stream<Path> files = Files.list(LIBRARY)) {
      files.map(Path::toString).filter(file -> file.endsWith(".js")).forEach(arguments::add);
    }

    assertThat(NodeTools.run("tsc", arguments.toArray(String[]::new))).isEmpty();
  }
}
