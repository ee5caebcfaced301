package io.waybill.agent.selection;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A glob over names as they are, whatever the locale: {@code *} and {@code ?} within a folder,
 * {@code **} across folders, {@code [a-z]}, {@code {a,b}}. One without a slash is about the name
 * alone, one with a slash about the path below the folder.
 */
public final class NamePattern {

  private final boolean ofPath;
  private final Pattern pattern;

  private NamePattern(boolean ofPath, Pattern pattern) {
    this.ofPath = ofPath;
    this.pattern = pattern;
  }

  /**
   * Reads a glob.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static NamePattern of(String glob) {
    String inner = glob.startsWith("/") ? glob.substring(1) : glob;
    try {
      return new NamePattern(glob.contains("/"), Pattern.compile(regex(inner), Pattern.DOTALL));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(glob + " is no pattern: " + e.getDescription(), e);
    }
  }

  /** Whether it is about this path, which is relative and has slashes between its names. */
  public boolean matches(String path) {
    return pattern.matcher(ofPath ? path : path.substring(path.lastIndexOf('/') + 1)).matches();
  }

  private static String regex(String glob) {
    StringBuilder regex = new StringBuilder();
    int braces = 0;
    for (int at = 0; at < glob.length(); at++) {
      char c = glob.charAt(at);
      if (glob.startsWith("**/", at)) {
        regex.append("(?:.*/)?");
        at += 2;
      } else if (glob.startsWith("**", at)) {
        regex.append(".*");
        at++;
      } else if (c == '[') {
        at = range(glob, at, regex);
      } else if (c == '{') {
        braces++;
        regex.append("(?:");
      } else if (c == '}' && braces > 0) {
        braces--;
        regex.append(')');
      } else {
        regex.append(simple(c, braces > 0));
      }
    }
    return regex.toString();
  }

  private static String simple(char c, boolean inBraces) {
    return switch (c) {
      case '*' -> "[^/]*";
      case '?' -> "[^/]";
      case ',' -> inBraces ? "|" : ",";
      default -> Pattern.quote(String.valueOf(c));
    };
  }

  /** A range up to its bracket; answers where that is. */
  private static int range(String glob, int from, StringBuilder regex) {
    int end = glob.indexOf(']', from + 2);
    if (end < 0) {
      throw new PatternSyntaxException("a [ without its ]", glob, from);
    }
    String inside = glob.substring(from + 1, end);
    boolean not = inside.startsWith("!") || inside.startsWith("^");
    String set = (not ? inside.substring(1) : inside).replaceAll("([\\\\\\[&^])", "\\\\$1");
    regex.append("(?!/)[").append(not ? "^" : "").append(set).append(']');
    return end;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "NamePattern[%s]", pattern);
  }
}
