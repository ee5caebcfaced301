package io.waybill.agent.watch;

import java.util.regex.Pattern;

/**
 * A pattern of paths, over their bytes as text and whatever the locale says. {@code *} and {@code
 * ?} stay within a name, {@code **} goes across folders; a pattern without a slash is about the
 * name alone.
 */
public final class Glob {

  private final Pattern pattern;
  private final boolean nameAlone;

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException when it cannot be one
   */
  public Glob(String text) {
    this.nameAlone = text.indexOf('/') < 0;
    this.pattern = Pattern.compile(regex(text.startsWith("/") ? text.substring(1) : text));
  }

  /**
   * Whether a path is one of these.
   *
   * @param relative below the watched directory
   */
  public boolean matches(String relative) {
    String subject = nameAlone ? relative.substring(relative.lastIndexOf('/') + 1) : relative;
    return pattern.matcher(subject).matches();
  }

  private static String regex(String glob) {
    StringBuilder regex = new StringBuilder("(?s)");
    int depth = 0;
    for (int n = 0; n < glob.length(); n++) {
      char c = glob.charAt(n);
      switch (c) {
        case '*' -> {
          boolean across = n + 1 < glob.length() && glob.charAt(n + 1) == '*';
          boolean folders = across && n + 2 < glob.length() && glob.charAt(n + 2) == '/';
          regex.append(folders ? "(?:.*/)?" : across ? ".*" : "[^/]*");
          n += folders ? 2 : across ? 1 : 0;
        }
        case '?' -> regex.append("[^/]");
        case '[' -> n = set(glob, n, regex);
        case '{' -> {
          depth++;
          regex.append("(?:");
        }
        case '}' -> {
          regex.append(depth > 0 ? ")" : "\\}");
          depth = Math.max(0, depth - 1);
        }
        case ',' -> regex.append(depth > 0 ? '|' : ',');
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return regex + ")".repeat(depth);
  }

  /** A set of characters, or a bracket that means itself because it is never closed. */
  private static int set(String glob, int start, StringBuilder regex) {
    int end = glob.indexOf(']', start + 2);
    if (end < 0) {
      regex.append("\\[");
      return start;
    }
    String inside = glob.substring(start + 1, end);
    boolean not = inside.startsWith("!");
    String escaped = (not ? inside.substring(1) : inside).replaceAll("[\\\\\\[\\]&^]", "\\\\$0");
    regex.append(not ? "[^/" : "[").append(escaped).append(']');
    return end;
  }
}
