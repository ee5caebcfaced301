package io.waybill.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** What an agent says of a certificate that it did not take. */
class TrustTest {
  private static String said(CertificateException reason) {
    var handshake = new SSLHandshakeException("PKIX path validation failed");
    handshake.initCause(new CertificateException("validity check failed", reason));
    return "" + Trust.explain(handshake, "the store at h:443");
  }

  @Test
  void a_reason_comes_with_what_helps_against_it() {
    assertThat(said(new CertificateExpiredException("NotAfter: yesterday")))
        .startsWith("the certificate of the store at h:443 has expired (NotAfter: yesterday)")
        .doesNotContain("WAYBILL_CA_FILE");
    assertThat(said(new CertificateNotYetValidException("NotBefore: tomorrow")))
        .contains("is not valid yet (NotBefore: tomorrow): set this machine's clock");
    assertThat(said(new CertificateException("no path")))
        .contains("is not trusted (no path)", "WAYBILL_CA_FILE");
  }
}
