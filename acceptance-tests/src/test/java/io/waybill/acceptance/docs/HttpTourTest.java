package io.waybill.acceptance.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waybill.acceptance.site.Checkout;
import io.waybill.acceptance.site.Command;
import io.waybill.acceptance.site.SharedSite;
import io.waybill.acceptance.site.Site;
import io.waybill.acceptance.site.Tools;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The lines of {@code docs/http-api.md}, run one after the other, say what stands below them. */
@Timeout(300)
@ExtendWith(SharedSite.class)
class HttpTourTest {

  private static final Pattern STEP =
      Pattern.compile("(?ms)^```bash tour\n(.*?)^```\n(?:```text\n(.*?)^```\n)?");
  private static final String NEXT = "--- the next step ---";

  @TempDir Path folder;

  /** Some lines, and what they print. */
  private record Step(String lines, String said) {}

  @Test
  void every_step_says_what_the_page_says(Site site) throws Exception {
    String missing = Tools.missing("bash", "curl", "jq", "cmp");
    assumeTrue(missing.isEmpty(), missing);
    List<Step> steps =
        STEP.matcher(Page.of("docs/http-api.md").text())
            .results()
            .map(step -> new Step(step.group(1), step.group(2)))
            .toList();
    assertThat(steps).hasSizeGreaterThan(8);

    List<String> said = List.of(run(site, steps).split(Pattern.quote(NEXT + "\n"), -1));

    SoftAssertions each = new SoftAssertions();
    for (int i = 0; i < steps.size(); i++) {
      each.assertThat(said.get(i)).as(steps.get(i).lines()).isEqualTo(steps.get(i).said());
    }
    each.assertAll();
  }

  private String run(Site site, List<Step> steps) throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>(List.of("set -euo pipefail"));
    steps.forEach(step -> {
      lines.add(step.lines());
      lines.add("echo '" + NEXT + "'");
    });
    return Command.of("bash", "-c", String.join("\n", lines))
            .in(folder)
            .with(Map.of("API", site.api().toString(), "FILE", Checkout.RECORDING.toString()))
            .print()
        + "\n";
  }
}
