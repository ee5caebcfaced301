package io.waybill.acceptance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Queries of Prometheus, held against the metrics and labels that docs/metrics.md lists. */
final class Queries {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([a-z_]+)` \\| (\\w+) \\|([^|]*)\\|");
  private static final Pattern METRIC = Pattern.compile("\\b[a-z]+(?:_[a-z]+)+\\b");
  private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
  private static final Pattern GROUPED = Pattern.compile("by \\(([^)]*)\\)");
  private static final Pattern SELECTED = Pattern.compile("\\{([^}]*)}");
  private static final Pattern LABEL = Pattern.compile("(\\w+)!?[=~]{1,2}\"");
  private static final List<String> FUNCTIONS = List.of("histogram_quantile", "min_over_time");

  /** Those that Prometheus gives to every series: a metric of ours must not have them. */
  static final List<String> LABELS_OF_PROMETHEUS = List.of("job", "instance");

  private final Map<String, String> labels;

  private Queries(Map<String, String> labels) {
    this.labels = labels;
  }

  /** By name as Prometheus has it. */
  static Queries ofMetricsPage() throws IOException {
    Map<String, String> labels = new TreeMap<>();
    ROW.matcher(Files.readString(Checkout.ROOT.resolve("docs/metrics.md")))
        .results()
        .forEach(
            row -> suffixes(row.group(2)).forEach(s -> labels.put(row.group(1) + s, row.group(3))));
    return new Queries(labels);
  }

  private static Stream<String> suffixes(String type) {
    return type.equals("histogram")
        ? Stream.of("_bucket", "_sum", "_count", "_max")
        : Stream.of("");
  }

  /** The labels of every metric, as the page writes them. */
  Map<String, String> labels() {
    return labels;
  }

  /** Holds a query, and what is {@code shown} of its outcome: labels, besides those it names. */
  void hold(String query, Stream<String> shown) {
    String names = GROUPED.matcher(SELECTED.matcher(query).replaceAll("")).replaceAll("");
    List<String> metrics =
        found(METRIC, RANGE.matcher(names).replaceAll(""))
            .filter(n -> !FUNCTIONS.contains(n))
            .toList();
    assertThat(metrics).as(query).isNotEmpty();
    List<String> wanted = Stream.concat(named(query), shown).toList();
    for (String metric : metrics) {
      assertThat(labels).as(query).containsKey(metric);
      assertThat(wanted).as(query).allMatch(label -> has(metric, label));
    }
  }

  private static Stream<String> named(String query) {
    return Stream.concat(
        found(GROUPED, query).flatMap(list -> Stream.of(list.split(", "))),
        found(SELECTED, query).flatMap(list -> found(LABEL, list)));
  }

  private boolean has(String metric, String label) {
    return label.equals("le")
        || LABELS_OF_PROMETHEUS.contains(label)
        || labels.getOrDefault(metric, "").contains("`" + label + "`");
  }

  /** What a pattern finds: its group, where it has one. */
  static Stream<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(m -> m.group(m.groupCount()));
  }
}
