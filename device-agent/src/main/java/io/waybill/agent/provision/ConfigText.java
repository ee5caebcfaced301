package io.waybill.agent.provision;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a configuration file in which some keys are written anew. What people wrote of the
 * others stays as it is, with its comments.
 */
final class ConfigText {

  private static final Pattern KEY = Pattern.compile("^[\"']?([A-Za-z_]+)[\"']?\\s*:.*");
  private static final String HEAD =
      "# Written by waybill-agent provision; it writes these keys anew each time. What follows below"
          + " is kept.";
  private static final String TAIL = "# Yours from here on.";

  private ConfigText() {}

  /**
   * The new text.
   *
   * @param old the file as it is; empty when there is none
   * @param keys those at the top that are written anew
   * @param block what is written in their place
   */
  static String replaced(String old, Set<String> keys, String block) {
    List<String> kept = new ArrayList<>();
    boolean ours = false;
    for (String line : old.lines().toList()) {
      Matcher key = KEY.matcher(line);
      if (key.matches()) {
        ours = keys.contains(key.group(1));
      } else if (line.startsWith("#")) {
        ours = false;
      }
      if (!ours && !line.equals(HEAD) && !line.equals(TAIL) && !line.equals("---")) {
        kept.add(line);
      }
    }
    String rest = String.join("\n", kept).strip();
    return HEAD + "\n" + block + "\n" + TAIL + "\n" + (rest.isEmpty() ? "" : rest + "\n");
  }

  /** A value that is one text, whatever is in it. */
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.chars()
        .forEach(c -> {
          if (c == '"' || c == '\\') {
            quoted.append('\\').append((char) c);
          } else if (c < 0x20 || c == 0x7f) {
            quoted.append(String.format(java.util.Locale.ROOT, "\\x%02x", c));
          } else {
            quoted.append((char) c);
          }
        });
    return quoted.append('"').toString();
  }
}
