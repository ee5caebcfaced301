package io.waybill.server.logging;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The last gate: whatever looks like a secret leaves it as three asterisks. Our own code logs none;
 * this is for messages of libraries and for mistakes.
 */
public final class Redaction {
  /**
   * One kind of secret.
   *
   * @param signs no text without any of these characters has one: what most texts are is seen
   *     without the pattern
   */
  private record Rule(String signs, Pattern pattern, String replacement) {
    String cleaned(String text) {
      return isPossibleIn(text) ? pattern.matcher(text).replaceAll(replacement) : text;
    }

    private boolean isPossibleIn(String text) {
      for (int i = 0; i < text.length(); i++) {
        if (signs.indexOf(text.charAt(i)) >= 0) {
          return true;
        }
      }
      return false;
    }
  }

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              "?",
              Pattern.compile("(?i)([a-z][a-z0-9+.-]*://[^\\s?\"'<>]+\\?)[^\\s\"'<>]+"),
              "$1***"),
          new Rule(
              "=",
              Pattern.compile("(?i)(X-Amz-(?:Signature|Credential|Security-Token)=)[^&\\s\"']+"),
              "$1***"),
          new Rule(" \t\n\u000B\f\r", Pattern.compile("(?i)(Bearer\\s+)[^\\s\"',]+"), "$1***"),
          new Rule(".", Pattern.compile("\\beyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_.-]+"), "***"),
          new Rule("_", Pattern.compile("\\b(whsec_)[A-Za-z0-9+/=]{8,}"), "$1***"),
          new Rule("_", Pattern.compile("\\b(wbd?_)[A-Za-z0-9_-]{8,}"), "$1***"),
          new Rule(
              "=:",
              Pattern.compile(
                  "(?i)((?:password|secret|secret[_-]?key|access[_-]?key|credential|token)"
                      + "[\"']?\\s*[=:]\\s*[\"']?)[^\\s\"',&}]+"),
              "$1***"),
          new Rule("@", Pattern.compile("(://[^/\\s:@]+:)[^/\\s@]+@"), "$1***@"));

  private Redaction() {}

  /** The text without what looks like a secret; of a URL's query nothing is left. */
  public static String of(String text) {
    String clean = text;
    for (Rule rule : RULES) {
      clean = rule.cleaned(clean);
    }
    return clean;
  }
}
