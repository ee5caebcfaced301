package io.waybill.wire;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Something that has happened, as CloudEvents 1.0 has it in JSON's structured mode.
 *
 * @param id the same however often it is delivered
 * @param tenantId an extension of its own, and in {@code source}
 * @param type such as {@code upload.completed}
 * @param subject what it happened to: {@code upload_session/0190…}
 * @param sequence extension: the version of the subject, for order and gaps
 * @param data never a secret
 */
public record CloudEvent(
    UUID id,
    UUID tenantId,
    String type,
    String subject,
    long sequence,
    Instant time,
    Map<String, Object> data) {

  /** What the structured mode is called as a content type. */
  public static final String CONTENT_TYPE = "application/cloudevents+json";

  public CloudEvent {
    data = Map.copyOf(data);
  }

  /** Writes it. */
  public byte[] encode() {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("specversion", "1.0");
    event.put("id", id);
    event.put("source", "/tenants/" + tenantId);
    event.put("type", type);
    event.put("subject", subject);
    event.put("time", time);
    event.put("datacontenttype", "application/json");
    event.put("tenantid", tenantId);
    event.put("sequence", Long.toString(sequence));
    event.put("data", data);
    return Json.bytes(event);
  }
}
