package io.waybill.acceptance.plc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The texts in a controller's program: the questions that it fills in, and the markers by which it
 * finds values in answers. A value is found as the program finds it.
 *
 * @param texts by the name of the constant
 */
record Questions(Map<String, String> texts) {
  private static final Pattern CONSTANT =
      Pattern.compile(
          "(?m)^\\s*(\\w+)\\s*:\\s*(?:STRING|String)(?:\\(\\d+\\))?\\s*:=\\s*'(.*)';\\s*$");

  static Questions of(String program) throws IOException {
    Map<String, String> texts = new HashMap<>();
    Matcher constant = CONSTANT.matcher(Files.readString(Controller.PROGRAMS.resolve(program)));
    while (constant.find()) {
      texts.put(constant.group(1), constant.group(2));
    }
    return new Questions(texts);
  }

  /** The question as the controller asks it. */
  String filled(String name, Map<String, String> values) {
    String text = marker(name);
    for (Map.Entry<String, String> value : values.entrySet()) {
      text = text.replaceFirst(value.getKey(), Matcher.quoteReplacement(value.getValue()));
    }
    assertThat(text).as("everything is filled in").doesNotContain("%");
    assertThat(text.length())
        .as("a STRING of an S7 holds it, and larger numbers, too: %s", text)
        .isLessThanOrEqualTo(254 - 6);
    return text;
  }

  /** What stands after the marker, up to the next quote, comma or bracket. */
  String value(String answer, String name) {
    String marker = marker(name);
    int at = answer.indexOf(marker);
    assertThat(at).as("%s in %s", marker, answer).isNotNegative();
    return answer.substring(at + marker.length()).split("[\",\\]}]", 2)[0];
  }

  private String marker(String name) {
    return Optional.ofNullable(texts.get(name)).orElseThrow(() -> new AssertionError(name));
  }
}
