package io.waybill.core.webhook.usecase;

import io.waybill.core.access.Origin;
import io.waybill.core.event.Facts;
import io.waybill.core.event.Journal;
import io.waybill.core.webhook.WebhookEndpoint;
import io.waybill.core.webhook.WebhookEvent;
import io.waybill.core.work.IdSource;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Makes the rows that a change of a webhook endpoint leaves behind: in the audit trail only. */
final class WebhookJournal {

  private final Journal journal;

  WebhookJournal(IdSource ids) {
    this.journal = new Journal(ids);
  }

  Facts wrote(
      WebhookEvent what,
      WebhookEndpoint endpoint,
      Origin origin,
      Instant at,
      Map<String, Object> details) {
    return Facts.of(journal.audit(what, endpoint.resource(), origin, at, details));
  }

  /** Everything but secrets; a URL's path and query may be one. */
  static Map<String, Object> said(WebhookEndpoint endpoint) {
    Map<String, Object> said = new TreeMap<>();
    said.put("host", host(endpoint.url()));
    said.put("event_types", endpoint.eventTypes());
    said.put("status", endpoint.status().name());
    if (endpoint.description() != null) {
      said.put("description", endpoint.description());
    }
    return said;
  }

  private static String host(String url) {
    return url.replaceFirst("^([^:]*://[^/?#]*).*", "$1");
  }
}
