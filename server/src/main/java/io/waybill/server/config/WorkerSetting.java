package io.waybill.server.config;

/** Background work, and where a process that does nothing else answers its probes. */
public enum WorkerSetting implements Setting {
  ENABLED(
      "enabled", "true", "whether control-api also redrives unfinished work and expires sessions"),
  PERIOD_SECONDS("period-seconds", "5", "how often the workers look for work"),
  SUM_BYTES_PER_SECOND(
      "sum-bytes-per-second",
      "104857600",
      "how fast one process reads what it sums (`SERVER_ASYNC_VALIDATE`, `SERVER_STRICT_VALIDATE`);"
          + " 0 for as fast as storage gives it"),
  RECOVERED_PER_SECOND(
      "recovered-per-second",
      "50",
      "datasets that each process compares with a store in a second, at most, during a recovery"),
  HTTP_HOST("http-host", "127.0.0.1", "address of the probes and metrics of `./waybill worker`"),
  HTTP_PORT("http-port", "18083", "port of the same");

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
