package io.waybill.acceptance.docs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waybill.acceptance.site.Command;
import io.waybill.acceptance.site.Site;
import io.waybill.acceptance.site.Tools;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Types what pages tell people to type, with the variables that they name. */
final class Shell {
  private Shell() {}

  /** What the blocks say, run as one script in the folder; they must go well. */
  static String type(Site site, Path folder, Map<String, String> more, List<String> blocks)
      throws IOException, InterruptedException {
    String missing = Tools.missing("sh", "curl", "jq");
    assumeTrue(missing.isEmpty(), missing);
    return Command.of("sh", "-c", "set -e\n" + String.join("\n", blocks))
        .in(folder)
        .with(
            Map.of(
                "API", site.api().toString(),
                "KEY", DevelopmentIdentities.API_KEY,
                "PROJECT", DevelopmentIdentities.PROJECT.toString()))
        .with(more)
        .run();
  }
}
