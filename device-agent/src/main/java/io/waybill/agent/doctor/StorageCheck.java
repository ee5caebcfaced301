package io.waybill.agent.doctor;

import io.waybill.agent.control.Trust;
import io.waybill.agent.doctor.Finding.Trouble;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Locale;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/** Whether the store is there. Whatever it answers to nobody in particular, it has answered. */
public final class StorageCheck {

  public static final String STORAGE = "storage";

  private static final int PATIENCE_MILLIS = 10_000;

  private StorageCheck() {}

  /**
   * Asks the store.
   *
   * @param endpoint as the server tells it; null when it told none
   * @param trustedCertificates PEM file of the authorities to trust, null for the JVM's own
   */
  public static Finding of(@Nullable String endpoint, @Nullable Path trustedCertificates) {
    if (endpoint == null) {
      return Finding.warn(
          STORAGE,
          "where the store is could not be found out",
          "mend what is wrong above: the server tells where it is");
    }
    try {
      return answered(endpoint, connect(URI.create(endpoint), trustedCertificates));
    } catch (IOException | IllegalArgumentException e) {
      return silent(endpoint, e);
    }
  }

  private static HttpURLConnection connect(URI endpoint, @Nullable Path authorities)
      throws IOException {
    HttpURLConnection connection = (HttpURLConnection) endpoint.toURL().openConnection();
    if (connection instanceof HttpsURLConnection secure && authorities != null) {
      secure.setSSLSocketFactory(Trust.context(authorities).getSocketFactory());
    }
    connection.setInstanceFollowRedirects(false);
    connection.setConnectTimeout(PATIENCE_MILLIS);
    connection.setReadTimeout(PATIENCE_MILLIS);
    return connection;
  }

  private static Finding answered(String endpoint, HttpURLConnection connection)
      throws IOException {
    int status = connection.getResponseCode();
    String type = String.valueOf(connection.getContentType()).toLowerCase(Locale.ROOT);
    connection.disconnect();
    return status / 100 <= 3 && type.startsWith("text/html")
        ? Finding.warn(
            STORAGE,
            endpoint + " answers with a web page (" + status + ")",
            "does this network want a sign-in, or is there a proxy? A store answers otherwise")
        : Finding.ok(STORAGE, endpoint + " answers");
  }

  private static Finding silent(String endpoint, Exception e) {
    String untrusted = Trust.explain(e, "the store at " + endpoint);
    if (untrusted != null) {
      return Finding.fail(
          STORAGE, Trouble.HERE, untrusted, "put the CA that signed it into the file of ca_file");
    }
    return Finding.fail(
        STORAGE,
        Trouble.UNREACHABLE,
        e instanceof UnknownHostException
            ? "the name of the store, " + endpoint + ", is not known on this network"
            : "no answer from the store at " + endpoint + ": " + e.getMessage(),
        "parts go straight to the store: this machine must reach it; see DNS, routes and firewall");
  }
}
