package io.waybill.doors;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The W3C header, and MQTT 5 user property, that says which trace a request is part of. */
public final class TraceParent {

  public static final String NAME = "traceparent";

  private static final Pattern FORM = Pattern.compile("00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");

  private TraceParent() {}

  /** The trace; empty when the text is not of version 00. */
  public static Optional<String> traceId(String traceparent) {
    Matcher matcher = FORM.matcher(traceparent);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
