package io.waybill.core.access;

/**
 * Who made something happen, as timelines and audit rows name it.
 *
 * @param actor {@code device:0190a…}, {@code api_key:0190a…}, {@code admin} or {@code worker}
 * @param requestId of the HTTP request or the MQTT envelope
 * @param transport {@code http}, {@code mqtt}, {@code cli} or {@code worker}
 * @param client where the request came from
 */
public record Origin(String actor, String requestId, String transport, Client client) {

  /** Background work that nobody asked for by name. */
  public static final Origin WORKER = new Origin("worker", "", "worker");

  /** Whoever runs the installation, at its command line. */
  public static final Origin OPERATOR = new Origin("admin", "", "cli");

  /** One of whose connection nothing is known. */
  public Origin(String actor, String requestId, String transport) {
    this(actor, requestId, transport, Client.NONE);
  }
}
