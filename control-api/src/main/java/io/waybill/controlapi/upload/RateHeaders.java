package io.waybill.controlapi.upload;

import static java.util.stream.Collectors.joining;

import io.waybill.core.upload.RateStanding;
import java.util.List;
import java.util.Map;

/** {@code RateLimit} and {@code RateLimit-Policy}, as the IETF's draft on them has them. */
final class RateHeaders {

  private RateHeaders() {}

  static Map<String, String> of(List<RateStanding> standings) {
    return Map.of(
        "RateLimit-Policy",
        standings.stream()
            .map(s -> "\"%s\";q=%d;w=60".formatted(s.scope(), s.limit()))
            .collect(joining(", ")),
        "RateLimit",
        standings.stream()
            .map(s -> "\"%s\";r=%d;t=%d".formatted(s.scope(), s.remaining(), s.fullInSeconds()))
            .collect(joining(", ")));
  }
}
