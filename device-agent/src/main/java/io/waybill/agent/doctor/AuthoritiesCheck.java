package io.waybill.agent.doctor;

import io.waybill.agent.doctor.Finding.Trouble;
import io.waybill.agent.local.LocalPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether the authorities that we are told to trust will still be good for a while. */
public final class AuthoritiesCheck {

  public static final String AUTHORITIES = "ca";

  private static final Duration SOON = Duration.ofDays(30);

  private AuthoritiesCheck() {}

  public static Finding of(@Nullable Path file, Instant now) {
    if (file == null) {
      return Finding.ok(AUTHORITIES, "the authorities of the JVM are trusted; ca_file is not set");
    }
    String shown = LocalPath.text(file);
    Optional<X509Certificate> first;
    try {
      first = firstToEnd(file);
    } catch (IOException | CertificateException e) {
      return unusable(shown, String.valueOf(e.getMessage()));
    }
    if (first.isEmpty()) {
      return unusable(shown, "there is no certificate in it");
    }
    Instant end = first.get().getNotAfter().toInstant();
    String name = first.get().getSubjectX500Principal().getName();
    if (end.isBefore(now)) {
      return Finding.fail(
          AUTHORITIES,
          Trouble.HERE,
          name + " in " + shown + " has ended at " + end,
          "get the authority's new certificate into that file");
    }
    return end.isBefore(now.plus(SOON))
        ? Finding.warn(
            AUTHORITIES,
            name + " in " + shown + " ends at " + end,
            "get the authority's new certificate into that file before then")
        : Finding.ok(AUTHORITIES, shown + " is good until " + end);
  }

  private static Finding unusable(String shown, String why) {
    return Finding.fail(
        AUTHORITIES,
        Trouble.HERE,
        shown + " cannot be used: " + why,
        "it is a PEM file of certificates that this machine's user can read");
  }

  private static Optional<X509Certificate> firstToEnd(Path file)
      throws IOException, CertificateException {
    try (InputStream in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
          .<X509Certificate>mapMulti(AuthoritiesCheck::x509)
          .min(Comparator.comparing(X509Certificate::getNotAfter));
    }
  }

  private static void x509(
      Certificate certificate, java.util.function.Consumer<X509Certificate> next) {
    if (certificate instanceof X509Certificate known) {
      next.accept(known);
    }
  }
}
