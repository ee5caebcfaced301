package io.waybill.server.wiring;

import io.waybill.server.config.Configuration;
import io.waybill.server.config.DatabaseSetting;
import io.waybill.server.config.ProcessSetting;
import io.waybill.server.config.StartupFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whose certificates a server process trusts: those that this machine trusts, and those of {@code
 * WAYBILL_CA_FILE}.
 */
final class Authorities {

  private Authorities() {}

  /** For connections to storage, and to webhook endpoints. */
  static SSLContext tls(Configuration configuration) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      TrustManagerFactory trust = trust(configuration);
      context.init(null, trust == null ? null : trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }

  /** For connections to the broker; null where nothing is added to what the machine trusts. */
  static @Nullable TrustManagerFactory trust(Configuration configuration) {
    String file = configuration.text(ProcessSetting.CA_FILE);
    if (file.isEmpty()) {
      return null;
    }
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (X509Certificate each : machines()) {
        store.setCertificateEntry("machine-" + number++, each);
      }
      for (Certificate each : certificates(Path.of(file))) {
        store.setCertificateEntry("file-" + number++, each);
      }
      return factory(store);
    } catch (IOException | GeneralSecurityException e) {
      throw unusable(file, e.getMessage());
    }
  }

  /**
   * A configured URL of the database: its driver takes the file by name, and believes nobody else
   * where the URL asks it to verify.
   */
  static String databaseUrl(Configuration configuration, DatabaseSetting which) {
    String url = configuration.text(which);
    String file = configuration.text(ProcessSetting.CA_FILE);
    if (file.isEmpty() || url.contains("sslrootcert=") || url.contains("sslfactory=")) {
      return url;
    }
    String absolute = Path.of(file).toAbsolutePath().toString();
    return url
        + (url.contains("?") ? "&" : "?")
        + "sslrootcert="
        + URLEncoder.encode(absolute, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (certificates.isEmpty()) {
        throw unusable(file.toString(), "it holds no certificate");
      }
      return certificates;
    }
  }

  private static X509Certificate[] machines() throws GeneralSecurityException {
    for (TrustManager manager : factory(null).getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        return x509.getAcceptedIssuers();
      }
    }
    return new X509Certificate[0];
  }

  private static TrustManagerFactory factory(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory;
  }

  private static StartupFailure unusable(String file, @Nullable String why) {
    return new StartupFailure(
        "%s names %s, which cannot be used as a PEM file of certificates: %s"
            .formatted(ProcessSetting.CA_FILE.variable(), file, why));
  }
}
