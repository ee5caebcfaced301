package io.waybill.acceptance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Device;
import io.waybill.acceptance.site.SharedSite;
import io.waybill.acceptance.site.Site;
import io.waybill.core.ErrorCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code docs/troubleshooting.md} names codes that there are, and its device works. */
@Timeout(120)
@ExtendWith(SharedSite.class)
class TroubleshootingPageTest {
  private static final Pattern CODE = Pattern.compile("`([a-z_]+\\.[a-z_]+)`");

  @TempDir private Path folder;

  private final Page page = Page.of("docs/troubleshooting.md");

  @Test
  void it_explains_only_codes_that_there_are() {
    List<String> known = Arrays.stream(ErrorCode.values()).map(ErrorCode::code).toList();

    List<String> explained =
        Stream.of("A device or a PLC on MQTT", "The agent", "A program on the HTTP API", "Anybody")
            .flatMap(chapter -> page.chapter(chapter).stream())
            .filter(line -> line.startsWith("|"))
            .map(line -> line.split("\\|", 3)[1])
            .flatMap(cell -> CODE.matcher(cell).results())
            .map((MatchResult match) -> match.group(1))
            .toList();
    assertThat(explained).hasSizeGreaterThan(20).isSubsetOf(known).doesNotHaveDuplicates();
  }

  @Test
  void the_device_of_the_page_can_do_its_work(Site site) throws Exception {
    List<String> made =
        Shell.type(site, folder, Map.of(), page.blocks("sh device")).lines().toList();
    assertThat(made).hasSize(2);

    UUID id = UUID.fromString(made.getFirst());
    try (Device cell =
        Device.connect(site.configuration(), id, made.getLast(), Duration.ofSeconds(5))) {
      JsonNode told = cell.result("describe", "{}");
      assertThat(told.path("device").isObject()).isTrue();
      assertThat(told.path("development_seed").asBoolean()).isTrue();
    }
  }
}
