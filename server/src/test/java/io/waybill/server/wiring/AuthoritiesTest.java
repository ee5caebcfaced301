package io.waybill.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.waybill.core.Outage;
import io.waybill.core.app.CommitListener;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.DatabaseSetting;
import io.waybill.server.config.ProcessSetting;
import io.waybill.server.config.Setting;
import io.waybill.server.config.StartupFailure;
import io.waybill.server.config.StorageSetting;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One setting for an authority of one's own. */
class AuthoritiesTest {

  private static final String PASSWORD = "changeit";

  @TempDir private Path folder;

  @Test
  void a_store_of_a_private_authority_is_trusted_when_its_file_is_named() throws Exception {
    keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=store", "-ext", "san=ip:127.0.0.1");
    Path authority = folder.resolve("authority.pem");
    keytool("-exportcert", "-rfc", "-file", authority.toString());
    HttpsServer store = serve();
    try {
      String endpoint = "https://127.0.0.1:" + store.getAddress().getPort();

      assertThatExceptionOfType(Outage.class)
          .isThrownBy(() -> check(Map.of(StorageSetting.ENDPOINT, endpoint)))
          .withMessageContaining("WAYBILL_CA_FILE");

      check(
          Map.of(StorageSetting.ENDPOINT, endpoint, ProcessSetting.CA_FILE, authority.toString()));
    } finally {
      store.stop(0);
    }
  }

  @Test
  void the_authorities_of_the_machine_stay_trusted() throws Exception {
    keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=store");
    Path authority = folder.resolve("authority.pem");
    keytool("-exportcert", "-rfc", "-file", authority.toString());

    assertThat(accepted(Map.of(ProcessSetting.CA_FILE, authority.toString())))
        .isEqualTo(accepted(Map.of()) + 1);
  }

  @Test
  void a_file_that_holds_no_certificate_is_named_at_start() throws Exception {
    Path nothing = Files.writeString(folder.resolve("nothing.pem"), "nothing");
    for (Path file : List.of(nothing, folder.resolve("missing.pem"))) {
      assertThatExceptionOfType(StartupFailure.class)
          .isThrownBy(() -> check(Map.of(ProcessSetting.CA_FILE, file.toString())))
          .withMessageContaining("WAYBILL_CA_FILE")
          .withMessageContaining(file.toString());
    }
  }

  @Test
  void the_database_is_told_the_file_unless_its_url_names_one() {
    String url = "jdbc:postgresql://db/waybill?sslmode=verify-full";
    String own = url + "&sslrootcert=/etc/own.pem";

    assertThat(
            Authorities.databaseUrl(
                configuration(
                    Map.of(DatabaseSetting.URL, url, ProcessSetting.CA_FILE, "/etc/a b.pem")),
                DatabaseSetting.URL))
        .isEqualTo(url + "&sslrootcert=%2Fetc%2Fa%20b.pem");
    assertThat(
            Authorities.databaseUrl(
                configuration(
                    Map.of(DatabaseSetting.URL, own, ProcessSetting.CA_FILE, "/etc/a.pem")),
                DatabaseSetting.URL))
        .isEqualTo(own);
  }

  @Test
  void an_endpoint_that_is_none_is_a_clear_error_at_start() {
    assertThatExceptionOfType(StartupFailure.class)
        .isThrownBy(() -> check(Map.of(StorageSetting.PUBLIC_ENDPOINT, "http://127.1:9000")))
        .withMessageContaining("public endpoint");
  }

  private static int accepted(Map<Setting, String> settings) throws Exception {
    Configuration configuration = configuration(settings);
    var trust = Authorities.trust(configuration);
    if (trust == null) {
      trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init((KeyStore) null);
    }
    return ((X509TrustManager) trust.getTrustManagers()[0]).getAcceptedIssuers().length;
  }

  /** Readiness has a second; the first handshake of a process may take longer. */
  private static void check(Map<Setting, String> settings) {
    try (Backbone backbone = Backbone.open(configuration(settings), CommitListener.NONE)) {
      for (int left = 60; ; left--) {
        try {
          backbone.checkStorage();
          return;
        } catch (Outage outage) {
          if (left == 0 || !("" + outage.getMessage()).contains("no answer in time")) {
            throw outage;
          }
        }
      }
    }
  }

  private static Configuration configuration(Map<Setting, String> settings) {
    return Configuration.load(Map.of(), Path.of("/nonexistent")).with(settings);
  }

  private HttpsServer serve() throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, -1);
          }
        });
    server.start();
    return server;
  }

  private void keytool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(
        List.of(
            "-keystore",
            folder.resolve("keys.p12").toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-alias",
            "store"));
    Process keytool =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.out").toFile())
            .start();
    assertThat(keytool.waitFor()).isZero();
  }
}
