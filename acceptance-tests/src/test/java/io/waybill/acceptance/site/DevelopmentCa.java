package io.waybill.acceptance.site;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** The authority of {@code broker-config/ca.sh}, in a folder. */
public record DevelopmentCa(Path folder) {
  private static final char[] PASSWORD = "changeit".toCharArray();

  /** One that has vouched for nobody yet. */
  public static DevelopmentCa made(Path folder) {
    DevelopmentCa made = new DevelopmentCa(folder);
    made.run("init");
    return made;
  }

  /** {@code server NAME…}, {@code device ID} or {@code revoke ID}. */
  public void run(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Checkout.ROOT.resolve("broker-config/ca.sh").toString());
    command.add(folder.toString());
    command.addAll(List.of(arguments));
    shell(command);
  }

  /** Gives whoever has this name one more certificate of the same key, which ended years ago. */
  public void runOut(String name) {
    shell(
        List.of(
            "sh",
            "-c",
            """
            set -e
            cd "$1"
            openssl x509 -x509toreq -in "$2.crt" -signkey "$2.key" -copy_extensions copy -out "$2.csr"
            OPENSSL_CONF=openssl.cnf openssl ca -batch -notext -startdate 20200101000000Z \
              -enddate 20210101000000Z -in "$2.csr" -out "$2.crt"
            """,
            "sh",
            folder.toString(),
            name));
  }

  private static void shell(List<String> command) {
    try {
      Command.of(command).run();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Its own certificate. */
  public Path certificate() {
    return folder.resolve("ca.crt");
  }

  /** TLS that trusts it, and shows the certificate of this name; none if null. */
  public MqttClientSslConfig tls(@Nullable String name) {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      try (InputStream pem = Files.newInputStream(certificate())) {
        trusted.setCertificateEntry(
            "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      return MqttClientSslConfig.builder()
          .trustManagerFactory(trust)
          .keyManagerFactory(name == null ? null : keys(name))
          .build();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyManagerFactory keys(String name) throws GeneralSecurityException, IOException {
    Path store = folder.resolve(name + ".p12");
    shell(
        List.of(
            "openssl",
            "pkcs12",
            "-export",
            "-in",
            folder.resolve(name + ".crt").toString(),
            "-inkey",
            folder.resolve(name + ".key").toString(),
            "-passout",
            "pass:" + new String(PASSWORD),
            "-out",
            store.toString()));
    KeyStore own = KeyStore.getInstance("PKCS12");
    try (InputStream bytes = Files.newInputStream(store)) {
      own.load(bytes, PASSWORD);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, PASSWORD);
    return keys;
  }
}
