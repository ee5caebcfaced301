package io.waybill.gateway;

import io.waybill.wire.Topics;
import io.waybill.wire.WireLimits;
import java.time.Duration;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be configured about a gateway.
 *
 * @param shareGroup gateways of one group share the requests; null subscribes plainly, for brokers
 *     without shared subscriptions and one active gateway
 * @param probePort of {@code /healthz}, {@code /readyz}, {@code /metrics}; 0 takes any free port
 */
public record GatewaySettings(
    Broker broker,
    Topics topics,
    @Nullable String shareGroup,
    Bounds bounds,
    String probeHost,
    int probePort) {

  public static final String DEFAULT_SHARE_GROUP = "waybill";
  public static final int DEFAULT_PROBE_PORT = 18_082;

  public GatewaySettings {
    if (shareGroup != null && !shareGroup.matches("[A-Za-z0-9._-]{1,64}")) {
      throw new IllegalArgumentException("not the name of a share group: " + shareGroup);
    }
    if (probePort < 0 || probePort > 65_535) {
      throw new IllegalArgumentException("not a port: " + probePort);
    }
  }

  /** A gateway on a broker of this machine, everything else as it is by default. */
  public static GatewaySettings local(Broker broker) {
    return new GatewaySettings(
        broker,
        new Topics(Topics.DEFAULT_PREFIX),
        DEFAULT_SHARE_GROUP,
        Bounds.DEFAULT,
        "127.0.0.1",
        DEFAULT_PROBE_PORT);
  }

  /** The same with another port for the probes. */
  public GatewaySettings withProbePort(int other) {
    return new GatewaySettings(broker, topics, shareGroup, bounds, probeHost, other);
  }

  /**
   * Where the broker is, and who we are to it.
   *
   * @param clientId unique among gateways: a second one with the same id ends the first
   * @param refusesAnonymous whether to refuse a broker that lets anybody in
   * @param trust whose certificates are trusted; this machine's authorities if null
   */
  public record Broker(
      String host,
      int port,
      boolean tls,
      @Nullable String username,
      @Nullable String password,
      String clientId,
      boolean refusesAnonymous,
      @Nullable TrustManagerFactory trust) {

    /** A broker whose certificate, if it has one, an authority of this machine vouches for. */
    public Broker(
        String host,
        int port,
        boolean tls,
        @Nullable String username,
        @Nullable String password,
        String clientId,
        boolean refusesAnonymous) {
      this(host, port, tls, username, password, clientId, refusesAnonymous, null);
    }

    public Broker {
      if (host.isBlank() || port < 1 || port > 65_535) {
        throw new IllegalArgumentException("not a broker: " + host + ":" + port);
      }
      if (clientId.isBlank() || clientId.length() > 128) {
        throw new IllegalArgumentException("not a client id: " + clientId);
      }
    }

    /** Without the password. */
    @Override
    public String toString() {
      return (tls ? "mqtts://" : "mqtt://") + host + ":" + port + " as " + clientId;
    }
  }

  /**
   * How much at once, and how long.
   *
   * @param payloadBytes largest request that is taken; a larger one is answered, and not read
   * @param receiveMaximum requests that the broker may have with us unacknowledged: the rest of a
   *     flood waits there
   * @param waitingPerDevice requests of one device that may wait behind the one at work; the rest
   *     is told to come again, so that a device's burst does not delay others
   * @param storageCommands commands that may be talking to storage, and as many may wait for the
   *     first call with their key
   * @param storageCommandsPerDevice of one device
   * @param databasePatience how long a request is tried again while the database is away; the last
   *     try takes as long as the database lets it, 2.75 s at most, which must leave room in the 5 s
   *     that a request is held at most
   * @param answerLife how long a broker keeps an answer without URLs for a device that is away
   * @param drainPatience how long the end waits for what has begun
   * @param owedEvery how often answers are looked for that a dead gateway owes
   */
  public record Bounds(
      int payloadBytes,
      int receiveMaximum,
      int waitingPerDevice,
      int storageCommands,
      int storageCommandsPerDevice,
      Duration databasePatience,
      Duration answerLife,
      Duration drainPatience,
      Duration owedEvery) {

    public static final Bounds DEFAULT =
        new Bounds(
            WireLimits.MQTT_PAYLOAD_BYTES,
            64,
            8,
            128,
            16,
            Duration.ofSeconds(2),
            Duration.ofHours(1),
            Duration.ofSeconds(20),
            Duration.ofSeconds(5));

    public Bounds {
      if (payloadBytes < 1 || payloadBytes > WireLimits.MQTT_PAYLOAD_BYTES) {
        throw new IllegalArgumentException("the codec reads no request of " + payloadBytes);
      }
      if (receiveMaximum < 1 || receiveMaximum > 65_535 || waitingPerDevice < 1) {
        throw new IllegalArgumentException("a gateway must be able to serve one request at least");
      }
      if (storageCommandsPerDevice < 1 || storageCommands < storageCommandsPerDevice) {
        throw new IllegalArgumentException("each device must be able to use storage");
      }
      if (databasePatience.compareTo(Duration.ofSeconds(5)) > 0) {
        throw new IllegalArgumentException("a request is not held longer than 5 s");
      }
      if (!answerLife.isPositive() || !owedEvery.isPositive() || drainPatience.isNegative()) {
        throw new IllegalArgumentException("times are positive");
      }
    }

    /** The same for requests of so many bytes. */
    public Bounds taking(int bytes) {
      return new Bounds(
          bytes,
          receiveMaximum,
          waitingPerDevice,
          storageCommands,
          storageCommandsPerDevice,
          databasePatience,
          answerLife,
          drainPatience,
          owedEvery);
    }
  }
}
