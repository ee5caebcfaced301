package io.waybill.agent.cli;

import io.waybill.agent.control.Patience;
import io.waybill.agent.http.PatientApi;
import io.waybill.agent.transfer.Backoff;
import java.net.URI;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to reach the HTTP API, for commands whose questions MQTT has no words for. */
final class ApiOptions {

  @Option(
      names = "--api-url",
      paramLabel = "URL",
      description = "Where the HTTP API is (env WAYBILL_API_URL).")
  private @Nullable String apiUrl;

  @Option(
      names = "--api-key",
      paramLabel = "KEY",
      description =
          "Who we are there; without one, the device by its credential (env WAYBILL_API_KEY).")
  private @Nullable String apiKey;

  /** Looks at all that was said of the API; nothing is connected. */
  void check(Configuration configuration) {
    configuration.check();
    configuration.bearer(apiKey, configuration.apiUrl(apiUrl));
  }

  PatientApi open(Configuration configuration, Patience patience, Voice voice) {
    URI url = configuration.apiUrl(apiUrl);
    return new PatientApi(
        configuration.api(url, configuration.bearer(apiKey, url)),
        patience,
        ApiOptions::wait,
        voice);
  }

  /** How long to wait after so many failures in a row; longer when the server wishes so. */
  static Duration wait(int failures, long wishSeconds) {
    Duration wished = Duration.ofSeconds(wishSeconds);
    Duration ours = Backoff.PARTS.after(failures, RandomGenerator.getDefault());
    return wished.compareTo(ours) > 0 ? wished : ours;
  }
}
