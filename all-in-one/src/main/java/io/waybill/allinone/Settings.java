package io.waybill.allinone;

import io.waybill.allinone.config.Configuration;
import java.nio.file.Path;

/** What this process was given to work with. */
final class Settings {
  private Settings() {}

  /** The configuration in force here; misspelt variables are pointed out, once. */
  static Configuration configuration() {
    Configuration configuration = Configuration.load(System.getenv(), Path.of(""));
    for (String name : configuration.unknownVariables()) {
      System.err.println("waybill: nothing reads " + name + "; is it misspelt?");
    }
    return configuration;
  }

  /** Where the checkout is, as the launcher says. */
  static Path home() {
    return Path.of(System.getenv().getOrDefault("WAYBILL_HOME", ""));
  }
}
