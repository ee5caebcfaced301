package io.waybill.core.webhook.usecase;

import io.waybill.core.EntryCode;
import io.waybill.core.FieldError;
import io.waybill.core.ReadableText;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.webhook.Courier;
import io.waybill.core.webhook.WebhookEndpoint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What may be said of a webhook endpoint. */
final class WebhookRules {

  private static final int URL_CHARS = 2048;
  private static final int DESCRIPTION_CHARS = 500;
  private static final int MOST_TYPES = 100;

  private final Courier courier;
  private final Set<String> patterns;

  /**
   * Rules over a vocabulary.
   *
   * @param types the codes of all events that can be told
   */
  WebhookRules(Courier courier, Set<String> types) {
    this.courier = courier;
    this.patterns = new HashSet<>(types);
    patterns.add(WebhookEndpoint.ALL);
    patterns.addAll(
        types.stream().map(WebhookEndpoint::groupOf).collect(Collectors.toUnmodifiableSet()));
  }

  /** Checks what is not null. The URL's host is looked up: never in a transaction. */
  Verdict<Boolean> check(
      @Nullable String url, @Nullable String description, @Nullable List<String> eventTypes) {
    List<FieldError> errors = new ArrayList<>();
    if (url != null) {
      errors.addAll(url(url));
    }
    if (description != null) {
      errors.addAll(ReadableText.check("description", description, DESCRIPTION_CHARS));
    }
    if (eventTypes != null) {
      errors.addAll(types(eventTypes));
    }
    return errors.isEmpty() ? Verdict.ok(true) : Verdict.refused(Refusal.invalid(errors));
  }

  private List<FieldError> url(String url) {
    return url.length() > URL_CHARS
        ? List.of(
            new FieldError(
                "url",
                EntryCode.REQUEST_OUT_OF_RANGE,
                "must have up to " + URL_CHARS + " characters"))
        : courier
            .objection(url)
            .map(why -> List.of(new FieldError("url", EntryCode.WEBHOOK_ENDPOINT_URL_REFUSED, why)))
            .orElse(List.of());
  }

  private List<FieldError> types(List<String> eventTypes) {
    if (eventTypes.isEmpty() || eventTypes.size() > MOST_TYPES) {
      return List.of(
          new FieldError(
              "event_types", EntryCode.REQUEST_OUT_OF_RANGE, "must have from 1 to " + MOST_TYPES));
    }
    List<FieldError> errors = new ArrayList<>();
    for (int i = 0; i < eventTypes.size(); i++) {
      if (!patterns.contains(eventTypes.get(i))) {
        errors.add(
            new FieldError(
                "event_types[" + i + "]",
                EntryCode.WEBHOOK_ENDPOINT_UNKNOWN_EVENT_TYPE,
                "must be *, a group such as upload.*, or a type that webhooks are told, such as"
                    + " upload.completed"));
      }
    }
    return errors;
  }

  /** Empty is none. */
  static @Nullable String textOrNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }
}
