package io.waybill.hivemq;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;

/**
 * What {@code waybill.properties} says.
 *
 * @param controlApi its internal port
 * @param secret what is shown there
 * @param period how often control-api is asked about everybody who is here
 * @param memory how long what was allowed is not asked again
 */
record ExtensionSettings(
    URI controlApi, String secret, Gateways gateways, Duration period, Duration memory) {

  /** Reads the file, and those that it names. What is wrong is said in one sentence. */
  static ExtensionSettings read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader text = Files.newBufferedReader(file, UTF_8)) {
      properties.load(text);
    }
    Lines lines = new Lines(file, properties);
    return new ExtensionSettings(
        lines.address("control-api.url"),
        lines.secret("control-api.secret"),
        new Gateways(
            lines.name("gateway.user", "waybill-gateway"),
            lines.secret("gateway.password"),
            lines.name("topic-prefix", "device")),
        Duration.ofSeconds(lines.number("check-seconds", 2, 1, 60)),
        Duration.ofSeconds(lines.number("remember-seconds", 60, 1, 3600)));
  }

  @Override
  public String toString() {
    return "ExtensionSettings[" + controlApi + ", " + gateways + "]";
  }

  private record Lines(Path file, Properties properties) {
    String text(String key, String standard) {
      return properties.getProperty(key, standard).strip();
    }

    String name(String key, String standard) {
      String name = text(key, standard);
      if (name.isEmpty()) {
        throw wrong(key + " is empty; leave the line out for " + standard);
      }
      return name;
    }

    /** What nobody else may read may stand in a file of its own. */
    String secret(String key) throws IOException {
      String named = text(key + "-file", "");
      String value =
          named.isEmpty()
              ? text(key, "")
              : Files.readString(file.resolveSibling(named), UTF_8).strip();
      if (value.isEmpty()) {
        throw wrong(key + ", or " + key + "-file, is missing");
      }
      return value;
    }

    URI address(String key) {
      String text = text(key, "");
      if (!text.matches("https?://[^/?#@]+/?") || URI.create(text).getHost() == null) {
        throw wrong(key + " must be like http://control-api:18081, and is '" + text + "'");
      }
      return URI.create(text);
    }

    int number(String key, int standard, int least, int most) {
      String text = text(key, "" + standard);
      int number = text.matches("\\d{1,6}") ? Integer.parseInt(text) : -1;
      if (number < least || number > most) {
        throw wrong(key + " must be " + least + " to " + most + ", and is '" + text + "'");
      }
      return number;
    }

    private IllegalArgumentException wrong(String what) {
      return new IllegalArgumentException(file + ": " + what);
    }
  }
}
