package io.waybill.server.command;

import io.waybill.server.config.Configuration;
import io.waybill.server.logging.Logs;
import java.nio.file.Path;

/** What this process was given to work with. */
public final class Settings {
  private Settings() {}

  /** For programs whose log is read afterwards. */
  public static Configuration talkative() {
    return begin("INFO");
  }

  /** For commands that speak to a person themselves. */
  public static Configuration quiet() {
    return begin("WARN");
  }

  /** The configuration in force here; misspelt variables are pointed out, once. */
  private static Configuration begin(String logLevel) {
    Configuration configuration = Configuration.load(System.getenv(), Path.of(""));
    Logs.begin(configuration, logLevel);
    for (String name : configuration.unknownVariables()) {
      System.err.println("waybill: nothing reads " + name + "; is it misspelt?");
    }
    return configuration;
  }

  /** Where the checkout is, as the launcher says. */
  public static Path home() {
    return Path.of(System.getenv().getOrDefault("WAYBILL_HOME", ""));
  }
}
