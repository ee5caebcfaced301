package io.waybill.acceptance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Checkout;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboard asks for metrics and labels that docs/metrics.md lists. */
class DashboardTest {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([a-z_]+)` \\| (\\w+) \\|([^|]*)\\|");
  private static final Pattern METRIC = Pattern.compile("\\b[a-z]+(?:_[a-z]+)+\\b");
  private static final Pattern GROUPED = Pattern.compile("by \\(([^)]*)\\)");
  private static final Pattern SHOWN = Pattern.compile("\\{\\{(\\w+)}}");
  private static final List<String> OF_PROMETHEUS =
      List.of("histogram_quantile", "__rate_interval");

  /** Of Prometheus itself, or of its histograms. */
  private static final List<String> LABELS_OF_ALL = List.of("job", "instance", "le");

  @Test
  void everyQueryAsksForWhatThereIs() throws Exception {
    Map<String, String> labels = labels();
    int queries = 0;
    for (JsonNode panel : dashboard().path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        String query = target.path("expr").asString();
        String asked = GROUPED.matcher(query).replaceAll("");
        List<String> names = found(METRIC, asked, 0).filter(n -> !isOfPrometheus(n)).toList();
        assertThat(names).as(query).isNotEmpty();
        for (String name : names) {
          assertThat(labels).as(query).containsKey(name);
          assertThat(wanted(query, target))
              .as(query)
              .allMatch(label -> has(labels.getOrDefault(name, ""), label));
        }
        queries++;
      }
    }
    assertThat(queries).isGreaterThan(20);
  }

  private static boolean has(String labels, String label) {
    return LABELS_OF_ALL.contains(label) || labels.contains("`" + label + "`");
  }

  private static List<String> wanted(String query, JsonNode target) {
    return Stream.concat(
            found(GROUPED, query, 1).flatMap(list -> Stream.of(list.split(", "))),
            found(SHOWN, target.path("legendFormat").asString(), 1))
        .toList();
  }

  private static boolean isOfPrometheus(String name) {
    return OF_PROMETHEUS.contains(name);
  }

  private static Stream<String> found(Pattern pattern, String text, int group) {
    return pattern.matcher(text).results().map((MatchResult match) -> match.group(group));
  }

  private static JsonNode dashboard() throws Exception {
    return JsonMapper.shared()
        .readTree(Files.readString(Checkout.ROOT.resolve("docs/operations/dashboard.json")));
  }

  /** By name as Prometheus has it. */
  private static Map<String, String> labels() throws Exception {
    Map<String, String> labels = new TreeMap<>();
    ROW.matcher(Files.readString(Checkout.ROOT.resolve("docs/metrics.md")))
        .results()
        .forEach(row -> {
          String name = row.group(1);
          if (row.group(2).equals("histogram")) {
            Stream.of("_bucket", "_sum", "_count", "_max")
                .forEach(suffix -> labels.put(name + suffix, row.group(3)));
          } else {
            labels.put(name, row.group(3));
          }
        });
    return labels;
  }
}
