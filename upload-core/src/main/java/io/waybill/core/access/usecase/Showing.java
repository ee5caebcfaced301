package io.waybill.core.access.usecase;

import io.waybill.core.access.Client;

/**
 * Somebody shows a secret.
 *
 * @param source where they are, as far as it counts as one: an IPv4 address, an IPv6 network
 * @param requestId of the request
 * @param transport {@code http} or {@code mqtt}
 * @param client what is told of them in the audit trail
 */
public record Showing(
    String secret, String source, String requestId, String transport, Client client) {

  @Override
  public String toString() {
    return "Showing[" + source + ", " + requestId + ", " + transport + "]";
  }
}
