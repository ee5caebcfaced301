package io.waybill.doors;

import org.jspecify.annotations.Nullable;

/**
 * In which form a page of metrics is given. Prometheus' own text has no room for the trace behind a
 * number; OpenMetrics has, and is given to those who ask for it, as Prometheus does.
 */
public final class MetricsFormat {
  public static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  public static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private MetricsFormat() {}

  /**
   * The content type of the answer.
   *
   * @param accept what was asked for; null where that was not said
   */
  public static String of(@Nullable String accept) {
    return accept != null && accept.contains("application/openmetrics-text") ? OPEN_METRICS : TEXT;
  }
}
