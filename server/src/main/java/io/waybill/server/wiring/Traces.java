package io.waybill.server.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.StartupFailure;
import io.waybill.server.config.TracesSetting;
import io.waybill.server.tracing.Collector;
import io.waybill.server.tracing.Tracing;
import java.net.URI;

/** Who is told where the time goes, as it is configured. */
final class Traces {
  private static final String USUAL_PATH = "/v1/traces";

  private Traces() {}

  /**
   * Begins to tell, if anybody is to be told.
   *
   * @param program what this process is called, after {@code waybill-}
   */
  static Tracing of(Configuration configuration, String program, MeterRegistry registry) {
    if (configuration.text(TracesSetting.ENDPOINT).isEmpty()) {
      return Tracing.off(registry);
    }
    return Tracing.to(
        new Collector(
            address(configuration),
            configuration.share(TracesSetting.SAMPLE),
            "waybill-" + program,
            Authorities.trust(configuration)),
        registry);
  }

  private static URI address(Configuration configuration) {
    URI address = configuration.uri(TracesSetting.ENDPOINT);
    boolean isHttp =
        "http".equalsIgnoreCase(address.getScheme())
            || "https".equalsIgnoreCase(address.getScheme());
    if (!isHttp || address.getHost() == null || address.getUserInfo() != null) {
      throw new StartupFailure(
          TracesSetting.ENDPOINT.variable()
              + " must be an address such as http://collector:4318, without a password in it");
    }
    String path = address.getPath();
    return path.isEmpty() || path.equals("/") ? address.resolve(USUAL_PATH) : address;
  }
}
