package io.waybill.doors;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The W3C header, and MQTT 5 user property, that says which trace a request is part of.
 *
 * @param traceId 32 hexadecimal digits, not all zero
 * @param spanId of what the caller does, 16 hexadecimal digits, not all zero
 * @param isSampled whether the caller's part is told to a collector
 */
public record TraceParent(String traceId, String spanId, boolean isSampled) {

  public static final String NAME = "traceparent";

  private static final Pattern FORM =
      Pattern.compile("00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]([0-9a-f])");
  private static final int HEXADECIMAL = 16;

  /** What it says; empty when the text is not of version 00. */
  public static Optional<TraceParent> read(String traceparent) {
    Matcher matcher = FORM.matcher(traceparent);
    return matcher.matches()
        ? Optional.of(
            new TraceParent(
                matcher.group(1),
                matcher.group(2),
                Integer.parseInt(matcher.group(3), HEXADECIMAL) % 2 == 1))
        : Optional.empty();
  }

  /** The trace; empty when the text is not of version 00. */
  public static Optional<String> traceId(String traceparent) {
    return read(traceparent).map(TraceParent::traceId);
  }
}
