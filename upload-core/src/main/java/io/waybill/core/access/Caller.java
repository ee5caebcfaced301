package io.waybill.core.access;

/**
 * Who calls, and in which request.
 *
 * @param requestId of the HTTP request or the MQTT envelope; joins events, audit rows and logs
 * @param transport {@code http} or {@code mqtt}
 * @param client where the request comes from
 */
public record Caller(Identity identity, String requestId, String transport, Client client) {

  /** One of whose connection nothing is known. */
  public Caller(Identity identity, String requestId, String transport) {
    this(identity, requestId, transport, Client.NONE);
  }

  public Origin origin() {
    return new Origin(identity.actor(), requestId, transport, client);
  }
}
