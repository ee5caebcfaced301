package io.waybill.s3;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Why a handshake ended because of the certificate that the other side showed. */
public final class Distrust {

  private Distrust() {}

  /**
   * The reason, and what to do about it.
   *
   * @param failure what a connection ended with
   * @return null when it ended for another reason
   */
  public static @Nullable String in(Throwable failure) {
    String unknown = null;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      switch (t) {
        case CertificateExpiredException over -> {
          return "its certificate has expired (%s): renew it there, unless this clock is wrong"
              .formatted(over.getMessage());
        }
        case CertificateNotYetValidException early -> {
          return "its certificate is not valid yet (%s): is this clock right?"
              .formatted(early.getMessage());
        }
        case CertificateException _, CertPathBuilderException _, SSLPeerUnverifiedException _ -> {
          unknown =
              "its certificate is not trusted (%s); WAYBILL_CA_FILE can name its authority"
                  .formatted(t.getMessage());
        }
        default -> {
          // its cause may know
        }
      }
    }
    return unknown;
  }
}
