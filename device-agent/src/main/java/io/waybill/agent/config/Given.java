package io.waybill.agent.config;

import java.util.Locale;

/**
 * A setting as somebody wrote it.
 *
 * @param where as {@code WAYBILL_MQTT_PORT}, or {@code broker.port (agent.yaml, line 4)}
 */
public record Given(String text, String where) {

  /** That it cannot be, and what it should be. */
  public ConfigException not(String whatItIs) {
    return new ConfigException(where + " " + whatItIs + ", not " + text);
  }

  public boolean truth() {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new ConfigException(where + " is either true or false");
    };
  }

  /** A whole number between these two. */
  public int number(int least, int most) {
    if (text.matches("\\d{1,9}")) {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw not("is a number from " + least + " to " + most);
  }

  /** One of the constants, in lower case. */
  public <E extends Enum<E>> E oneOf(Class<E> words) {
    StringBuilder known = new StringBuilder();
    for (E word : words.getEnumConstants()) {
      String name = word.name().toLowerCase(Locale.ROOT);
      if (name.equals(text)) {
        return word;
      }
      known.append(known.isEmpty() ? "" : ", ").append(name);
    }
    throw not("is one of " + known);
  }

  /** Never the value: it may be secret. */
  @Override
  public String toString() {
    return where;
  }
}
