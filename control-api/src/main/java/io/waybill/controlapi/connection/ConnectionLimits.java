package io.waybill.controlapi.connection;

import java.time.Duration;

/**
 * How long we wait for the other end of a connection.
 *
 * @param perAddress connections of one address; an IPv6 address counts as its /64
 * @param head from the first byte of a request to the last of its headers
 * @param idle between two requests
 * @param grace how long a body or an answer may move slower than {@code bytesPerSecond}
 * @param bytesPerSecond the least that a body or an answer must move after that
 */
public record ConnectionLimits(
    int perAddress, Duration head, Duration idle, Duration grace, int bytesPerSecond) {

  public static final ConnectionLimits DEFAULT =
      new ConnectionLimits(
          2048, Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(5), 8 << 10);

  public ConnectionLimits {
    if (perAddress < 1 || bytesPerSecond < 1) {
      throw new IllegalArgumentException("Connections need room for one, and to move a byte.");
    }
    if (!head.isPositive() || !idle.isPositive() || !grace.isPositive()) {
      throw new IllegalArgumentException("Connections need positive times.");
    }
  }

  /** The same with other patience. */
  public ConnectionLimits waiting(Duration forHead, Duration whileIdle, Duration forBytes) {
    return new ConnectionLimits(perAddress, forHead, whileIdle, forBytes, bytesPerSecond);
  }

  /** The same for this many connections of one address. */
  public ConnectionLimits perAddress(int connections) {
    return new ConnectionLimits(connections, head, idle, grace, bytesPerSecond);
  }
}
