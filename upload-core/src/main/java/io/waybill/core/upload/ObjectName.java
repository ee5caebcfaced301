package io.waybill.core.upload;

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
    if (!isReadable(name)) {
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

  /** Whether a text shows what it holds: nothing that steers a terminal or turns text around. */
  public static boolean isReadable(String text) {
    return text.codePoints().noneMatch(ObjectName::misleads);
  }

  private static boolean misleads(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.CONTROL
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || codePoint == 0x061C
        || codePoint == 0x200E
        || codePoint == 0x200F
        || (codePoint >= 0x202A && codePoint <= 0x202E)
        || (codePoint >= 0x2066 && codePoint <= 0x2069);
  }

  /** The name without its folders. */
  public static String fileName(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
