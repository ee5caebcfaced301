package io.waybill.core.upload;

import io.waybill.core.ReadableText;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The rule for the name of a file. Somebody will save a download under it, on another machine and
 * another system: it is a relative path that stays where it is put and reads as what it is.
 */
public final class ObjectName {

  private static final int MAX_BYTES = 1024;
  private static final int MAX_SEGMENTS = 32;
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

  private ObjectName() {}

  /** What is wrong with the name; empty when nothing is. */
  public static String faultOf(String name) {
    if (name.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      return "must be at most " + MAX_BYTES + " bytes of UTF-8";
    }
    if (!ReadableText.is(name)) {
      return "must hold no control characters, no bidirectional controls and no broken Unicode";
    }
    if (name.contains("\\")) {
      return "must separate folders by / and hold no backslash";
    }
    if (name.startsWith("/") || DRIVE.matcher(name).matches()) {
      return "must be a relative path, without a leading / or a drive letter";
    }
    String[] segments = name.split("/", -1);
    if (segments.length > MAX_SEGMENTS) {
      return "must have at most " + MAX_SEGMENTS + " segments";
    }
    for (String segment : segments) {
      if (segment.isBlank() || segment.equals(".") || segment.equals("..")) {
        return "must have no segment that is empty, . or ..";
      }
    }
    return "";
  }

  /** The name without its folders. */
  public static String fileName(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
