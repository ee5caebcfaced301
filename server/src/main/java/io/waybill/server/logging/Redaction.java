package io.waybill.server.logging;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The last gate: whatever looks like a secret leaves it as three asterisks. Our own code logs none;
 * this is for messages of libraries and for mistakes.
 */
public final class Redaction {
  private record Rule(Pattern pattern, String replacement) {}

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              Pattern.compile("(?i)([a-z][a-z0-9+.-]*://[^\\s?\"'<>]+\\?)[^\\s\"'<>]+"), "$1***"),
          new Rule(
              Pattern.compile("(?i)(X-Amz-(?:Signature|Credential|Security-Token)=)[^&\\s\"']+"),
              "$1***"),
          new Rule(Pattern.compile("(?i)(Bearer\\s+)[^\\s\"',]+"), "$1***"),
          new Rule(Pattern.compile("\\b(wbd?_)[A-Za-z0-9_-]{8,}"), "$1***"),
          new Rule(
              Pattern.compile(
                  "(?i)((?:password|secret|secret[_-]?key|access[_-]?key|credential|token)"
                      + "[\"']?\\s*[=:]\\s*[\"']?)[^\\s\"',&}]+"),
              "$1***"),
          new Rule(Pattern.compile("(://[^/\\s:@]+:)[^/\\s@]+@"), "$1***@"));

  private Redaction() {}

  /** The text without what looks like a secret; of a URL's query nothing is left. */
  public static String of(String text) {
    String clean = text;
    for (Rule rule : RULES) {
      clean = rule.pattern().matcher(clean).replaceAll(rule.replacement());
    }
    return clean;
  }
}
