package io.waybill.server.config;

/** The listener that brokers ask about who connects to them. */
public enum InternalSetting implements Setting {
  HOST("host", "127.0.0.1", "address that the API answers brokers on"),
  PORT("port", "18081", "port that the API answers brokers on, with `WAYBILL_INTERNAL_SECRET`"),
  SECRET(
      "secret",
      "",
      "what a broker sends as `X-Waybill-Secret` with each question, at least 16 characters; empty:"
          + " brokers are not answered, and the port stays shut");

  @SuppressWarnings("ImmutableEnumChecker") // it holds three strings
  private final Words words;

  InternalSetting(String key, String standard, String meaning) {
    this.words = new Words("waybill.internal." + key, standard, meaning);
  }

  @Override
  public Words words() {
    return words;
  }
}
