package io.waybill.server.wiring;

import io.waybill.s3.Distrust;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.MqttSetting;
import io.waybill.server.config.Setting;
import io.waybill.server.config.StorageSetting;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** The certificates that store and broker show to a server process. */
public final class Certificates {
  private static final int PATIENCE_MILLIS = 5_000;
  private static final int HTTPS = 443;

  private final SSLContext tls;
  private final Set<Place> places = new LinkedHashSet<>();

  /** Where a certificate is shown. */
  public record Place(String host, int port) {
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  /** Of the parts that the configuration has us reach by TLS. */
  public Certificates(Configuration configuration) {
    this.tls = Authorities.tls(configuration);
    for (Setting setting : List.of(StorageSetting.ENDPOINT, StorageSetting.PUBLIC_ENDPOINT)) {
      URI uri = URI.create(configuration.text(setting));
      if ("https".equals(uri.getScheme())) {
        String host = uri.getHost().replaceAll("[\\[\\]]", ""); // around an IPv6 address
        places.add(new Place(host, uri.getPort() < 0 ? HTTPS : uri.getPort()));
      }
    }
    if (configuration.flag(MqttSetting.TLS)) {
      places.add(
          new Place(configuration.text(MqttSetting.HOST), configuration.port(MqttSetting.PORT)));
    }
  }

  /** Each once. */
  public List<Place> places() {
    return List.copyOf(places);
  }

  /**
   * When the certificate that is shown there ends.
   *
   * @throws IllegalStateException when none that we trust is shown, with the reason
   */
  public Instant end(Place place) {
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(place.host, place.port), PATIENCE_MILLIS);
      plain.setSoTimeout(PATIENCE_MILLIS);
      try (SSLSocket socket =
          (SSLSocket) tls.getSocketFactory().createSocket(plain, place.host, place.port, true)) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
            .getNotAfter()
            .toInstant();
      }
    } catch (IOException e) {
      throw new IllegalStateException(
          Objects.requireNonNullElse(Distrust.in(e), String.valueOf(e.getMessage())), e);
    }
  }
}
