package io.waybill.core.access;

/**
 * Who calls, and in which request.
 *
 * @param requestId of the HTTP request or the MQTT envelope; joins events, audit rows and logs
 * @param transport {@code http} or {@code mqtt}
 */
public record Caller(Identity identity, String requestId, String transport) {

  public Origin origin() {
    return new Origin(identity.actor(), requestId, transport);
  }
}
