package io.waybill.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Why a request was refused.
 *
 * @param code what a program switches on
 * @param message what a person reads: the reason and, where there is one, the next step; never a
 *     URL or a secret
 * @param details machine-readable facts: strings, numbers, booleans, lists and maps of them
 * @param retryAfterSeconds when to try again; 0 when time alone will not help
 */
public record Refusal(
    ErrorCode code, String message, Map<String, Object> details, long retryAfterSeconds) {

  public Refusal {
    details = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }

  public static Refusal of(ErrorCode code, String message) {
    return new Refusal(code, message, Map.of(), 0);
  }

  /** Every field that broke a rule, all at once. */
  public static Refusal invalid(List<FieldError> errors) {
    return new Refusal(
        ErrorCode.REQUEST_VALIDATION_FAILED,
        errors.size() == 1
            ? errors.getFirst().field() + ": " + errors.getFirst().message()
            : errors.size() + " fields are not valid; see details.errors",
        Map.of("errors", List.copyOf(errors)),
        0);
  }

  public Refusal with(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(details);
    more.put(name, value);
    return new Refusal(code, message, more, retryAfterSeconds);
  }

  public Refusal retryAfter(long seconds) {
    return new Refusal(code, message, details, seconds);
  }
}
