package io.waybill.core.access;

/**
 * Who made something happen, as timelines and audit rows name it.
 *
 * @param actor {@code device:0190a…}, {@code api_key:0190a…} or {@code worker}
 * @param requestId of the HTTP request or the MQTT envelope
 * @param transport {@code http}, {@code mqtt} or {@code worker}
 */
public record Origin(String actor, String requestId, String transport) {

  /** Background work that nobody asked for by name. */
  public static final Origin WORKER = new Origin("worker", "", "worker");
}
