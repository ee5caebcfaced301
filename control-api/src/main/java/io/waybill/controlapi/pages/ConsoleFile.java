package io.waybill.controlapi.pages;

import io.waybill.controlapi.edge.HttpAnswer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * One file of the console, ready to be sent.
 *
 * @param compressed with gzip
 */
@SuppressWarnings("ArrayRecordComponent") // made once and never compared
record ConsoleFile(String contentType, byte[] plain, byte[] compressed, String sum) {

  private static final Map<String, String> TYPES =
      Map.of(
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "html", "text/html; charset=utf-8",
          "svg", "image/svg+xml");
  private static final int NOT_MODIFIED = 304;

  static ConsoleFile of(String name, byte[] bytes) {
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (type == null) {
      throw new IllegalStateException("the console has a file of an unknown kind: " + name);
    }
    return new ConsoleFile(type, bytes, compressed(bytes), sum(bytes));
  }

  /**
   * The file, or that it is the one that the browser has.
   *
   * @param known the {@code If-None-Match} of the request
   * @param encodings its {@code Accept-Encoding}
   */
  HttpAnswer answer(@Nullable String known, String encodings) {
    boolean isCompressed = encodings.contains("gzip") && compressed.length < plain.length;
    String tag = "\"" + sum + (isCompressed ? "-gzip" : "") + "\"";
    boolean isKnown = known != null && known.contains(sum);
    HttpAnswer answer =
        new HttpAnswer(
            isKnown ? NOT_MODIFIED : 200,
            contentType,
            isKnown ? new byte[0] : isCompressed ? compressed : plain,
            Map.of(),
            null,
            null);
    answer =
        answer
            .with("ETag", tag)
            .with("Vary", "Accept-Encoding")
            .with("X-Content-Type-Options", "nosniff")
            .with("Referrer-Policy", "no-referrer");
    return isCompressed && !isKnown ? answer.with("Content-Encoding", "gzip") : answer;
  }

  /** The first characters of the bytes' SHA-256: enough to tell our own files apart. */
  static String sum(byte[] bytes) {
    return HexFormat.of().formatHex(sha256(bytes)).substring(0, 16);
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  private static byte[] compressed(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
