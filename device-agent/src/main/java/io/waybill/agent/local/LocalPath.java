package io.waybill.agent.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * A path as the bytes that it is. The JVM's way from text to path goes through the locale, and
 * loses {@code Über.mcap} under {@code LC_ALL=C}; its way through a URI goes through nothing.
 */
public final class LocalPath {

  private static final String URI_START = "file://";
  private static final String PLAIN = "/-._~";

  private LocalPath() {}

  /** The absolute, normal path of what was given on a command line, as {@link ByteText}. */
  public static Path of(String text) {
    return ofAbsolute(text.startsWith("/") ? text : workingDirectory() + "/" + text);
  }

  /** As {@link ByteText}; the path must be absolute. */
  public static String text(Path path) {
    return ByteText.of(bytes(path.toUri().getRawPath()));
  }

  /** The last segment. */
  public static String name(Path path) {
    String text = text(path);
    return text.substring(text.lastIndexOf('/') + 1);
  }

  /** What a manifest holds: the path itself where it is valid UTF-8, else its URI. */
  public static String stored(Path path) {
    String text = text(path);
    return ByteText.isWhole(text) ? text : URI_START + encoded(text);
  }

  /**
   * The way back.
   *
   * @throws IllegalArgumentException when that was never {@link #stored}
   */
  public static Path ofStored(String stored) {
    if (stored.startsWith(URI_START)) {
      return Path.of(URI.create(stored));
    }
    if (!stored.startsWith("/") || stored.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a path that is none");
    }
    return ofAbsolute(stored);
  }

  /** As a shell takes it. */
  public static String quoted(Path path) {
    String text = text(path);
    if (text.matches("[A-Za-z0-9/._+@%:,=-]+")) {
      return text;
    }
    String shown = Shown.line(text);
    return shown.equals(text)
        ? "'" + text.replace("'", "'\\''") + "'"
        : "$'" + Shown.line(text.replace("\\", "\\\\").replace("'", "\\'")) + "'";
  }

  private static Path ofAbsolute(String text) {
    return Path.of(URI.create(URI_START + encoded(text.replaceAll("/{2,}", "/")))).normalize();
  }

  /** The JVM knows it as text only. */
  private static String workingDirectory() {
    try {
      return text(Files.readSymbolicLink(Path.of("/proc/self/cwd")));
    } catch (IOException | UnsupportedOperationException e) {
      return text(Path.of("").toAbsolutePath());
    }
  }

  private static String encoded(String text) {
    StringBuilder uri = new StringBuilder(text.length() + 16);
    for (byte each : ByteText.bytes(text)) {
      boolean plain =
          each > 0 && (Character.isLetterOrDigit((char) each) || PLAIN.indexOf(each) >= 0);
      if (plain) {
        uri.append((char) each);
      } else {
        uri.append('%').append(HexFormat.of().withUpperCase().toHexDigits(each));
      }
    }
    return uri.toString();
  }

  private static byte[] bytes(String uri) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(uri.length());
    // A directory's URI ends in a slash; its path does not.
    int end = uri.length() > 1 && uri.endsWith("/") ? uri.length() - 1 : uri.length();
    for (int n = 0; n < end; n++) {
      if (uri.charAt(n) == '%') {
        bytes.write(HexFormat.fromHexDigits(uri, n + 1, n + 3));
        n += 2;
      } else {
        bytes.write(uri.charAt(n));
      }
    }
    return bytes.toByteArray();
  }
}
