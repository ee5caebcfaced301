package io.waybill.agent.control;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Trust in the certificate authorities of one PEM file, and in no other. */
public final class Trust {

  private Trust() {}

  public static TrustManagerFactory factory(Path certificates) {
    try (InputStream in = Files.newInputStream(certificates)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca-" + number++, each);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory;
    } catch (IOException | GeneralSecurityException e) {
      throw unusable(certificates, e);
    }
  }

  public static SSLContext context(Path certificates) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory(certificates).getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw unusable(certificates, e);
    }
  }

  /**
   * Says that a handshake failed because of the certificate that the other side showed, and what to
   * do about it.
   *
   * @param whose who showed the certificate, as {@code the store at h:443}
   * @return null when it failed for another reason
   */
  public static @Nullable String explain(Throwable failure, String whose) {
    for (Throwable next = failure; next != null; next = next.getCause()) {
      if (next instanceof CertificateException || next instanceof CertPathValidatorException) {
        return "the certificate of " + whose + " " + why(deepest(next));
      }
    }
    return null;
  }

  private static String why(Throwable reason) {
    return switch (reason) {
      case CertificateExpiredException over ->
          "has expired (%s): whoever runs that must renew it, unless this machine's clock is wrong"
              .formatted(over.getMessage());
      case CertificateNotYetValidException early ->
          "is not valid yet (%s): set this machine's clock".formatted(early.getMessage());
      default ->
          "is not trusted (%s); name the file of its CA in WAYBILL_CA_FILE"
              .formatted(reason.getMessage());
    };
  }

  private static Throwable deepest(Throwable cause) {
    Throwable deepest = cause;
    for (Throwable next = cause; next != null; next = next.getCause()) {
      deepest = next;
    }
    return deepest;
  }

  private static IllegalArgumentException unusable(Path certificates, Exception e) {
    return new IllegalArgumentException(
        "the certificates in " + certificates + " cannot be used: " + e.getMessage(), e);
  }
}
