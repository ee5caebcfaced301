package io.waybill.acceptance.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Sample;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** What a composed system has of the demonstration's project. */
final class Datasets {
  private final Supplier<Api> apis;

  Datasets(Supplier<Api> apis) {
    this.apis = apis;
  }

  /** The files that are stored, by name, with their sums. */
  Map<String, String> files() throws IOException {
    Map<String, String> sums = new HashMap<>();
    try (Api api = apis.get()) {
      for (JsonNode dataset : ready(api)) {
        String id = dataset.path("dataset_id").asString();
        String url =
            api.post(ComposedSystem.PROJECT + "/datasets/" + id + "/download-url", "{}")
                .ok()
                .path("url")
                .asString();
        sums.put(
            dataset.path("original_filename").asString(),
            Sample.sha256(URI.create(url).toURL().openStream()));
      }
    }
    return sums;
  }

  /** Whoever has stored a file has done its part; a worker looks into it before others see it. */
  void awaitReady(Set<String> names) {
    Awaitility.await("files to be READY")
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> assertThat(readyOnes()).containsAll(names));
  }

  /** Of all that are there most are what was asked for and aborted, more than one page of them. */
  private Set<String> readyOnes() {
    Set<String> names = new TreeSet<>();
    try (Api api = apis.get()) {
      for (JsonNode dataset : ready(api)) {
        names.add(dataset.path("original_filename").asString());
      }
    }
    return names;
  }

  private static JsonNode ready(Api api) {
    return api.get(ComposedSystem.PROJECT + "/datasets?limit=100&status=READY")
        .ok()
        .path("datasets");
  }
}
