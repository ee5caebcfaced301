package io.waybill.server.config;

/** Where the gateway answers its probes. */
public enum GatewaySetting implements Setting {
  HTTP_HOST("http-host", "127.0.0.1", "address of the gateway's probes and metrics"),
  HTTP_PORT("http-port", "18082", "port of the same");

  @SuppressWarnings("ImmutableEnumChecker") // it holds three strings
  private final Words words;

  GatewaySetting(String key, String standard, String meaning) {
    this.words = new Words("waybill.gateway." + key, standard, meaning);
  }

  @Override
  public Words words() {
    return words;
  }
}
