package io.waybill.controlapi.connection;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How many connections each address has. */
final class Addresses {

  private final ConcurrentMap<String, Integer> open = new ConcurrentHashMap<>();
  private final int most;

  Addresses(int most) {
    this.most = most;
  }

  /** Counts one more of this address, unless it has as many as it may have. */
  boolean enter(String address) {
    boolean[] isIn = {true};
    open.compute(
        address,
        (key, count) -> {
          int now = count == null ? 0 : count;
          isIn[0] = now < most;
          return isIn[0] ? now + 1 : count;
        });
    return isIn[0];
  }

  void leave(String address) {
    open.computeIfPresent(address, (key, count) -> count > 1 ? count - 1 : null);
  }

  /** What is counted as one: whoever has one IPv6 address has 2^64 of them. */
  static String of(SocketAddress peer) {
    if (!(peer instanceof InetSocketAddress inet) || inet.isUnresolved()) {
      return peer.toString();
    }
    return Network.around(inet.getAddress());
  }
}
