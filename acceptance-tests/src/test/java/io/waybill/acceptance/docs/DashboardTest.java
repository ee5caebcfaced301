package io.waybill.acceptance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Checkout;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboard asks for metrics and labels that docs/metrics.md lists. */
class DashboardTest {
  private static final Pattern SHOWN = Pattern.compile("\\{\\{(\\w+)}}");

  @Test
  void everyQueryAsksForWhatThereIs() throws Exception {
    Queries queries = Queries.ofMetricsPage();
    int held = 0;
    for (JsonNode panel : dashboard().path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        queries.hold(
            target.path("expr").asString(),
            Queries.found(SHOWN, target.path("legendFormat").asString()));
        held++;
      }
    }
    assertThat(held).isGreaterThan(20);
  }

  private static JsonNode dashboard() throws Exception {
    return JsonMapper.shared()
        .readTree(Files.readString(Checkout.ROOT.resolve("docs/operations/dashboard.json")));
  }
}
