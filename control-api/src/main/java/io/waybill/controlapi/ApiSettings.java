package io.waybill.controlapi;

import io.waybill.controlapi.connection.ConnectionLimits;
import io.waybill.controlapi.edge.Rooms;
import io.waybill.controlapi.edge.Sources;
import io.waybill.controlapi.live.EventStreams;
import io.waybill.wire.WireLimits;
import java.time.Duration;
import java.util.Set;

/**
 * How the HTTP API runs.
 *
 * @param host address to listen on
 * @param port port to listen on; 0 takes any that is free
 * @param sources whom it believes about where requests come from
 * @param corsOrigins origins whose pages may call us; {@code *} for all
 * @param maxBodyBytes largest request body
 * @param drainBytes how much of a larger one is read before it is refused; beyond it the connection
 *     is closed
 * @param rooms requests at work at once
 * @param streams how many may follow events at once
 * @param maxConnections connections open at once
 * @param connections how long we wait for the other end of one
 * @param readinessLimit how long a part of the world has to answer {@code /readyz}
 * @param stopGrace how long requests under way have to finish when we stop
 */
public record ApiSettings(
    String host,
    int port,
    Sources sources,
    Set<String> corsOrigins,
    int maxBodyBytes,
    long drainBytes,
    Rooms.Sizes rooms,
    EventStreams.Sizes streams,
    int maxConnections,
    ConnectionLimits connections,
    Duration readinessLimit,
    Duration stopGrace) {

  public static final ApiSettings DEFAULT =
      new ApiSettings(
          "127.0.0.1",
          18080,
          Sources.DIRECT,
          Set.of(
              "http://localhost:5173",
              "http://127.0.0.1:5173",
              "http://localhost:18080",
              "http://127.0.0.1:18080"),
          WireLimits.DOCUMENT_BYTES,
          8L << 20,
          Rooms.Sizes.DEFAULT,
          EventStreams.Sizes.DEFAULT,
          8192,
          ConnectionLimits.DEFAULT,
          Duration.ofSeconds(1),
          Duration.ofSeconds(5));

  public ApiSettings {
    corsOrigins = Set.copyOf(corsOrigins);
    require(!host.isBlank(), "an address to listen on");
    require(port >= 0 && port <= 65_535, "a port from 0 to 65535");
    require(
        maxBodyBytes > 0 && maxBodyBytes <= WireLimits.DOCUMENT_BYTES,
        "a body limit from 1 byte to 1 MiB");
    require(drainBytes >= maxBodyBytes, "to drain at least what it accepts");
    require(maxConnections > 0, "room for at least one connection");
    require(readinessLimit.isPositive() && stopGrace.isPositive(), "positive times");
  }

  public ApiSettings listeningOn(String address, int number) {
    return new ApiSettings(
        address,
        number,
        sources,
        corsOrigins,
        maxBodyBytes,
        drainBytes,
        rooms,
        streams,
        maxConnections,
        connections,
        readinessLimit,
        stopGrace);
  }

  /** The same behind proxies. */
  public ApiSettings behind(Sources others) {
    return new ApiSettings(
        host,
        port,
        others,
        corsOrigins,
        maxBodyBytes,
        drainBytes,
        rooms,
        streams,
        maxConnections,
        connections,
        readinessLimit,
        stopGrace);
  }

  public ApiSettings allowing(Set<String> origins) {
    return new ApiSettings(
        host,
        port,
        sources,
        origins,
        maxBodyBytes,
        drainBytes,
        rooms,
        streams,
        maxConnections,
        connections,
        readinessLimit,
        stopGrace);
  }

  /** The same with other bounds on what clients may send and hold. */
  public ApiSettings bounded(int bodyBytes, int connectionsInAll, ConnectionLimits each) {
    return new ApiSettings(
        host,
        port,
        sources,
        corsOrigins,
        bodyBytes,
        drainBytes,
        rooms,
        streams,
        connectionsInAll,
        each,
        readinessLimit,
        stopGrace);
  }

  /** The same with other rooms. */
  public ApiSettings working(Rooms.Sizes sizes) {
    return new ApiSettings(
        host,
        port,
        sources,
        corsOrigins,
        maxBodyBytes,
        drainBytes,
        sizes,
        streams,
        maxConnections,
        connections,
        readinessLimit,
        stopGrace);
  }

  /** The same with other streams. */
  public ApiSettings streaming(EventStreams.Sizes others) {
    return new ApiSettings(
        host,
        port,
        sources,
        corsOrigins,
        maxBodyBytes,
        drainBytes,
        rooms,
        others,
        maxConnections,
        connections,
        readinessLimit,
        stopGrace);
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException("The HTTP API needs " + what + ".");
    }
  }
}
