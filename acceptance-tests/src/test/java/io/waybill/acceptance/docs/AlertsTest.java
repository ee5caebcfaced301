package io.waybill.acceptance.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waybill.acceptance.site.Checkout;
import io.waybill.acceptance.site.Command;
import io.waybill.acceptance.site.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The alerts ask for metrics that docs/metrics.md lists, lead to a section of the runbooks, and go
 * off when they should: Prometheus' own {@code promtool} says so.
 */
class AlertsTest {
  private static final Path OPERATIONS = Checkout.ROOT.resolve("docs/operations");
  private static final Pattern RECORDED = Pattern.compile("(\\b[a-z]+:[a-z]+:[a-z0-9]+\\b)");
  private static final Pattern SHOWN = Pattern.compile("\\$labels\\.(\\w+)");
  private static final Pattern SECTION = Pattern.compile("(?m)^## (.+)$");
  private static final Pattern UP = Pattern.compile("\\bup\\{");

  @Test
  void noMetricHasALabelThatPrometheusGives() throws Exception {
    Queries.ofMetricsPage()
        .labels()
        .forEach((metric, labels) ->
            assertThat(labels)
                .as(
                    "Prometheus would call it exported_…, and queries by it would mix series: "
                        + metric)
                .doesNotContain(
                    Queries.LABELS_OF_PROMETHEUS.stream().map(l -> "`" + l + "`").toList()));
  }

  @Test
  void everyAlertAsksForWhatThereIs() throws Exception {
    Queries queries = Queries.ofMetricsPage();
    var recorded = new TreeSet<String>();
    int held = 0;
    for (JsonNode rule : rules()) {
      String query = rule.path("expr").asString();
      recorded.add(rule.path("record").asString(""));
      List<String> asked = Queries.found(RECORDED, query).toList();
      if (!asked.isEmpty()) {
        assertThat(recorded).as(query).containsAll(asked);
      } else if (!UP.matcher(query).find()) {
        queries.hold(query, Queries.found(SHOWN, rule.path("annotations").toString()));
      }
      held++;
    }
    assertThat(held).isGreaterThan(25);
  }

  @Test
  void everyAlertHasItsRunbook() throws Exception {
    List<String> sections =
        Queries.found(SECTION, Files.readString(OPERATIONS.resolve("runbooks.md")))
            .map(title -> "runbooks.md#" + title.toLowerCase(Locale.ROOT).replace(' ', '-'))
            .toList();
    String tests = Files.readString(OPERATIONS.resolve("alerts.test.yaml"));
    for (JsonNode rule : rules()) {
      if (rule.has("alert")) {
        String alert = rule.path("alert").asString();
        assertThat(rule.path("annotations").path("runbook").asString()).as(alert).isIn(sections);
        assertThat(rule.path("labels").path("severity").asString())
            .as(alert)
            .isIn("page", "ticket");
        assertThat(tests).as("a test of " + alert).contains("alertname: " + alert + "\n");
      }
    }
  }

  @Test
  void theyGoOffWhenTheyShould() throws Exception {
    String missing = Tools.missing("promtool");
    assumeTrue(missing.isEmpty(), missing);
    assertThat(promtool("check", "rules", "alerts.yaml")).contains("SUCCESS");
    assertThat(promtool("test", "rules", "alerts.test.yaml")).contains("SUCCESS");
  }

  private static String promtool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    return Command.of(command).in(OPERATIONS).run();
  }

  private static List<JsonNode> rules() throws IOException {
    Object file =
        new Load(LoadSettings.builder().build())
            .loadFromString(Files.readString(OPERATIONS.resolve("alerts.yaml")));
    List<JsonNode> rules = new ArrayList<>();
    JsonMapper.shared()
        .<JsonNode>valueToTree((Map<?, ?>) file)
        .path("groups")
        .forEach(group -> group.path("rules").forEach(rules::add));
    return rules;
  }
}
