package io.waybill.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.waybill.core.Outage;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectStore.CreateOutcome;
import io.waybill.core.storage.ObjectStore.NewUpload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store behind TLS, with a certificate that only its own installation knows. */
class TlsStoreTest {

  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final NewUpload UPLOAD =
      new NewUpload(new ObjectLocation("local", "robot-data", "k"), "video/mp4");

  @TempDir private Path folder;
  private final AtomicInteger asked = new AtomicInteger();
  private HttpsServer server;
  private SSLContext knowing;

  @BeforeEach
  void start() throws Exception {
    serve(certificateFor("ip:127.0.0.1"));
  }

  private void serve(KeyStore keys) throws Exception {
    KeyManagerFactory keyManagers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keyManagers.init(keys, PASSWORD);
    SSLContext serving = SSLContext.getInstance("TLS");
    serving.init(keyManagers.getKeyManagers(), null, null);
    knowing = trusting(keys);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(serving) {
          @Override
          public void configure(com.sun.net.httpserver.HttpsParameters parameters) {
            asked.incrementAndGet();
            super.configure(parameters);
          }
        });
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] made = "<R><UploadId>u</UploadId></R>".getBytes(UTF_8);
            exchange.sendResponseHeaders(200, made.length);
            exchange.getResponseBody().write(made);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void a_store_whose_authority_is_named_is_trusted() {
    try (S3ObjectStore store = store("127.0.0.1", knowing)) {
      assertThat(store.createUploads(List.of(UPLOAD)))
          .containsExactly(new CreateOutcome.Created("u"));
    }
  }

  @Test
  void a_store_that_nobody_vouches_for_is_asked_once_and_named() {
    try (S3ObjectStore store = store("127.0.0.1", S3Connections.standard().tls())) {
      assertThatExceptionOfType(Outage.class)
          .isThrownBy(
              () -> new RetryingObjectStore(store, RetryPolicy.DEFAULT).head(UPLOAD.location()))
          .withMessageContaining("certificate is not trusted")
          .withMessageContaining("WAYBILL_CA_FILE");
    }

    assertThat(asked).hasValue(1);
  }

  @Test
  void a_certificate_for_another_name_is_not_trusted() {
    try (S3ObjectStore store = store("localhost", knowing)) {
      assertThatExceptionOfType(Outage.class)
          .isThrownBy(() -> store.head(UPLOAD.location()))
          .withMessageContaining("certificate is not trusted");
    }
  }

  @Test
  void a_certificate_out_of_its_time_is_named_so() throws Exception {
    Map<String, String> whys =
        Map.of("-2y", "its certificate has expired (NotAfter: ", "+1y", "is not valid yet (NotBef");
    for (var when : whys.entrySet()) {
      server.stop(0);
      serve(certificateFor("ip:127.0.0.1", "-startdate", when.getKey(), "-validity", "90"));
      try (S3ObjectStore store = store("127.0.0.1", knowing)) {
        assertThatExceptionOfType(Outage.class)
            .isThrownBy(() -> store.head(UPLOAD.location()))
            .withMessageContaining(when.getValue())
            .withMessageNotContaining("WAYBILL_CA_FILE");
      }
    }
  }

  @Test
  void a_store_without_tls_is_not_asked_for_it_again_and_again() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        S3ObjectStore store =
            store("127.0.0.1", plain.getLocalPort(), S3Connections.standard().tls())) {
      Thread.ofVirtual().start(() -> answerInTheClear(plain));

      assertThatExceptionOfType(Outage.class)
          .isThrownBy(
              () -> new RetryingObjectStore(store, RetryPolicy.DEFAULT).head(UPLOAD.location()))
          .withMessageContaining("no TLS to agree on");
    }
  }

  /** Once: whoever asks again waits for ever. */
  private static void answerInTheClear(ServerSocket plain) {
    try (Socket one = plain.accept()) {
      one.getInputStream().read(new byte[64]);
      one.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private S3ObjectStore store(String host, SSLContext tls) {
    return store(host, server.getAddress().getPort(), tls);
  }

  private static S3ObjectStore store(String host, int port, SSLContext tls) {
    URI uri = URI.create("https://" + host + ":" + port);
    return new S3ObjectStore(
        S3Settings.of(
                "local",
                new S3Endpoint(
                    uri,
                    uri,
                    "us-east-1",
                    new S3Credentials("key", "secret"),
                    S3Addressing.PATH,
                    "robot-data",
                    false))
            .connectedBy(new S3Connections(8, tls)));
  }

  /** One of an authority of its own: whoever is trusted himself is trusted for ever. */
  private KeyStore certificateFor(String subject, String... more) throws Exception {
    Path file = folder.resolve("keys" + String.join("", more) + ".p12");
    keytool(file, "ca", "-dname", "CN=authority", "-ext", "bc:c");
    keytool(
        file,
        "store",
        Stream.concat(
                Stream.of("-dname", "CN=store", "-ext", "san=" + subject, "-signer", "ca"),
                Stream.of(more))
            .toArray(String[]::new));
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    keys.deleteEntry("ca");
    return keys;
  }

  private static void keytool(Path file, String alias, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                alias,
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD)));
    command.addAll(List.of(more));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  private static SSLContext trusting(KeyStore keys) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", keys.getCertificateChain("store")[1]);
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
