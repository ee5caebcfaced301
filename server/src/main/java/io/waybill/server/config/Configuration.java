package io.waybill.server.config;

import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The values in force: the environment, else {@code application.yaml}, else the defaults. */
public final class Configuration {
  private static final Set<String> VARIABLES_OF_OTHERS =
      Set.of(
          "WAYBILL_HOME",
          "WAYBILL_CONFIG",
          "WAYBILL_JAVA_OPTIONS",
          "WAYBILL_TENANT_ID",
          "WAYBILL_PROJECT_ID",
          "WAYBILL_DEVICE_ID",
          "WAYBILL_DEVICE_CREDENTIAL",
          "WAYBILL_API_URL",
          "WAYBILL_API_KEY");

  private final Map<Setting, String> configured;
  private final Set<String> unknown;

  private Configuration(Map<Setting, String> configured, Set<String> unknown) {
    this.configured = new HashMap<>();
    this.configured.putAll(configured);
    this.unknown = Set.copyOf(unknown);
  }

  /** Reads the environment, and {@code WAYBILL_CONFIG} or {@code application.yaml} beside us. */
  public static Configuration load(Map<String, String> environment, Path folder) {
    String named = environment.getOrDefault("WAYBILL_CONFIG", "");
    Path file = folder.resolve(named.isBlank() ? "application.yaml" : named);
    if (!named.isBlank() && !Files.isReadable(file)) {
      throw new StartupFailure("WAYBILL_CONFIG names " + file + ", which cannot be read");
    }
    Config config =
        Config.builder()
            .sources(
                ConfigSources.create(inForce(environment)), ConfigSources.file(file).optional())
            .disableEnvironmentVariablesSource()
            .disableSystemPropertiesSource()
            .build();
    Map<Setting, String> configured = new HashMap<>();
    for (Setting setting : Setting.all()) {
      config
          .get(setting.key())
          .asString()
          .ifPresent(value -> configured.put(setting, value.strip()));
    }
    return new Configuration(configured, unknown(environment));
  }

  /** These values instead, whatever was configured. */
  public Configuration with(Map<Setting, String> values) {
    Map<Setting, String> all = new HashMap<>(configured);
    all.putAll(values);
    return new Configuration(all, unknown);
  }

  /** Whether a value was given, rather than being the default. */
  public boolean isConfigured(Setting setting) {
    return configured.containsKey(setting);
  }

  /** WAYBILL_ variables that nothing reads: most likely misspelt. */
  public Set<String> unknownVariables() {
    return unknown;
  }

  public String text(Setting setting) {
    return configured.getOrDefault(setting, setting.standard());
  }

  /** The text, or something else when it is empty. */
  public String text(Setting setting, String otherwise) {
    String text = text(setting);
    return text.isEmpty() ? otherwise : text;
  }

  public List<String> list(Setting setting) {
    return Arrays.stream(text(setting).split(","))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }

  public boolean flag(Setting setting) {
    return switch (text(setting)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(setting, "true or false");
    };
  }

  public int number(Setting setting, int least, int most) {
    return Math.toIntExact(largeNumber(setting, least, most));
  }

  public long largeNumber(Setting setting, long least, long most) {
    try {
      long number = Long.parseLong(text(setting));
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw wrong(setting, "a number");
    }
    throw wrong(setting, "a number from " + least + " to " + most);
  }

  /** From 0 to 1. */
  public double share(Setting setting) {
    try {
      double share = Double.parseDouble(text(setting));
      if (share >= 0 && share <= 1) {
        return share;
      }
    } catch (NumberFormatException e) {
      throw wrong(setting, "a number");
    }
    throw wrong(setting, "a number from 0 to 1");
  }

  public int port(Setting setting) {
    return number(setting, 0, 65_535);
  }

  public URI uri(Setting setting) {
    try {
      return URI.create(text(setting));
    } catch (IllegalArgumentException e) {
      throw wrong(setting, "an address such as http://127.0.0.1:19000");
    }
  }

  private StartupFailure wrong(Setting setting, String expected) {
    return new StartupFailure(
        "%s (%s in application.yaml) must be %s"
            .formatted(setting.variable(), setting.key(), expected));
  }

  private static Map<String, String> inForce(Map<String, String> environment) {
    return Setting.all().stream()
        .filter(setting -> !environment.getOrDefault(setting.variable(), "").isBlank())
        .collect(
            Collectors.toUnmodifiableMap(
                Setting::key, setting -> environment.getOrDefault(setting.variable(), "")));
  }

  private static Set<String> unknown(Map<String, String> environment) {
    Set<String> known = Setting.all().stream().map(Setting::variable).collect(Collectors.toSet());
    return environment.keySet().stream()
        .filter(name -> name.startsWith("WAYBILL_"))
        .filter(name -> !name.startsWith("WAYBILL_AGENT_") && !name.startsWith("WAYBILL_TEST_"))
        .filter(name -> !known.contains(name) && !VARIABLES_OF_OTHERS.contains(name))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
