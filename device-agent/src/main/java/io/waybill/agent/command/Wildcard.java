package io.waybill.agent.command;

/**
 * Wildcards in one name: {@code *} for any characters, {@code ?} for one. What starts with a dot is
 * matched only by what starts with one. It is written out because a regular expression made of
 * somebody else's pattern may take for ever.
 */
final class Wildcard {

  /** Stands for any folders, none included. */
  static final String FOLDERS = "**";

  private Wildcard() {}

  static boolean is(String segment) {
    return segment.indexOf('*') >= 0 || segment.indexOf('?') >= 0;
  }

  static boolean matches(String pattern, String name) {
    if (name.startsWith(".") && !pattern.startsWith(".")) {
      return false;
    }
    int p = 0;
    int n = 0;
    int star = -1;
    int retry = 0;
    while (n < name.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        retry = n;
      } else if (p < pattern.length()
          && (pattern.charAt(p) == '?' || pattern.charAt(p) == name.charAt(n))) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++retry;
      } else {
        return false;
      }
    }
    return pattern.substring(p).chars().allMatch(c -> c == '*');
  }
}
