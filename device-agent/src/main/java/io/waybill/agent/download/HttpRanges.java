package io.waybill.agent.download;

import io.waybill.agent.control.Trust;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Ranges of one object of a store, by a presigned URL. A range that a proxy makes up, or one of
 * another object, is told by its status, its Content-Range and its ETag before a byte is taken.
 */
final class HttpRanges implements RangeSource {

  private static final int PIECE = 64 << 10;
  private static final int CONNECT_MILLIS = 10_000;
  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+|\\*)");

  private final long sizeBytes;
  private final int stallMillis;
  private final @Nullable SSLSocketFactory trust;
  private final SeenEtag etag;

  /**
   * @param etag what the object is known as, null to take it from the first answer
   * @param stall how long nothing may come before a connection counts as broken
   * @param trustedCertificates PEM file of the authorities to trust, null for the JVM's own
   */
  HttpRanges(
      long sizeBytes, @Nullable String etag, Duration stall, @Nullable Path trustedCertificates) {
    this.sizeBytes = sizeBytes;
    this.stallMillis = Math.toIntExact(stall.toMillis());
    this.trust =
        trustedCertificates == null ? null : Trust.context(trustedCertificates).getSocketFactory();
    this.etag = new SeenEtag(etag);
  }

  @Override
  public Fetched fetch(URI url, long start, long length, Sink sink) throws IOException {
    HttpURLConnection connection;
    try {
      connection = open(url);
      connection.setRequestProperty("Range", "bytes=" + start + "-" + (start + length - 1));
      Fetched strange = look(connection, start, length);
      if (strange != null) {
        connection.disconnect();
        return strange;
      }
    } catch (IOException e) {
      return new Fetched.Later(words(url, e));
    }
    return copy(connection, url, length, sink);
  }

  private HttpURLConnection open(URI url) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
    if (connection instanceof HttpsURLConnection secure && trust != null) {
      secure.setSSLSocketFactory(trust);
    }
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(stallMillis);
    connection.setRequestProperty("Accept-Encoding", "identity");
    return connection;
  }

  /** Null when what follows are the bytes that were asked for. */
  private @Nullable Fetched look(HttpURLConnection connection, long start, long length)
      throws IOException {
    int status = connection.getResponseCode();
    String said = "the store answered " + status;
    return switch (status) {
      case HttpURLConnection.HTTP_PARTIAL -> lookAtRange(connection, start, length);
      case HttpURLConnection.HTTP_OK -> lookAtWhole(connection, length);
      case HttpURLConnection.HTTP_FORBIDDEN, HttpURLConnection.HTTP_UNAUTHORIZED ->
          new Fetched.Forbidden(said);
      case HttpURLConnection.HTTP_BAD_REQUEST -> new Fetched.Forbidden(said);
      case HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_GONE ->
          new Fetched.Other(said + ": the object is not there any more");
      case 416 -> new Fetched.Other(said + ": the object is shorter than it was");
      default -> new Fetched.Later(said);
    };
  }

  private @Nullable Fetched lookAtRange(HttpURLConnection answer, long start, long length) {
    Matcher range = CONTENT_RANGE.matcher(header(answer, "Content-Range"));
    if (!range.matches()
        || !range.group(1).equals(Long.toString(start))
        || !range.group(2).equals(Long.toString(start + length - 1))) {
      return new Fetched.Later("something answered with another range than was asked for");
    }
    if (!range.group(3).equals("*") && !range.group(3).equals(Long.toString(sizeBytes))) {
      return new Fetched.Other(
          "the object has " + range.group(3) + " bytes in the store, and not " + sizeBytes);
    }
    return etag.differs(header(answer, "ETag"));
  }

  /** Right only where the whole was asked for; else it is a proxy, or a page to sign in. */
  private @Nullable Fetched lookAtWhole(HttpURLConnection answer, long length) {
    boolean whole = length == sizeBytes && answer.getContentLengthLong() == sizeBytes;
    return whole && !header(answer, "ETag").isEmpty()
        ? etag.differs(header(answer, "ETag"))
        : new Fetched.Later(
            "something answered in place of the store (200 without a range); does this network"
                + " want a sign-in, or is there a proxy?");
  }

  private static String header(HttpURLConnection answer, String name) {
    String value = answer.getHeaderField(name);
    return value == null ? "" : value.strip();
  }

  private static Fetched copy(HttpURLConnection connection, URI url, long length, Sink sink)
      throws IOException {
    byte[] piece = new byte[PIECE];
    long left = length;
    try (InputStream in = connection.getInputStream()) {
      while (left > 0) {
        int count;
        try {
          count = in.read(piece, 0, (int) Math.min(piece.length, left));
        } catch (IOException e) {
          connection.disconnect();
          return new Fetched.Later(words(url, e));
        }
        if (count < 0) {
          return new Fetched.Later("the store ended its answer before it was whole");
        }
        sink.take(ByteBuffer.wrap(piece, 0, count));
        left -= count;
      }
    }
    return new Fetched.Whole();
  }

  private static String words(URI url, IOException e) {
    String store = "the store at " + url.getHost();
    String untrusted = Trust.explain(e, store);
    if (untrusted != null) {
      return untrusted;
    }
    return e instanceof UnknownHostException
        ? "the name of the store, " + url.getHost() + ", is not known on this network"
        : "no bytes from "
            + store
            + ": "
            + String.valueOf(e.getMessage()).replaceAll("https?://\\S+", "its URL");
  }

  /** The name of the bytes; the first answer gives it where nobody has told. */
  private static final class SeenEtag {
    private @Nullable String known;

    SeenEtag(@Nullable String known) {
      this.known = known == null ? null : bare(known);
    }

    synchronized @Nullable Fetched differs(String seen) {
      String now = bare(seen);
      if (known == null || known.isEmpty()) {
        known = now;
      }
      return now.isEmpty() || now.equals(known)
          ? null
          : new Fetched.Other("the store has other bytes there by now (its ETag is another one)");
    }

    private static String bare(String etag) {
      return etag.replaceFirst("^W/", "").replace("\"", "").toLowerCase(Locale.ROOT);
    }
  }
}
