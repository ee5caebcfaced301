package io.waybill.gateway;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
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

/** The authority of {@code broker-config/ca.sh}, which vouches for a broker and for devices. */
record Authority(Path folder) {
  static final String PASSWORD = "changeit";
  private static final String SCRIPT = "../broker-config/ca.sh";

  /** One in this folder that has vouched for a server of this machine, and for these devices. */
  static Authority made(Path folder, List<String> devices) {
    Authority made = new Authority(folder);
    made.run("init");
    made.run("server", "server", "localhost", "127.0.0.1");
    devices.forEach(device -> made.run("device", device));
    return made;
  }

  private void run(String... arguments) {
    List<String> command = new ArrayList<>(List.of(SCRIPT, folder.toString()));
    command.addAll(List.of(arguments));
    Commands.run(command);
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** A key and its certificate in one file, as Java reads it. */
  Path keys(String name) {
    Path store = file(name + ".p12");
    if (!Files.exists(store)) {
      Commands.run(
          List.of(
              "openssl",
              "pkcs12",
              "-export",
              "-in",
              file(name + ".crt").toString(),
              "-inkey",
              file(name + ".key").toString(),
              "-passout",
              "pass:" + PASSWORD,
              "-out",
              store.toString()));
    }
    return store;
  }

  /** Its own certificate in a file of trusted ones, as Java reads it. */
  Path trusted() {
    Path store = file("trusted.p12");
    try (OutputStream out = Files.newOutputStream(store)) {
      trust().store(out, PASSWORD.toCharArray());
      return store;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyStore trust() throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (InputStream pem = Files.newInputStream(file("ca.crt"))) {
      trusted.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
    return trusted;
  }

  /** TLS that trusts it, and shows the certificate of this name; none if null. */
  MqttClientSslConfig tls(@Nullable String name) {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trust());
      return MqttClientSslConfig.builder()
          .trustManagerFactory(trust)
          .keyManagerFactory(name == null ? null : own(name))
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyManagerFactory own(String name) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream bytes = Files.newInputStream(keys(name))) {
      store.load(bytes, PASSWORD.toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    return keys;
  }
}
