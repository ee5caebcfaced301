package io.waybill.server.config;

/** Background work. */
public enum WorkerSetting implements Setting {
  ENABLED(
      "enabled", "true", "whether control-api also redrives unfinished work and expires sessions"),
  PERIOD_SECONDS("period-seconds", "5", "how often the workers look for work");

  @SuppressWarnings("ImmutableEnumChecker") // it holds three strings
  private final Words words;

  WorkerSetting(String key, String standard, String meaning) {
    this.words = new Words("waybill.workers." + key, standard, meaning);
  }

  @Override
  public Words words() {
    return words;
  }
}
