package io.waybill.controlapi.edge;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.waybill.controlapi.connection.Network;
import io.waybill.core.access.Client;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Where requests come from. {@code X-Forwarded-For} is believed only from proxies that the operator
 * has named, and only as far back as they vouch for it: what stands left of the first address that
 * is none of them, a client may have written itself.
 *
 * @param proxies whose word counts
 */
public record Sources(List<Network> proxies) {

  /** No proxy is believed. */
  public static final Sources DIRECT = new Sources(List.of());

  private static final HeaderName FORWARDED = HeaderNames.create("X-Forwarded-For");
  private static final String NOWHERE = "none";

  public Sources {
    proxies = List.copyOf(proxies);
  }

  /** What counts as one place. */
  String of(Incoming request) {
    return request
        .peer()
        .map(peer -> Network.around(behind(peer, request.header(FORWARDED))))
        .orElse(NOWHERE);
  }

  /** What is told of the caller in the audit trail. */
  Client client(Incoming request) {
    return Client.of(
        request
            .peer()
            .map(peer -> behind(peer, request.header(FORWARDED)).getHostAddress())
            .orElse(null),
        request.header(HeaderNames.USER_AGENT).orElse(null));
  }

  private InetAddress behind(InetAddress peer, Optional<String> forwarded) {
    String[] hops = forwarded.orElse("").split(",", -1);
    InetAddress last = peer;
    for (int i = hops.length - 1; i >= 0 && isProxy(last); i--) {
      Optional<InetAddress> hop = address(hops[i].strip());
      if (hop.isEmpty()) {
        return last;
      }
      last = hop.get();
    }
    return last;
  }

  private boolean isProxy(InetAddress address) {
    return proxies.stream().anyMatch(proxy -> proxy.contains(address));
  }

  private static Optional<InetAddress> address(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
